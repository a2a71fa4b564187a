using System.Text.Json;
using System.Text.Json.Serialization;

namespace FaultMaven.ServiceDefaults.Messaging;

/// <summary>
/// An entry of an outbox that could not be published and is no longer tried. It stays until an operator replays or drops it.
/// </summary>
/// <param name="Id">The entry's id, or a digest of an entry that cannot be read.</param>
/// <param name="Value">The entry as it was in the outbox.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="FailTime">When it was tried last.</param>
/// <param name="Error">What the last attempt failed with.</param>
internal sealed record DeadLetter(string Id, byte[] Value, int Attempts, DateTimeOffset FailTime, string Error)
{
    public static DeadLetter Read(ReadOnlyMemory<byte> value) => JsonSerializer.Deserialize<DeadLetter>(value.Span)!;

    /// <summary>The tenant that the event is about; null if the entry cannot be read.</summary>
    [JsonIgnore]
    public string? Tenant => OutboxEntry.TryRead(Value)?.Identity.Principal.Tenant;

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this);
}
