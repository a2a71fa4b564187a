using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace FaultMaven.Gateway.Listening;

/// <summary>The connections of a shared socket that open in one protocol.</summary>
internal sealed class ProtocolListener(SharedSocket socket, HttpProtocols protocol) : IConnectionListener
{
    private readonly ChannelReader<ConnectionContext> _connections = socket.ConnectionsOf(protocol);

    public EndPoint EndPoint => socket.EndPoint;

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (await _connections.WaitToReadAsync(cancellationToken))
        {
            if (_connections.TryRead(out var connection))
            {
                return connection;
            }
        }

        return null;
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default) => socket.UnbindAsync(cancellationToken);

    public ValueTask DisposeAsync() => socket.DisposeAsync();
}
