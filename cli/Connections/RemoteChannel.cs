using System.Net.Sockets;
using FaultMaven.Client;
using Grpc.Net.Client;

namespace FaultMaven.Cli.Connections;

/// <summary>Makes channels to servers in other processes.</summary>
internal static class RemoteChannel
{
    /// <summary>A channel to a server, with the token for it if there is one.</summary>
    /// <exception cref="CommandFailedException">The token would be readable on its way.</exception>
    public static GrpcChannel To(Uri server)
    {
        var token = server.Scheme == "unix" ? null : ServerToken.FindFor(server);
        try
        {
            return FaultMavenChannel.Create(
                new FaultMavenClientOptions { Address = server, TokenProvider = token is null ? null : _ => new(token) });
        }
        catch (ArgumentException exception)
        {
            throw new CommandFailedException(
                ExitCode.Usage,
                $"The token is not sent to {server} without TLS, because others could read it on its way; use https.",
                exception);
        }
    }

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
