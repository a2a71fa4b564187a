using FaultMaven.Redaction.Restoring;
using FaultMaven.ServiceDefaults.Messaging;

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
    }
}
