namespace FaultMaven.AppHost;

internal static class Services
{
    /// <summary>
    /// Adds a service. HTTP/2 without TLS can't share a port with HTTP/1.1, so each has two: <c>http</c> for JSON and probes, <c>grpc</c> for calls.
    /// Neither is proxied: DCP's proxy keeps the port of a dead service open, and its callers would wait for their deadlines.
    /// </summary>
    public static IResourceBuilder<ProjectResource> AddService<TProject>(this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new() => builder
            .AddProject<TProject>(name, launchProfileName: null)
            .WithHttpEndpoint(name: "http", isProxied: false)
            .WithHttpEndpoint(name: "grpc", env: "GRPC_PORT", isProxied: false)
            .WithEndpoint("grpc", endpoint => endpoint.Transport = "http2")
            .WithoutHttpsCertificate()
            .WithHttpHealthCheck("/health/ready", endpointName: "http");

    public static IResourceBuilder<ProjectResource> UseStore(this IResourceBuilder<ProjectResource> service, Store store) =>
        service.WithReference(store.Connection).WaitFor(store.Server);
}
