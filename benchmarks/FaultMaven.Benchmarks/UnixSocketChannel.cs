using System.Net.Sockets;
using Grpc.Net.Client;

namespace FaultMaven.Benchmarks;

/// <summary>Reaches a server at a Unix socket.</summary>
internal static class UnixSocketChannel
{
    public static GrpcChannel Create(string path) => GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions
    {
        DisposeHttpClient = true,
        HttpHandler = new SocketsHttpHandler
        {
            InitialHttp2StreamWindowSize = 1024 * 1024,
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        },
    });
}
