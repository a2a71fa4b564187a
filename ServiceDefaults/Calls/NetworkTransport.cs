namespace FaultMaven.ServiceDefaults.Calls;

/// <summary>Reaches services by service discovery, at the endpoint that each names <c>grpc</c>.</summary>
internal sealed class NetworkTransport : IServiceTransport
{
    public Uri GetAddress(string service) => new($"http://_grpc.{service}");

    // Pings find a peer whose machine or network is gone; without them a stream would hang. The times hold on an overloaded machine too.
    public HttpMessageHandler CreateHandler() => new SocketsHttpHandler
    {
        ConnectTimeout = TimeSpan.FromSeconds(20),
        EnableMultipleHttp2Connections = true,
        KeepAlivePingDelay = TimeSpan.FromSeconds(10),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(20),
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
    };
}
