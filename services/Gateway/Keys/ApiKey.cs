using System.Security.Cryptography;
using System.Text.Json.Serialization;
using FaultMaven.Protos;
using FaultMaven.Protos.Identity.V1;

namespace FaultMaven.Gateway.Keys;

/// <summary>A key for a program.</summary>
/// <param name="Id">The last part of its name.</param>
/// <param name="DisplayName">What it is for.</param>
/// <param name="Creator">Who made it, such as <c>person:ann</c>.</param>
/// <param name="Roles">What its user may do.</param>
/// <param name="Scopes">What of the API it is for; empty for all.</param>
/// <param name="CreateTime">When it was made.</param>
/// <param name="RotateTime">When it was given its newest secret.</param>
/// <param name="ExpireTime">When it ends.</param>
/// <param name="RevokeTime">When it was revoked; null unless it was.</param>
/// <param name="Secrets">What is kept of its secrets, the newest first.</param>
internal sealed record ApiKey(
    string Id,
    string DisplayName,
    string Creator,
    IReadOnlyList<Role> Roles,
    IReadOnlyList<Scope> Scopes,
    DateTimeOffset CreateTime,
    DateTimeOffset RotateTime,
    DateTimeOffset ExpireTime,
    DateTimeOffset? RevokeTime,
    IReadOnlyList<KeySecret> Secrets)
{
    /// <summary>How many secrets count at a time; a further one ends the oldest.</summary>
    public const int MaxSecrets = 5;

    private static readonly Scope[] s_allScopes = [.. Enum.GetValues<Scope>().Where(scope => scope != Scope.Unspecified)];

    /// <summary>The scopes it is for, all of them if it names none.</summary>
    [JsonIgnore]
    public IReadOnlyList<Scope> EffectiveScopes => Scopes.Count > 0 ? Scopes : s_allScopes;

    /// <summary>Whether it is accepted.</summary>
    public Protos.Identity.V1.ApiKey.Types.State StateAt(DateTimeOffset now) =>
        RevokeTime is not null ? Protos.Identity.V1.ApiKey.Types.State.Revoked
        : now >= ExpireTime ? Protos.Identity.V1.ApiKey.Types.State.Expired
        : Protos.Identity.V1.ApiKey.Types.State.Active;

    /// <summary>Whether a secret is one of this key that still counts. How long the answer takes says nothing about the secrets.</summary>
    public bool Has(ReadOnlySpan<byte> digest, DateTimeOffset now)
    {
        var isFound = false;
        foreach (var secret in Secrets)
        {
            isFound |= CryptographicOperations.FixedTimeEquals(secret.Digest.Span, digest) & (secret.EndTime is not { } end || now < end);
        }

        return isFound;
    }

    /// <summary>The key with a new secret; those before end at <paramref name="end"/> or earlier.</summary>
    public ApiKey Rotate(byte[] digest, DateTimeOffset now, DateTimeOffset end, DateTimeOffset expireTime) => this with
    {
        RotateTime = now,
        ExpireTime = expireTime,
        Secrets =
        [
            new KeySecret(digest, null),
            .. Secrets.Where(secret => secret.EndTime is not { } ended || now < ended)
                .Select(secret => secret with { EndTime = secret.EndTime < end ? secret.EndTime : end })
                .Take(MaxSecrets - 1),
        ],
    };
}

/// <summary>What is kept of a secret.</summary>
/// <param name="Digest">The SHA-256 of the whole key.</param>
/// <param name="EndTime">When it ends after it was replaced; null for the newest.</param>
internal sealed record KeySecret(ReadOnlyMemory<byte> Digest, DateTimeOffset? EndTime);

[JsonSerializable(typeof(ApiKey))]
internal sealed partial class ApiKeyJson : JsonSerializerContext;
