using System.ComponentModel.DataAnnotations;
using FaultMaven.ServiceDefaults.Tenants;
using Microsoft.Extensions.Options;

namespace FaultMaven.Redaction.Store;

/// <summary>How long values are kept.</summary>
internal sealed class VaultOptions
{
    public const string Section = "Redaction:Vault";

    public const string TenantSection = "Tenants:*:Redaction:Vault";

    /// <summary>How long after the last redaction in a scope its values can be restored. Default 30 days.</summary>
    [PerTenant]
    [Range(typeof(TimeSpan), "00:01:00", "3650.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>The same once the scope's case is closed. Default 7 days.</summary>
    [PerTenant]
    [Range(typeof(TimeSpan), "00:01:00", "3650.00:00:00")]
    public TimeSpan RetentionAfterClosing { get; set; } = TimeSpan.FromDays(7);
}

[OptionsValidator]
internal sealed partial class VaultOptionsValidator : IValidateOptions<VaultOptions>;
