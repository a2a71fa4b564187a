using System.Net.Sockets;
using FaultMaven.ServiceDefaults.Calls;

namespace FaultMaven.Standalone;

/// <summary>Reaches every service at the one socket that this process serves them on.</summary>
internal sealed class UnixSocketTransport(string socketPath) : IServiceTransport
{
    private static readonly Uri s_address = new("http://localhost");

    public Uri GetAddress(string service) => s_address;

    public HttpMessageHandler CreateHandler() => new SocketsHttpHandler
    {
        EnableMultipleHttp2Connections = true,

        // A round trip here takes so little that the window would never grow by itself, and every few pieces of a text would wait for one.
        InitialHttp2StreamWindowSize = 1024 * 1024,
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    };
}
