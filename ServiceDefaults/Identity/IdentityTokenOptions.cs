using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace FaultMaven.ServiceDefaults.Identity;

/// <summary>The tokens by which services know for whom a call is made, and by which service.</summary>
internal sealed class IdentityTokenOptions
{
    public const string Section = "Identity:Tokens";

    /// <summary>The shortest key, in characters: what HMAC-SHA256 wants, and more if the characters are chosen well.</summary>
    public const int MinKeyLength = 32;

    /// <summary>
    /// Keys of 32 characters or more, the same in all services and the gateway. The first one signs, all are accepted. To change it: add
    /// the new key at the end everywhere, then move it to the front everywhere, then remove the old one. Standalone makes its own at start.
    /// </summary>
    public IList<string> Keys { get; } = [];

    /// <summary>How long a token is valid. A stream goes on after it. Default 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(5);
}

[OptionsValidator]
internal sealed partial class IdentityTokenOptionsValidator : IValidateOptions<IdentityTokenOptions>;

/// <summary>That there is a key, and that no key can be guessed; what they are is not part of the message.</summary>
internal sealed class IdentityKeysValidator : IValidateOptions<IdentityTokenOptions>
{
    public ValidateOptionsResult Validate(string? name, IdentityTokenOptions options) =>
        options.Keys.Count > 0 && options.Keys.All(key => key.Length >= IdentityTokenOptions.MinKeyLength)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"{IdentityTokenOptions.Section}:Keys needs at least one key, each of {IdentityTokenOptions.MinKeyLength} characters or "
                + "more; give all services and the gateway the same (Identity__Tokens__Keys__0=…).");
}
