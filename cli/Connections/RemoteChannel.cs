using System.Net.Sockets;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Configuration;

namespace FaultMaven.Cli.Connections;

/// <summary>Makes channels to servers in other processes. A call that cannot reach its server is tried again for a few seconds.</summary>
internal static class RemoteChannel
{
    // A batch of redacted texts can be larger than the texts were.
    private const int MaxReceiveBytes = 64 * 1024 * 1024;

    public static GrpcChannel To(Uri server) => GrpcChannel.ForAddress(server, Options(NewHandler()));

    /// <summary>A channel to a Unix socket, or <c>null</c> if nobody answers there.</summary>
    public static async Task<GrpcChannel?> TryToSocketAsync(string path, CancellationToken cancellationToken)
    {
        var endpoint = new UnixDomainSocketEndPoint(path);
        try
        {
            using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await probe.ConnectAsync(endpoint, cancellationToken);
        }
        catch (SocketException)
        {
            return null;
        }

        var handler = NewHandler();
        handler.ConnectCallback = async (_, token) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(endpoint, token);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        };
        return GrpcChannel.ForAddress("http://localhost", Options(handler));
    }

    // The pings notice a server that went away without a word while a stream is open.
    private static SocketsHttpHandler NewHandler() => new()
    {
        ConnectTimeout = TimeSpan.FromSeconds(5),
        EnableMultipleHttp2Connections = true,
        KeepAlivePingDelay = TimeSpan.FromSeconds(20),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
    };

    private static GrpcChannelOptions Options(SocketsHttpHandler handler) => new()
    {
        HttpHandler = handler,
        DisposeHttpClient = true,
        MaxReceiveMessageSize = MaxReceiveBytes,
        ServiceConfig = new ServiceConfig
        {
            MethodConfigs =
            {
                new MethodConfig
                {
                    Names = { MethodName.Default },
                    RetryPolicy = new RetryPolicy
                    {
                        MaxAttempts = 4,
                        InitialBackoff = TimeSpan.FromSeconds(0.5),
                        MaxBackoff = TimeSpan.FromSeconds(3),
                        BackoffMultiplier = 2,
                        RetryableStatusCodes = { StatusCode.Unavailable },
                    },
                },
            },
        },
    };
}
