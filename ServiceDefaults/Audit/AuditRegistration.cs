using FaultMaven.ServiceDefaults.Identity;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.ServiceDefaults.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace FaultMaven.ServiceDefaults.Audit;

/// <summary>Registers audit logs.</summary>
internal static class AuditRegistration
{
    /// <summary>Adds what writes to the logs of this process.</summary>
    public static void AddAudit(this IHostApplicationBuilder builder)
    {
        if (!builder.Properties.TryAdd(typeof(AuditRegistration), true))
        {
            return;
        }

        builder.Services.AddTenantOptions(
            AuditOptions.Section, AuditOptions.TenantSection, new AuditOptionsValidator(), new AuditKeysValidator());
        builder.Services.AddSingleton<AuditSeal>();
        builder.Services.AddSingleton(services => new AuditTrail(
            services.GetServices<AuditStore>(),
            services.GetRequiredService<IOptions<InstallationOptions>>(),
            services.GetRequiredService<IOptions<AuditOptions>>(),
            services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<RefusalInterceptor>();
        builder.Services.AddSingleton<AuditInterceptor>();
    }

    /// <summary>Adds the log of a service that has a <see cref="StateStore"/>.</summary>
    public static void AddAuditLog(this IHostApplicationBuilder builder, string service)
    {
        builder.AddAudit();
        if (!builder.Properties.TryAdd((typeof(AuditStore), service), true))
        {
            return;
        }

        builder.Services.AddKeyedSingleton(service, (services, _) => new AuditStore(
            service,
            services.GetRequiredKeyedService<StateStore>(service),
            services.GetRequiredService<AuditSeal>(),
            services.GetRequiredService<TenantOptions<AuditOptions>>(),
            services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton(services => services.GetRequiredKeyedService<AuditStore>(service));
        builder.Services.AddSingleton<IAuditSource>(services => services.GetRequiredKeyedService<AuditStore>(service));
    }

    /// <summary>Maps what auditors see.</summary>
    public static void MapAuditLogs(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IServiceProviderIsService>().IsService(typeof(AuditStore)))
        {
            app.MapGrpcService<AuditGrpcService>();
        }
    }
}
