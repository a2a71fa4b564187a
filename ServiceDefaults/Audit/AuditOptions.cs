using System.ComponentModel.DataAnnotations;
using FaultMaven.ServiceDefaults.Tenants;
using Microsoft.Extensions.Options;

namespace FaultMaven.ServiceDefaults.Audit;

/// <summary>The audit logs.</summary>
internal sealed class AuditOptions
{
    public const string Section = "Audit";

    public const string TenantSection = "Tenants:*:Audit";

    /// <summary>The shortest key, in characters.</summary>
    public const int MinKeyLength = 32;

    /// <summary>
    /// Keys of 32 characters or more for the hashes of entries (HMAC-SHA256). The first one makes them, all are known when a log is
    /// verified; keep a key for as long as entries made with it are kept. Without one, the default, hashes are SHA-256: they show what
    /// was changed by accident, but anyone who can write to the store can also make them again.
    /// </summary>
    public IList<string> Keys { get; } = [];

    /// <summary>
    /// How long entries are kept, at least; whole months are removed once their last day is that old, when the tenant's next entry is
    /// made. Default 400 days.
    /// </summary>
    [PerTenant]
    [Range(typeof(TimeSpan), "1.00:00:00", "3660.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(400);

    /// <summary>How many refusals of one caller are kept one by one in a minute; of the others only their number. Default 20.</summary>
    [Range(1, 10_000)]
    public int MaxRefusalsPerMinute { get; set; } = 20;
}

[OptionsValidator]
internal sealed partial class AuditOptionsValidator : IValidateOptions<AuditOptions>;

/// <summary>That no key can be guessed; what they are is not part of the message.</summary>
internal sealed class AuditKeysValidator : IValidateOptions<AuditOptions>
{
    public ValidateOptionsResult Validate(string? name, AuditOptions options) =>
        options.Keys.All(key => key.Length >= AuditOptions.MinKeyLength)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"Each of {AuditOptions.Section}:Keys needs {AuditOptions.MinKeyLength} characters or more.");
}
