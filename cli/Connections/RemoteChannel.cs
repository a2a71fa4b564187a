using System.Net.Sockets;
using FaultMaven.Client;
using Grpc.Net.Client;

namespace FaultMaven.Cli.Connections;

/// <summary>Makes channels to servers in other processes.</summary>
internal static class RemoteChannel
{
    public static GrpcChannel To(Uri server) => FaultMavenChannel.Create(new FaultMavenClientOptions { Address = server });

    /// <summary>A channel to a Unix socket, or <c>null</c> if no one answers there.</summary>
    public static async Task<GrpcChannel?> TryToSocketAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await probe.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
        }
        catch (SocketException)
        {
            return null;
        }

        return To(new Uri($"unix:{path}"));
    }
}
