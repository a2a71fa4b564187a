using FaultMaven.Protos.Names;
using Google.Protobuf.WellKnownTypes;
using Proto = FaultMaven.Protos.Identity.V1;

namespace FaultMaven.Gateway.Keys;

/// <summary>Keys as the contract has them.</summary>
internal static class ApiKeyMapping
{
    /// <param name="stored">The key.</param>
    /// <param name="now">The time, which decides whether it has expired.</param>
    /// <param name="secret">The key as it is sent, if it was just made; null otherwise.</param>
    public static Proto.ApiKey ToProto(this StoredKey stored, DateTimeOffset now, string? secret = null)
    {
        var key = stored.Key;
        return new Proto.ApiKey
        {
            Name = new ApiKeyName(key.Id).ToString(),
            DisplayName = key.DisplayName,
            Roles = { key.Roles.Select(role => (Proto.ApiKey.Types.Role)role) },
            Scopes = { key.Scopes },
            ExpireTime = key.ExpireTime.ToTimestamp(),
            State = key.StateAt(now),
            Creator = key.Creator,
            CreateTime = key.CreateTime.ToTimestamp(),
            RotateTime = key.RotateTime.ToTimestamp(),
            RevokeTime = key.RevokeTime?.ToTimestamp(),
            LastUseTime = stored.LastUse?.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc).ToTimestamp(),
            Secret = secret ?? "",
            Etag = stored.ETag,
        };
    }
}
