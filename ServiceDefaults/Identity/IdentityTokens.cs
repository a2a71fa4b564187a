using System.Security.Cryptography;
using System.Text;
using FaultMaven.Protos;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Identity.V1;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace FaultMaven.ServiceDefaults.Identity;

/// <summary>
/// The tokens in which a principal travels between our processes: signed, for one service, valid for minutes. They are made at the edge,
/// and anew by each service that calls another.
/// </summary>
public sealed class IdentityTokens
{
    /// <summary>The metadata that carries a token. The gateway removes it from what callers send.</summary>
    public const string Header = "faultmaven-identity";

    private const string Issuer = "faultmaven";
    private const string Type = "faultmaven+jwt";
    private const string TenantClaim = "tenant";
    private const string KindClaim = "kind";
    private const string RolesClaim = "roles";
    private const string ScopesClaim = "scopes";
    private const string ViaClaim = "via";
    private const string TeamsClaim = "teams";
    private const string GlassTenantClaim = "glass_tenant";
    private const string GlassReasonClaim = "glass_reason";

    // The name of a team may have a space in it, and has no control character.
    private const char TeamSeparator = '\n';

    /// <summary>How far the clocks of two machines may differ.</summary>
    private static readonly TimeSpan s_clockSkew = TimeSpan.FromSeconds(30);

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false, MapInboundClaims = false };
    private readonly SigningCredentials _signing;
    private readonly SymmetricSecurityKey[] _keys;
    private readonly TimeSpan _lifetime;
    private readonly TimeProvider _time;

    internal IdentityTokens(IOptions<IdentityTokenOptions> options, TimeProvider time)
    {
        _keys = [.. options.Value.Keys.Select(KeyOf)];
        _signing = new SigningCredentials(_keys[0], SecurityAlgorithms.HmacSha256);
        _lifetime = options.Value.Lifetime;
        _time = time;
    }

    /// <summary>The audience of a call: <c>session</c> for <c>faultmaven.session.v1.SessionService</c>.</summary>
    /// <param name="method">The full name of a service, or of a method with or without a slash before it.</param>
    public static string AudienceOf(string method) => method.Split('.') is [_, var service, ..] ? service : method;

    /// <summary>Makes a token.</summary>
    /// <param name="identity">For whom, and by which service.</param>
    /// <param name="audience">For which service, as <see cref="AudienceOf"/> gives it.</param>
    public string Create(CallIdentity identity, string audience)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        var claims = new Dictionary<string, object>
        {
            [JwtRegisteredClaimNames.Sub] = identity.Principal.Subject,
            [TenantClaim] = identity.Principal.Tenant,
            [KindClaim] = (int)identity.Principal.Kind,
            [RolesClaim] = string.Join(' ', identity.Principal.Roles),
        };
        if (identity.Principal.Scopes is { } scopes)
        {
            claims[ScopesClaim] = string.Join(' ', scopes);
        }

        if (identity.Principal.Teams is { Count: > 0 } teams)
        {
            claims[TeamsClaim] = string.Join(TeamSeparator, teams);
        }

        if (identity.Via is { } via)
        {
            claims[ViaClaim] = via;
        }

        if (identity.Principal.BrokenGlass is { } glass)
        {
            claims[GlassTenantClaim] = glass.Tenant;
            claims[GlassReasonClaim] = glass.Reason;
        }

        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = Type,
            Issuer = Issuer,
            Audience = audience,
            IssuedAt = now,
            Expires = now + _lifetime,
            Claims = claims,
            SigningCredentials = _signing,
        });
    }

    /// <summary>Checks a token that a call for <paramref name="audience"/> carries.</summary>
    public async ValueTask<IdentityCheck> CheckAsync(string token, string audience)
    {
        var result = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidTypes = [Type],
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            IssuerSigningKeys = _keys,
            ValidIssuer = Issuer,
            ValidAudience = audience,
            // By our clock, below.
            ValidateLifetime = false,
        });
        if (!result.IsValid)
        {
            return IdentityCheck.Refused(ErrorReason.IdentityInvalid, ProblemOf(result.Exception));
        }

        var read = (JsonWebToken)result.SecurityToken;
        var now = _time.GetUtcNow().UtcDateTime;
        return now - s_clockSkew > read.ValidTo || now + s_clockSkew < read.IssuedAt
            ? IdentityCheck.Refused(ErrorReason.IdentityExpired)
            : IdentityCheck.Accepted(Read(read));
    }

    private static CallIdentity Read(JsonWebToken token) => new(
        new Principal(
            token.GetPayloadValue<string>(TenantClaim),
            token.Subject,
            (PrincipalKind)token.GetPayloadValue<int>(KindClaim),
            [.. Values<Role>(token.GetPayloadValue<string>(RolesClaim))])
        {
            Scopes = token.TryGetPayloadValue<string>(ScopesClaim, out var scopes) ? [.. Values<Scope>(scopes)] : null,
            Teams = token.TryGetPayloadValue<string>(TeamsClaim, out var teams) ? teams.Split(TeamSeparator) : [],
            BrokenGlass = token.TryGetPayloadValue<string>(GlassTenantClaim, out var from)
                ? new BrokenGlass(from, token.GetPayloadValue<string>(GlassReasonClaim))
                : null,
        },
        token.TryGetPayloadValue<string>(ViaClaim, out var via) ? via : null);

    // A newer version may know values that this one does not.
    private static IEnumerable<T> Values<T>(string names)
        where T : struct, Enum =>
        names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(name => Enum.IsDefined(typeof(T), name)).Select(Enum.Parse<T>);

    private static string ProblemOf(Exception exception) => exception switch
    {
        SecurityTokenInvalidAudienceException => "audience",
        SecurityTokenInvalidIssuerException => "issuer",
        SecurityTokenSignatureKeyNotFoundException or SecurityTokenInvalidSignatureException or SecurityTokenInvalidAlgorithmException =>
            "signature",
        _ => "malformed",
    };

    // The id says which key it was without saying anything about it.
    private static SymmetricSecurityKey KeyOf(string key)
    {
        var bytes = Encoding.UTF8.GetBytes(key);
        return new SymmetricSecurityKey(bytes)
        {
            KeyId = Convert.ToHexStringLower(SHA256.HashData(SHA256.HashData(bytes)).AsSpan(0, 4)),
        };
    }
}
