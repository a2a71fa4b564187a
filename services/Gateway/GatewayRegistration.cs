using FaultMaven.Gateway.Audit;
using FaultMaven.Gateway.Forwarding;
using FaultMaven.Gateway.Identity;
using FaultMaven.Gateway.Keys;
using FaultMaven.Gateway.Listening;
using FaultMaven.Gateway.OpenApi;
using FaultMaven.Gateway.Operations;
using FaultMaven.Gateway.Tenants;
using FaultMaven.Protos.Operations.V1;
using FaultMaven.ServiceDefaults.Audit;
using FaultMaven.ServiceDefaults.Calls;
using FaultMaven.ServiceDefaults.State.Checks;
using FaultMaven.ServiceDefaults.Tenants;
using Grpc.Core;
using Grpc.Net.ClientFactory;

namespace FaultMaven.Gateway;

/// <summary>One address for gRPC and JSON of all services.</summary>
public static class GatewayRegistration
{
    /// <summary>Adds the gateway to services in other processes.</summary>
    public static void AddGateway(this WebApplicationBuilder builder)
    {
        builder.ListenOnOneAddress();
        builder.AddEdge(hostsServices: false);
        builder.AddForwarding();
        foreach (var service in EachService.Names)
        {
            builder.AddServiceClient<TenantService.TenantServiceClient>(service, $"tenants-{service}");
            builder.AddServiceClient<AuditService.AuditServiceClient>(service, AuditLogOfService.ClientOf(service));
            builder.Services.AddSingleton<IAuditSource>(
                services => new AuditLogOfService(service, services.GetRequiredService<GrpcClientFactory>()));
        }

        builder.Services.AddSingleton<ITenantRemoval, TenantRemovalInAllServices>();
        builder.AddClientsOfEachService<FlagService.FlagServiceClient>();
        builder.AddClientsOfEachService<OutboxService.OutboxServiceClient>();
        builder.AddClientsOfEachService<SettingsService.SettingsServiceClient>();
        builder.Services.AddSingleton<SettingsService.SettingsServiceBase, SettingsOfServices>();
        builder.Services.AddSingleton<EachService>();
    }

    /// <summary>Adds the checks of what the edge keeps.</summary>
    public static void AddGatewayChecks(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IStateCheck, ApiKeyCheck>();
        builder.AddStoreChecks(ResourceNames.Gateway);
    }

    /// <summary>Maps what is forwarded, and what describes it.</summary>
    public static void MapGateway(this WebApplication app)
    {
        app.MapForwarding();
        app.MapGrpcService<OutboxesOfServices>();
        app.MapGrpcService<FlagsOfServices>();
        app.MapGrpcService<SettingsOfServices>();
        app.MapEdge();
        app.MapApiDescription();
    }

    /// <summary>Maps the OpenAPI document and the page to try the API; also for a host that runs the services itself.</summary>
    public static void MapApiDescription(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapOpenApiDocument();
        endpoints.MapApiPage();
    }

    private static void AddClientsOfEachService<TClient>(this WebApplicationBuilder builder)
        where TClient : ClientBase<TClient>
    {
        foreach (var service in EachService.Names)
        {
            builder.AddServiceClient<TClient>(service, EachService.NameOf<TClient>(service));
        }
    }
}
