using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace FaultMaven.Redaction.Restoring;

/// <summary>Who may put values back.</summary>
internal sealed class RestoreOptions
{
    public const string Section = "Redaction:Restore";

    /// <summary>Those who may. Default no one.</summary>
    [ValidateEnumeratedItems]
    public IList<RestoreCallerOptions> Callers { get; } = [];
}

/// <summary>A caller who may put values back.</summary>
internal sealed class RestoreCallerOptions
{
    /// <summary>What the log calls them.</summary>
    [Required]
    [RegularExpression("[A-Za-z0-9._@-]{1,64}")]
    public string Name { get; set; } = "";

    /// <summary>What they present as <c>authorization: Bearer {secret}</c>, at least 32 characters.</summary>
    [Required]
    [MinLength(32)]
    public string Secret { get; set; } = "";
}

[OptionsValidator]
internal sealed partial class RestoreOptionsValidator : IValidateOptions<RestoreOptions>;
