using FaultMaven.ServiceDefaults.Audit;
using FaultMaven.ServiceDefaults.Requests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace FaultMaven.ServiceDefaults.State.Checks;

/// <summary>Registers checks of what every service keeps.</summary>
public static class StoreCheckRegistration
{
    /// <summary>Adds the checks of a service's audit logs and of the answers that it keeps.</summary>
    public static void AddStoreChecks(this IHostApplicationBuilder builder, string service)
    {
        builder.Services.AddOptions<AuditOptions>().BindConfiguration(AuditOptions.Section);
        builder.Services.TryAddSingleton<AuditSeal>();
        builder.Services.AddSingleton<IStateCheck>(
            services => new StoredAuditLogCheck(service, services.GetRequiredService<AuditSeal>()));
        builder.Services.AddSingleton<IStateCheck>(new RequestLedgerCheck(service));
    }
}
