using FaultMaven.ServiceDefaults.Messaging;
using FaultMaven.ServiceDefaults.Requests;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.ServiceDefaults.Tenants;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace FaultMaven.Redaction.Store;

/// <summary>Registers the store of placeholder numbers and sealed values.</summary>
internal static class StoreRegistration
{
    public static void AddPseudonymStore(this IHostApplicationBuilder builder)
    {
        builder.AddState(ResourceNames.Redaction);
        builder.AddRequestRecords(Proto.RedactionService.Descriptor, ResourceNames.Redaction);
        builder.AddRequestRecords(Proto.RedactionPolicyService.Descriptor, ResourceNames.Redaction);
        builder.Services.AddOptionsWithValidateOnStart<RedactionOptions, RedactionOptionsValidator>()
            .BindConfiguration(RedactionOptions.Section);
        builder.Services.AddSingleton<IValidateOptions<RedactionOptions>, RedactionKeysValidator>();
        builder.Services.AddTenantOptions(VaultOptions.Section, VaultOptions.TenantSection, new VaultOptionsValidator());
        builder.Services.AddSingleton<PseudonymKey>();
        builder.Services.AddSingleton<KeyRing>();
        builder.Services.AddSingleton<ScopeIndexes>();
        builder.Services.AddSingleton<IPseudonyms, StoredPseudonyms>();
        builder.AddConsumer<CaseClosedConsumer>("redaction", "case-closed");
        builder.AddConsumer<CaseReopenedConsumer>("redaction", "case-reopened");
        builder.AddConsumer<CaseDeletedConsumer>("redaction", "case-deleted");

        // Every service needs redaction, and redaction needs no broker: without one it only learns later that a case is closed.
        builder.Services.PostConfigure<HealthCheckServiceOptions>(health =>
        {
            foreach (var bus in health.Registrations.Where(check => check.Tags.Contains("masstransit")).ToArray())
            {
                health.Registrations.Remove(bus);
            }
        });
    }
}
