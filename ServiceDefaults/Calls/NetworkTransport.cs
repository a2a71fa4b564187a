namespace FaultMaven.ServiceDefaults.Calls;

/// <summary>Reaches services by service discovery, at the endpoint that each names <c>grpc</c>.</summary>
internal sealed class NetworkTransport : IServiceTransport
{
    public Uri GetAddress(string service) => new($"http://_grpc.{service}");

    // Pings find a peer that went away behind a proxy that still holds its port open; without them a stream would hang.
    public HttpMessageHandler CreateHandler() => new SocketsHttpHandler
    {
        ConnectTimeout = TimeSpan.FromSeconds(5),
        EnableMultipleHttp2Connections = true,
        KeepAlivePingDelay = TimeSpan.FromSeconds(10),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(5),
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
    };
}
