using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace FaultMaven.Gateway.Listening;

/// <summary>A shared socket, as the endpoint of one of its protocols.</summary>
internal sealed class ProtocolEndPoint(SharedSocket socket, HttpProtocols protocol) : EndPoint
{
    public SharedSocket Socket => socket;

    public HttpProtocols Protocol => protocol;

    public override string ToString() => socket.Wanted.ToString();
}
