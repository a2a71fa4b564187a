using FaultMaven.ServiceDefaults;
using Grpc.AspNetCore.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FaultMaven.Gateway.Forwarding;

internal static class ForwardingRegistration
{
    /// <summary>Longer than a busy service takes to ask its own stores.</summary>
    private static readonly TimeSpan s_probeTimeout = TimeSpan.FromSeconds(20);

    public static void AddForwarding(this IHostApplicationBuilder builder)
    {
        builder.Services.AddReverseProxy()
            .LoadFromMemory(ContractRoutes.Routes, ContractRoutes.Clusters)
            .AddServiceDiscoveryDestinationResolver()
            .ConfigureHttpClient((_, handler) => Configure(handler));
        builder.AddReadinessOfServices();
    }

    public static void MapForwarding(this WebApplication app)
    {
        app.Services.GetRequiredService<ServedServices>().Add(ContractRoutes.Services.Select(service => service.Descriptor.FullName));
        app.MapReverseProxy(pipeline =>
        {
            pipeline.Use(ForwardedCall.RunAsync);
            pipeline.UseLoadBalancing();
        });
    }

    // As services call each other: pings find a peer that went away without closing, and a dead one is known within seconds.
    private static void Configure(SocketsHttpHandler handler)
    {
        handler.ConnectTimeout = TimeSpan.FromSeconds(20);
        handler.KeepAlivePingDelay = TimeSpan.FromSeconds(10);
        handler.KeepAlivePingTimeout = TimeSpan.FromSeconds(20);
        handler.KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests;
        handler.InitialHttp2StreamWindowSize = 1024 * 1024;
    }

    // The whole is ready when every service is; asked by its name, each answers for itself.
    private static void AddReadinessOfServices(this IHostApplicationBuilder builder)
    {
        var checks = builder.Services.AddHealthChecks();
        foreach (var service in ContractRoutes.Services.Select(service => service.Service).Distinct())
        {
            var client = builder.Services.AddHttpClient(service, http => http.BaseAddress = new Uri($"http://_http.{service}"));
            client.AddServiceDiscovery().SetHandlerLifetime(Timeout.InfiniteTimeSpan);
            checks.Add(new HealthCheckRegistration(
                service,
                services => new ReadinessOfService(services.GetRequiredService<IHttpClientFactory>(), service),
                failureStatus: null,
                tags: null,
                s_probeTimeout));
        }

        builder.Services.PostConfigure<GrpcHealthChecksOptions>(options =>
        {
            foreach (var (service, descriptor) in ContractRoutes.Services)
            {
                options.Services.Remove(descriptor.FullName);
                options.Services.Map(descriptor.FullName, check => check.Name == service);
            }
        });
    }
}
