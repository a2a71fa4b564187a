using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace FaultMaven.Gateway.Listening;

/// <summary>Binds the endpoints of shared sockets.</summary>
internal sealed class ProtocolListenerFactory(IOptions<SocketTransportOptions> options, ILoggerFactory loggers)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    private readonly SocketTransportFactory _sockets = new(options, loggers);

    public bool CanBind(EndPoint endpoint) => endpoint is ProtocolEndPoint;

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var wanted = (ProtocolEndPoint)endpoint;
        await wanted.Socket.BindAsync(_sockets, cancellationToken);
        return new ProtocolListener(wanted.Socket, wanted.Protocol);
    }
}
