using System.ComponentModel.DataAnnotations;
using FaultMaven.ServiceDefaults.Tenants;
using Microsoft.Extensions.Options;

namespace FaultMaven.Gateway.Limits;

/// <summary>
/// How many calls come in. Each limit is a bucket of tokens: a call takes one, the bucket holds as many as a burst may have, and fills
/// evenly. Calls that only read and calls that change something are counted apart; a stream is one call. All replicas count together.
/// </summary>
internal sealed class RateLimitOptions
{
    public const string Section = "RateLimits";

    public const string TenantSection = "Tenants:*:RateLimits";

    private const int Most = 1_000_000;

    /// <summary>How many reads of one person, key or program come in a minute; 0 for no limit. Default 6,000.</summary>
    [PerTenant]
    [Range(0, Most)]
    public int CallerReadsPerMinute { get; set; } = 6_000;

    /// <summary>How many of them come in at once. Default 1,000.</summary>
    [PerTenant]
    [Range(1, Most)]
    public int CallerReadBurst { get; set; } = 1_000;

    /// <summary>How many changes of one person, key or program come in a minute; 0 for no limit. Default 1,200.</summary>
    [PerTenant]
    [Range(0, Most)]
    public int CallerChangesPerMinute { get; set; } = 1_200;

    /// <summary>How many of them come in at once. Default 300.</summary>
    [PerTenant]
    [Range(1, Most)]
    public int CallerChangeBurst { get; set; } = 300;

    /// <summary>How many reads of a tenant come in a minute; 0 for no limit. Default 60,000.</summary>
    [PerTenant]
    [Range(0, Most)]
    public int TenantReadsPerMinute { get; set; } = 60_000;

    /// <summary>How many of them come in at once. Default 5,000.</summary>
    [PerTenant]
    [Range(1, Most)]
    public int TenantReadBurst { get; set; } = 5_000;

    /// <summary>How many changes of a tenant come in a minute; 0 for no limit. Default 12,000.</summary>
    [PerTenant]
    [Range(0, Most)]
    public int TenantChangesPerMinute { get; set; } = 12_000;

    /// <summary>How many of them come in at once. Default 1,500.</summary>
    [PerTenant]
    [Range(1, Most)]
    public int TenantChangeBurst { get; set; } = 1_500;

    /// <summary>Whether the local user, by the socket or the token file, is limited too. Default no.</summary>
    public bool LimitLocalUser { get; set; }
}

[OptionsValidator]
internal sealed partial class RateLimitOptionsValidator : IValidateOptions<RateLimitOptions>;
