using FaultMaven.Redaction.Restoring;
using FaultMaven.ServiceDefaults.Messaging;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FaultMaven.Redaction.Vault;

/// <summary>Registers what keeps values and puts them back.</summary>
internal static class VaultRegistration
{
    public static void AddVault(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<VaultOptions, VaultOptionsValidator>().BindConfiguration(VaultOptions.Section);
        builder.Services.AddOptionsWithValidateOnStart<RestoreOptions, RestoreOptionsValidator>().BindConfiguration(RestoreOptions.Section);
        builder.Services.AddSingleton<KeyRing>();
        builder.Services.AddSingleton<RestorePermission>();
        builder.Services.AddSingleton<TextRestorer>();
        builder.AddConsumer<CaseClosedConsumer>("redaction-case-closed");

        // Everybody needs redaction, and redaction needs no broker: without one it only hears later that a case is closed.
        builder.Services.PostConfigure<HealthCheckServiceOptions>(health =>
        {
            foreach (var bus in health.Registrations.Where(check => check.Tags.Contains("masstransit")).ToArray())
            {
                health.Registrations.Remove(bus);
            }
        });
    }
}
