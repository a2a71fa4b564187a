using System.ComponentModel.DataAnnotations;
using FaultMaven.ServiceDefaults.Settings;
using Microsoft.Extensions.Options;

namespace FaultMaven.ServiceDefaults.Identity;

/// <summary>Who runs the installation.</summary>
[SharedSection]
public sealed class InstallationOptions
{
    /// <summary>The settings.</summary>
    public const string Section = "Identity";

    /// <summary>
    /// The tenant whose operators and administrators see to what belongs to no tenant: outboxes, settings, flags. Default
    /// <c>default</c>, in Standalone <c>local</c>.
    /// </summary>
    [Required]
    [RegularExpression("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")]
    [Shown]
    public string OperatingTenant { get; set; } = "default";

    /// <summary>Whether the one who is worked for is of that tenant.</summary>
    public bool IsRunByCaller() => CallIdentity.Current.Principal.Tenant == OperatingTenant;
}

[OptionsValidator]
internal sealed partial class InstallationOptionsValidator : IValidateOptions<InstallationOptions>;
