using System.Security.Cryptography;
using System.Text.Json;
using FaultMaven.ServiceDefaults.Identity;
using Google.Protobuf;

namespace FaultMaven.ServiceDefaults.Messaging;

/// <summary>An event as it waits in the store, in JSON.</summary>
/// <param name="Id">Distinguishes equal events.</param>
/// <param name="Partition">What it is about; events of one partition are published in order.</param>
/// <param name="Type">The full name of its message.</param>
/// <param name="Body">The message.</param>
/// <param name="Identity">For whom it was staged, and by which service; its consumers work for them.</param>
/// <param name="TraceParent">The trace that staged it, so that its consumers are part of that trace. Null if there was none.</param>
internal sealed record OutboxEntry(
    Guid Id, string Partition, string Type, byte[] Body, CallIdentity Identity, string? TraceParent)
{
    /// <summary>Reads an entry.</summary>
    /// <exception cref="JsonException">The value is not one.</exception>
    public static OutboxEntry Read(ReadOnlyMemory<byte> value) =>
        JsonSerializer.Deserialize<OutboxEntry>(value.Span) is
            { Partition: not null, Type: not null, Body: not null, Identity.Principal.Tenant.Length: > 0 } entry
            ? entry
            : throw new JsonException("A field of the entry is missing.");

    /// <summary>Reads an entry; null if the value is not one.</summary>
    public static OutboxEntry? TryRead(ReadOnlyMemory<byte> value)
    {
        try
        {
            return Read(value);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What a value is known by: its id, or a digest of it if it cannot be read.</summary>
    public static string IdOf(ReadOnlyMemory<byte> value) =>
        TryRead(value)?.Id.ToString("N") ?? Convert.ToHexStringLower(SHA256.HashData(value.Span).AsSpan(0, 16));

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this);

    /// <summary>The event.</summary>
    /// <exception cref="UnknownEventException">There is no event of this name.</exception>
    /// <exception cref="InvalidProtocolBufferException">The bytes are not one.</exception>
    public IMessage ReadEvent() => EventCatalogue.Read(Type, Body);
}
