using System.ComponentModel.DataAnnotations;
using System.Net;
using FaultMaven.ServiceDefaults.Settings;
using Microsoft.Extensions.Options;

namespace FaultMaven.Gateway.Identity;

/// <summary>Who may come in, and how they show who they are.</summary>
internal sealed class EdgeOptions
{
    public const string Section = "Identity";

    /// <summary>
    /// The OpenID Connect provider whose tokens are accepted, such as <c>https://login.example.org/realms/ops</c>. It must be https, unless
    /// it is on this machine. None by default.
    /// </summary>
    public Uri? Authority { get; set; }

    /// <summary>What the provider's tokens must be made for (<c>aud</c>). Required with an authority.</summary>
    [Shown]
    public string Audience { get; set; } = "";

    /// <summary>The claim with the caller's roles: viewer, member, operator, admin, auditor. Others in it are ignored. Default
    /// <c>roles</c>.</summary>
    [Required]
    [Shown]
    public string RoleClaim { get; set; } = "roles";

    /// <summary>
    /// The claim with the caller's teams, by which cases are shared with a team: one name or a list. Of more than 8,000 characters of names
    /// the rest is ignored. Default <c>teams</c>; many providers have them in <c>groups</c>.
    /// </summary>
    [Required]
    [Shown]
    public string TeamClaim { get; set; } = "teams";

    /// <summary>The claim with the caller's tenant. Without one, the default, all callers are of <see cref="Tenant"/>.</summary>
    [Shown]
    public string TenantClaim { get; set; } = "";

    /// <summary>The tenant of all callers, where no claim names it. Default <c>default</c>.</summary>
    [Required]
    [RegularExpression("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")]
    [Shown]
    public string Tenant { get; set; } = "default";

    /// <summary>
    /// A file with a token that lets callers on this machine do everything, as the local user. It is made at start if it does not exist,
    /// for its owner alone. Standalone has one in its data folder; the gateway none by default.
    /// </summary>
    [Shown]
    public string TokenFile { get; set; } = "";

    /// <summary>
    /// Whether administrators may see cases of their tenant that are not shared with them, and those of the tenant that runs the
    /// installation may act in other tenants: each call with a stated reason (<c>faultmaven-break-glass</c>) that is in the audit log of
    /// the tenant. Default false.
    /// </summary>
    public bool BreakGlass { get; set; }

    /// <summary>
    /// The origins of web pages that may call, such as <c>https://console.example.org</c>, besides the page of this address. Default none.
    /// </summary>
    [Shown]
    public IList<string> AllowedOrigins { get; } = [];
}

[OptionsValidator]
internal sealed partial class EdgeOptionsValidator : IValidateOptions<EdgeOptions>;

/// <summary>That someone can come in, and what one setting demands of another.</summary>
internal sealed class AuthorityValidator(IOptions<EdgeSetup> setup) : IValidateOptions<EdgeOptions>
{
    public ValidateOptionsResult Validate(string? name, EdgeOptions options)
    {
        if (options.Authority is not { } authority)
        {
            return setup.Value.HostsServices || options.TokenFile.Length > 0
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail(
                    $"No one could call: set {EdgeOptions.Section}:Authority to your OpenID Connect provider and "
                    + $"{EdgeOptions.Section}:Audience to what its tokens are made for, or for calls from this machine "
                    + $"{EdgeOptions.Section}:TokenFile.");
        }

        if (options.Audience.Length == 0)
        {
            return ValidateOptionsResult.Fail($"{EdgeOptions.Section}:Audience is needed with {EdgeOptions.Section}:Authority.");
        }

        return IsSafe(authority)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{EdgeOptions.Section}:Authority must be an https address; http is for this machine only.");
    }

    /// <summary>Whether the provider's keys come over a connection that others cannot change.</summary>
    private static bool IsSafe(Uri authority) => authority.IsAbsoluteUri
        && (authority.Scheme == Uri.UriSchemeHttps || (authority.Scheme == Uri.UriSchemeHttp && IsHere(authority)));

    private static bool IsHere(Uri authority) => authority.Host == "localhost"
        || (IPAddress.TryParse(authority.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
