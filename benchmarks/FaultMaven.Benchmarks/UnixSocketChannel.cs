using System.Net.Sockets;
using FaultMaven.Tests.Shared;
using Grpc.Net.Client;

namespace FaultMaven.Benchmarks;

/// <summary>Reaches a server at a Unix socket.</summary>
internal static class UnixSocketChannel
{
    /// <summary>To a whole FaultMaven, which takes the caller for its user.</summary>
    public static GrpcChannel Create(string path) => Create(HandlerTo(path));

    /// <summary>To a single service, which is told who calls.</summary>
    public static GrpcChannel CreateSigned(string path) => Create(TestIdentity.Signing(HandlerTo(path)));

    private static GrpcChannel Create(HttpMessageHandler handler) =>
        GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions { DisposeHttpClient = true, HttpHandler = handler });

    private static SocketsHttpHandler HandlerTo(string path) => new()
    {
        InitialHttp2StreamWindowSize = 1024 * 1024,
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };
}
