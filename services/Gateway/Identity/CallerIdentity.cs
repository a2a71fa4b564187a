using System.Net;
using System.Security.Claims;
using System.Text.RegularExpressions;
using FaultMaven.Gateway.Keys;
using FaultMaven.Protos;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace FaultMaven.Gateway.Identity;

/// <summary>
/// Finds out who calls from outside: the local user by the socket or by the token file, programs by a key, everyone else by a token of the
/// provider.
/// </summary>
internal sealed partial class CallerIdentity(
    IOptions<EdgeOptions> options, IOptions<InstallationOptions> installation, ApiKeyIdentity keys)
{
    private const string Scheme = "Bearer ";
    private const string Subject = "sub";
    private const string ClientId = "client_id";
    private const int MaxTeamCharacters = 8_000;

    // Who has this machine runs what is on it.
    private readonly CallIdentity _localUser =
        new(Principal.LocalUser with { Tenant = installation.Value.OperatingTenant }, Via: null);

    private readonly LocalToken? _local =
        options.Value.TokenFile is { Length: > 0 } path ? LocalToken.ReadOrCreate(Path.GetFullPath(path)) : null;

    public async ValueTask<IdentityCheck> FindAsync(HttpContext context)
    {
        if (LocalConnection.Is(context))
        {
            return IdentityCheck.Accepted(_localUser);
        }

        var authorization = context.Request.Headers.Authorization.ToString();
        if (!authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return IdentityCheck.Refused(ErrorReason.IdentityMissing);
        }

        var token = authorization[Scheme.Length..].Trim();
        if (ApiKeyIdentity.IsKey(token))
        {
            return await keys.CheckAsync(token, context.RequestAborted);
        }

        if (_local?.Is(token) == true && IsHere(context))
        {
            return IdentityCheck.Accepted(_localUser);
        }

        return options.Value.Authority is null
            ? IdentityCheck.Refused(ErrorReason.IdentityInvalid, "unknown")
            : await AskProviderAsync(context);
    }

    /// <summary>Whether this is the local user, by the socket or by the token file.</summary>
    public bool IsLocalUser(CallIdentity identity) => ReferenceEquals(identity, _localUser);

    private async ValueTask<IdentityCheck> AskProviderAsync(HttpContext context)
    {
        var result = await context.AuthenticateAsync(JwtBearerDefaults.AuthenticationScheme);

        // Without the provider's keys the library finds fault with every token.
        return result.Failure is SecurityTokenException and not SecurityTokenExpiredException
            && !await ProviderKeys.AreKnownAsync(context)
                ? IdentityCheck.Refused(ErrorReason.ServiceUnavailable)
                : Read(result);
    }

    private static bool IsHere(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address);

    private IdentityCheck Read(AuthenticateResult result) => result switch
    {
        { Succeeded: true, Principal: var claims } => Read(claims),
        { Failure: SecurityTokenExpiredException or SecurityTokenNotYetValidException } =>
            IdentityCheck.Refused(ErrorReason.IdentityExpired),
        { Failure: SecurityTokenInvalidAudienceException } => IdentityCheck.Refused(ErrorReason.IdentityInvalid, "audience"),
        { Failure: SecurityTokenInvalidIssuerException } => IdentityCheck.Refused(ErrorReason.IdentityInvalid, "issuer"),
        { Failure: SecurityTokenInvalidSignatureException or SecurityTokenSignatureKeyNotFoundException } =>
            IdentityCheck.Refused(ErrorReason.IdentityInvalid, "signature"),
        { Failure: SecurityTokenException or ArgumentException } => IdentityCheck.Refused(ErrorReason.IdentityInvalid, "malformed"),
        { Failure: not null } => IdentityCheck.Refused(ErrorReason.ServiceUnavailable),
        _ => IdentityCheck.Refused(ErrorReason.IdentityMissing),
    };

    private IdentityCheck Read(ClaimsPrincipal claims)
    {
        var settings = options.Value;
        var tenant = settings.TenantClaim.Length == 0 ? settings.Tenant : claims.FindFirstValue(settings.TenantClaim);
        if (claims.FindFirstValue(Subject) is not { Length: > 0 } subject || tenant is null || !TenantName().IsMatch(tenant))
        {
            return IdentityCheck.Refused(ErrorReason.IdentityInvalid, "claims");
        }

        // A program that signs in as itself is the subject of its own token.
        var kind = claims.FindFirstValue(ClientId) == subject ? PrincipalKind.Service : PrincipalKind.Person;
        var roles = claims.FindAll(settings.RoleClaim).SelectMany(claim => claim.Value.Split(' ')).Select(RoleOf).OfType<Role>().Distinct();
        var principal = new Principal(tenant, subject, kind, [.. roles]) { Teams = TeamsOf(claims, settings.TeamClaim) };
        return IdentityCheck.Accepted(new CallIdentity(principal, Via: null));
    }

    // They travel with each call, in a header.
    private static List<string> TeamsOf(ClaimsPrincipal claims, string claim)
    {
        var room = MaxTeamCharacters;
        return [.. claims.FindAll(claim).Select(found => found.Value).Distinct(StringComparer.Ordinal)
            .Where(team => team.Length > 0 && !team.Any(char.IsControl))
            .TakeWhile(team => (room -= team.Length) >= 0)];
    }

    private static Role? RoleOf(string name) => name switch
    {
        "viewer" => Role.Viewer,
        "member" => Role.Member,
        "operator" => Role.Operator,
        "admin" => Role.Admin,
        "auditor" => Role.Auditor,
        _ => null,
    };

    // It becomes a part of keys and paths.
    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,62}\z")]
    private static partial Regex TenantName();
}
