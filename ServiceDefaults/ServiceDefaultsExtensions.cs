using FaultMaven.ServiceDefaults.Audit;
using FaultMaven.ServiceDefaults.Cases;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Flags;
using FaultMaven.ServiceDefaults.Health;
using FaultMaven.ServiceDefaults.Identity;
using FaultMaven.ServiceDefaults.Json;
using FaultMaven.ServiceDefaults.Limits;
using FaultMaven.ServiceDefaults.Messaging;
using FaultMaven.ServiceDefaults.Requests;
using FaultMaven.ServiceDefaults.Settings;
using FaultMaven.ServiceDefaults.Telemetry;
using FaultMaven.ServiceDefaults.Tenants;
using FaultMaven.ServiceDefaults.Validation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FaultMaven.ServiceDefaults;

/// <summary>What every service has: telemetry, health, discovery, identity, and gRPC with typed errors, reflection and JSON.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>Adds the defaults.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="isForOthers">
    /// Whether others than this process call it: then it has JSON and reflection, which take a good part of a short command's time.
    /// </param>
    public static void AddServiceDefaults(this IHostApplicationBuilder builder, bool isForOthers = true)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddServiceDiscovery();
        builder.AddListeners();
        builder.AddTelemetry();
        builder.AddHealth();

        builder.AddSettings();
        builder.AddIdentity();
        builder.AddAudit();
        builder.AddRequestLimits();
        builder.AddRequestLedger();
        builder.AddCaseAccessOptions();
        builder.Services.AddSingleton<ServedServices>();
        builder.Services.AddSingleton<TenantRemoval>();
        builder.Services.TryAddSingleton<ITenantRemoval>(services => services.GetRequiredService<TenantRemoval>());
        var grpc = builder.Services.AddGrpc(options =>
        {
            options.Interceptors.Add<FaultInterceptor>();
            options.Interceptors.Add<IdentityInterceptor>();
            options.Interceptors.Add<RefusalInterceptor>();
            options.Interceptors.Add<RequestLimitInterceptor>();

            // After the limits, so that a flood of calls does not fill the log.
            options.Interceptors.Add<AuditInterceptor>();
            options.Interceptors.Add<RequestCheckInterceptor>();
            options.Interceptors.Add<RequestLedgerInterceptor>();
            options.Interceptors.Add<CaseAccessInterceptor>();
        });
        if (isForOthers)
        {
            grpc.AddJsonApi();
            builder.Services.AddReflection();
        }

        // Requests contain text of callers, in paths and queries too; the framework would log them.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("Grpc", LogLevel.Warning);
        builder.Logging.AddFilter("System.Net.Http", LogLevel.Warning);
        builder.Logging.AddFilter("StackExchange.Redis", LogLevel.Warning);
    }

    /// <summary>
    /// Maps health for people, orchestrators and gRPC clients, reflection, what operators see to and the audit logs; makes JSON strict.
    /// </summary>
    /// <param name="app">The application.</param>
    /// <param name="isForOthers">As it was added.</param>
    public static void MapDefaultEndpoints(this WebApplication app, bool isForOthers = true)
    {
        app.Services.EnsureSettings();
        app.Services.GetRequiredService<ServedServices>().Follow(((IEndpointRouteBuilder)app).DataSources);
        app.UseMiddleware<RefusalDetails>();
        if (isForOthers)
        {
            app.UseJsonApi();
            app.MapGrpcReflectionService();
        }

        app.MapHealth();
        app.MapOutboxes();
        app.MapGrpcService<TenantGrpcService>();
        app.MapFlags();
        app.MapAuditLogs();
        app.MapSettings();
    }
}
