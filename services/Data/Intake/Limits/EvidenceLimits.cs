using System.ComponentModel.DataAnnotations;
using FaultMaven.ServiceDefaults.Identity;
using FaultMaven.ServiceDefaults.Tenants;
using Microsoft.Extensions.Options;

namespace FaultMaven.Data.Intake.Limits;

/// <summary>
/// What is taken in. Options by the name of a tenant: <c>Data:Limits</c> holds for all, <c>Tenants:{tenant}:Data:Limits</c> over it for
/// one.
/// </summary>
internal sealed class EvidenceLimits
{
    public const string Section = "Data:Limits";

    public const string TenantSection = "Tenants:*:Data:Limits";

    /// <summary>The largest file, as sent and as inflated, in bytes. Default 1 GiB.</summary>
    [PerTenant]
    [Range(1L, 1L << 40)]
    public long MaxFileBytes { get; set; } = 1L << 30;

    /// <summary>
    /// How much a case may hold, in bytes of stored text. Default 16 GiB. Uploads that run at the same moment do not see each other and may
    /// go beyond it together.
    /// </summary>
    [PerTenant]
    [Range(1L, 1L << 44)]
    public long MaxCaseBytes { get; set; } = 16L << 30;

    /// <summary>
    /// The types of evidence that are taken in, such as <c>Logs</c>; empty means all. Archives are judged by what is in them.
    /// </summary>
    [PerTenant]
    public IList<Proto.EvidenceType> AllowedTypes { get; } = [];
}

[OptionsValidator]
internal sealed partial class EvidenceLimitsValidator : IValidateOptions<EvidenceLimits>;

/// <summary>Finds the limits that hold for a call.</summary>
internal static class TenantLimits
{
    /// <summary>Those of the tenant that is worked for.</summary>
    public static EvidenceLimits OfCaller(this TenantOptions<EvidenceLimits> limits) => limits.Of(CallIdentity.Current.Principal.Tenant);
}
