using System.Text.Json.Serialization;
using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Identity.V1;

namespace FaultMaven.Cli.Keys;

/// <summary>A key as <c>fm key show --json</c> prints it.</summary>
internal sealed record KeyJson(
    string Name,
    string DisplayName,
    string State,
    IReadOnlyList<string> Roles,
    IReadOnlyList<string> Scopes,
    string Creator,
    DateTimeOffset CreateTime,
    DateTimeOffset RotateTime,
    DateTimeOffset ExpireTime,
    DateTimeOffset? RevokeTime,
    DateTimeOffset? LastUseTime)
{
    public static KeyJson From(ApiKey key) => new(
        key.Name,
        key.DisplayName,
        JsonOutput.Name(key.State),
        [.. key.Roles.Select(JsonOutput.Name)],
        [.. key.Scopes.Select(JsonOutput.Name)],
        key.Creator,
        key.CreateTime.ToDateTimeOffset(),
        key.RotateTime.ToDateTimeOffset(),
        key.ExpireTime.ToDateTimeOffset(),
        key.RevokeTime?.ToDateTimeOffset(),
        key.LastUseTime?.ToDateTimeOffset());
}

/// <summary>Keys.</summary>
internal sealed record KeyListJson(IReadOnlyList<KeyJson> Keys);

[JsonSerializable(typeof(KeyListJson))]
internal sealed partial class KeyJsonContext : JsonSerializerContext
{
    public static KeyJsonContext Standard { get; } = new(new(JsonOutput.Options));
}
