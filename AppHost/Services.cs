using FaultMaven.AppHost.Publishing;

namespace FaultMaven.AppHost;

internal static class Services
{
    /// <summary>The home of the image's user, which it owns: a new volume mounted there takes over that ownership.</summary>
    private const string Home = "/home/app";

    /// <summary>
    /// Adds a service. HTTP/2 without TLS can't share a port with HTTP/1.1, so each has two: <c>http</c> for JSON and probes, <c>grpc</c>
    /// for calls.
    /// Neither is proxied: DCP's proxy keeps the port of a dead service open, and its callers would wait for their deadlines.
    /// </summary>
    public static IResourceBuilder<ProjectResource> AddService<TProject>(this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new()
    {
        // On one machine DCP chooses free ports; in a container each service has the same two.
        var key = builder.AddIdentityKey();
        var (http, grpc) = builder.ExecutionContext.IsPublishMode ? (8080, 8081) : ((int?)null, (int?)null);
        return builder
            .AddProject<TProject>(name, launchProfileName: null)
            .WithHttpEndpoint(name: Workload.HttpEndpoint, targetPort: http, isProxied: false)
            .WithHttpEndpoint(name: "grpc", targetPort: grpc, env: "GRPC_PORT", isProxied: false)
            .WithEndpoint("grpc", endpoint => endpoint.Transport = "http2")
            .WithoutHttpsCertificate()
            .WithEnvironment(Identity.KeySetting, key)
            .WithReferenceEnvironment(
                ReferenceEnvironmentInjectionFlags.ConnectionString | ReferenceEnvironmentInjectionFlags.ServiceDiscovery)
            .WithHttpHealthCheck(Probe.Ready, endpointName: Workload.HttpEndpoint);
    }

    public static IResourceBuilder<ProjectResource> UseStore(this IResourceBuilder<ProjectResource> service, Store store) =>
        service.WithReference(store.Connection).WaitFor(store.Server);

    /// <summary>
    /// Gives a service a folder that outlives it: in <paramref name="state"/> on this machine, a volume where it is published.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithFolder(
        this IResourceBuilder<ProjectResource> service, string setting, StateFolder state)
    {
        var name = service.Resource.Name;
        return service.ApplicationBuilder.ExecutionContext.IsPublishMode
            ? service.WithEnvironment(setting, $"{Home}/{name}")
                .WithAnnotation(new ContainerMountAnnotation($"{name}-data", Home, ContainerMountType.Volume, isReadOnly: false))
            : service.WithEnvironment(setting, state.For(name));
    }

    /// <summary>
    /// Adds the one address for gRPC and JSON of services. It sorts connections by their protocol, so it needs one endpoint only. It is
    /// alive without the services, and ready with all of them.
    /// </summary>
    public static IResourceBuilder<ProjectResource> AddGateway<TProject>(
        this IDistributedApplicationBuilder builder,
        string name,
        StateFolder state,
        Store store,
        params IResourceBuilder<ProjectResource>[] services)
        where TProject : IProjectMetadata, new()
    {
        var port = builder.ExecutionContext.IsPublishMode ? 8080 : (int?)null;
        var gateway = builder
            .AddProject<TProject>(name, launchProfileName: null)
            .WithHttpEndpoint(name: Workload.HttpEndpoint, targetPort: port, isProxied: false)
            .WithExternalHttpEndpoints()
            .WithoutHttpsCertificate()
            .WithEnvironment(Identity.KeySetting, builder.AddIdentityKey())
            .WithWayIn(state)
            .WithReferenceEnvironment(
                ReferenceEnvironmentInjectionFlags.ConnectionString | ReferenceEnvironmentInjectionFlags.ServiceDiscovery)
            .UseStore(store)
            .WithHttpHealthCheck(Probe.Ready, endpointName: Workload.HttpEndpoint);
        foreach (var service in services)
        {
            gateway.WithReference(service).WaitFor(service);
        }

        return gateway;
    }
}
