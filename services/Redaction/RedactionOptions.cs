using System.ComponentModel.DataAnnotations;
using FaultMaven.ServiceDefaults.Settings;
using Microsoft.Extensions.Options;

namespace FaultMaven.Redaction;

/// <summary>Settings of the redaction service.</summary>
internal sealed class RedactionOptions
{
    public const string Section = "Redaction";

    /// <summary>
    /// The installation's key, 32 bytes or more in base64; all replicas need the same. Without it, a key is made once and kept in
    /// <see cref="Directory"/>. It never changes: values that were numbered under another key would get second numbers.
    /// </summary>
    [Base64String]
    [MinLength(43)]
    public string? Key { get; set; }

    /// <summary>
    /// The keys under which values are kept, the one in use first; the others only read what was written with them. To change the key,
    /// put the new one first. Default: one derived from <see cref="Key"/>.
    /// </summary>
    [ValidateEnumeratedItems]
    public IList<RedactionKeyOptions> Keys { get; } = [];

    /// <summary>Where the key file is kept. Relative to the content root. Default <c>data/redaction</c>.</summary>
    [Required]
    [Shown]
    public string Directory { get; set; } = "data/redaction";

    /// <summary>
    /// How much memory the numbers of scopes in use may take, in MiB; about 33 bytes a value. What was not used for longest is read from
    /// the store again when it is needed. One scope in use is always in memory as a whole. Default 64.
    /// </summary>
    [Range(1, 65_536)]
    public int IndexMegabytes { get; set; } = 64;

    /// <summary>
    /// The policy of calls that name none, <c>redactionPolicies/{policy}</c> with or without a version. Default the built-in one.
    /// </summary>
    [Required]
    [RegularExpression("redactionPolicies/[a-z][a-z0-9-]{0,62}(@[1-9][0-9]{0,8})?")]
    [Shown]
    public string Policy { get; set; } = "redactionPolicies/default";
}

/// <summary>A key under which values are kept.</summary>
internal sealed class RedactionKeyOptions
{
    /// <summary>Distinguishes the keys; stored with every value.</summary>
    [Required]
    [RegularExpression("[A-Za-z0-9._-]{1,32}")]
    [Shown]
    public string Id { get; set; } = "";

    /// <summary>32 bytes or more in base64.</summary>
    [Required]
    [Base64String]
    [MinLength(43)]
    public string Key { get; set; } = "";
}

[OptionsValidator]
internal sealed partial class RedactionOptionsValidator : IValidateOptions<RedactionOptions>;

/// <summary>No two keys may have the same id, or values of one would be read with the other.</summary>
internal sealed class RedactionKeysValidator : IValidateOptions<RedactionOptions>
{
    public ValidateOptionsResult Validate(string? name, RedactionOptions options)
    {
        var ids = options.Keys.Select(key => key.Id).Append(Store.KeyRing.InstallationId);
        var twice = ids.CountBy(id => id).FirstOrDefault(id => id.Value > 1);
        return twice.Value > 1
            ? ValidateOptionsResult.Fail($"Redaction:Keys: the id {twice.Key} is taken.")
            : ValidateOptionsResult.Success;
    }
}
