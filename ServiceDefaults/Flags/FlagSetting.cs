using System.Text.Json;

namespace FaultMaven.ServiceDefaults.Flags;

/// <summary>The value that someone gave to a flag, as it is stored.</summary>
/// <param name="Value">The value.</param>
/// <param name="Setter">Who set it, such as <c>person:alice</c>.</param>
/// <param name="Time">When.</param>
internal sealed record FlagSetting(string Value, string Setter, DateTimeOffset Time)
{
    /// <exception cref="JsonException">It is something else.</exception>
    public static FlagSetting Read(ReadOnlyMemory<byte> bytes) =>
        JsonSerializer.Deserialize<FlagSetting>(bytes.Span) is { Value: not null, Setter: not null } setting
            ? setting
            : throw new JsonException("A field of the flag's value is missing.");

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this);
}
