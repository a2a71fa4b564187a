using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace FaultMaven.Redaction.Pseudonyms;

/// <summary>Settings of the redaction service.</summary>
internal sealed class RedactionOptions
{
    public const string Section = "Redaction";

    /// <summary>
    /// The installation's key, 32 bytes or more in base64; all replicas need the same. Without it, a key is made once and kept in <see cref="Directory"/>.
    /// </summary>
    [Base64String]
    [MinLength(43)]
    public string? Key { get; set; }

    /// <summary>Where the key file is kept. Relative to the content root. Default <c>data/redaction</c>.</summary>
    [Required]
    public string Directory { get; set; } = "data/redaction";
}

[OptionsValidator]
internal sealed partial class RedactionOptionsValidator : IValidateOptions<RedactionOptions>;
