using System.ComponentModel.DataAnnotations;
using FaultMaven.ServiceDefaults.Tenants;
using Microsoft.Extensions.Options;

namespace FaultMaven.Sessions.Cases;

/// <summary>How cases are made.</summary>
internal sealed class CaseOptions
{
    public const string Section = "Session:Cases";

    public const string TenantSection = "Tenants:*:Session:Cases";

    /// <summary>
    /// Who may see a new case whose creator does not say it: <c>Tenant</c>, everyone of the tenant, or <c>Members</c>, its owner and those
    /// with whom it is shared. Default <c>Tenant</c>.
    /// </summary>
    [PerTenant]
    [EnumDataType(typeof(DefaultCaseAccess))]
    public DefaultCaseAccess DefaultAccess { get; set; } = DefaultCaseAccess.Tenant;

    /// <summary>The same, as the contract has it.</summary>
    internal Proto.Case.Types.Access Access => DefaultAccess == DefaultCaseAccess.Members
        ? Proto.Case.Types.Access.Members
        : Proto.Case.Types.Access.Tenant;
}

/// <summary>Who may see a new case.</summary>
internal enum DefaultCaseAccess
{
    /// <summary>Everyone of the tenant.</summary>
    Tenant,

    /// <summary>Its owner and its members.</summary>
    Members,
}

[OptionsValidator]
internal sealed partial class CaseOptionsValidator : IValidateOptions<CaseOptions>;
