using System.Collections.Immutable;
using System.Text;

namespace FaultMaven.Redaction.Store;

/// <summary>
/// What there is to know of a scope before anything else is read: a few hundred bytes, kept for ever. Every write replaces it on the
/// condition that it is still what it was, so no two writers can think that they were alone.
/// </summary>
internal sealed record ScopeHead
{
    private const byte Format = 1;

    /// <summary>
    /// Random, chosen when the scope began, so that a scope that began anew in an emptied store differs from the old one.
    /// </summary>
    public long Origin { get; init; }

    /// <summary>Grows with every write.</summary>
    public long Version { get; init; }

    /// <summary><see cref="PseudonymKey.Fingerprint"/> of the key that its digests are made under; empty until there is one.</summary>
    public ReadOnlyMemory<byte> Fingerprint { get; init; }

    /// <summary>Whether its case is closed.</summary>
    public bool IsClosed { get; init; }

    /// <summary>When all values expire; before 1970 ends if none were ever kept.</summary>
    public DateTimeOffset KeptUntil { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>How many values are kept.</summary>
    public long KeptCount { get; init; }

    /// <summary>
    /// Values that expired or were forgotten, and those kept since, have different generations, and so different keys in the store.
    /// </summary>
    public long Generation { get; init; }

    /// <summary>The key of the ring that values above <see cref="NumberedType.UnsureUpTo"/> are sealed under.</summary>
    public string SealedUnder { get; init; } = "";

    /// <summary>The chunks of digests that count, from the first to the last; none if the last is before the first.</summary>
    public long FirstChunk { get; init; } = 1;

    /// <inheritdoc cref="FirstChunk"/>
    public long LastChunk { get; init; }

    /// <summary>How much of the last chunk counts, in bytes.</summary>
    public int LastChunkLength { get; init; }

    /// <summary>
    /// The first chunk, and the first generation of values, that forgetting may have left in the store because it was cut short.
    /// </summary>
    public long OldestChunk { get; init; } = 1;

    /// <inheritdoc cref="OldestChunk"/>
    public long OldestGeneration { get; init; }

    /// <summary>The types that were numbered, in the order in which they came.</summary>
    public ImmutableArray<NumberedType> Types { get; init; } = [];

    /// <summary>The place of a type, or -1.</summary>
    public int IndexOf(string type)
    {
        for (var i = 0; i < Types.Length; i++)
        {
            if (Types[i].Name == type)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The same, where nothing is sure to be kept any more.</summary>
    public ScopeHead WithNothingSure() => this with { Types = [.. Types.Select(type => type with { UnsureUpTo = type.Last })] };

    /// <summary>The same without any value.</summary>
    public ScopeHead WithoutValues() =>
        WithNothingSure() with { Generation = Generation + 1, KeptCount = 0, KeptUntil = DateTimeOffset.UnixEpoch };

    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(Format);
        writer.Write(Origin);
        writer.Write7BitEncodedInt64(Version);
        writer.Write7BitEncodedInt(Fingerprint.Length);
        writer.Write(Fingerprint.Span);
        writer.Write(IsClosed);
        writer.Write7BitEncodedInt64(KeptUntil.ToUnixTimeMilliseconds());
        writer.Write7BitEncodedInt64(KeptCount);
        writer.Write7BitEncodedInt64(Generation);
        writer.Write(SealedUnder);
        writer.Write7BitEncodedInt64(FirstChunk);
        writer.Write7BitEncodedInt64(LastChunk);
        writer.Write7BitEncodedInt(LastChunkLength);
        writer.Write7BitEncodedInt64(OldestChunk);
        writer.Write7BitEncodedInt64(OldestGeneration);
        writer.Write7BitEncodedInt(Types.Length);
        foreach (var type in Types)
        {
            writer.Write(type.Name);
            writer.Write7BitEncodedInt64(type.Last);
            writer.Write7BitEncodedInt64(type.UnsureUpTo);
        }

        return bytes.ToArray();
    }

    /// <exception cref="InvalidDataException">It was written by something that we don't know.</exception>
    public static ScopeHead FromBytes(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        if (reader.ReadByte() != Format)
        {
            throw new InvalidDataException("The head of a scope has a format that is not known here.");
        }

        return new ScopeHead
        {
            Origin = reader.ReadInt64(),
            Version = reader.Read7BitEncodedInt64(),
            Fingerprint = reader.ReadBytes(reader.Read7BitEncodedInt()),
            IsClosed = reader.ReadBoolean(),
            KeptUntil = DateTimeOffset.FromUnixTimeMilliseconds(reader.Read7BitEncodedInt64()),
            KeptCount = reader.Read7BitEncodedInt64(),
            Generation = reader.Read7BitEncodedInt64(),
            SealedUnder = reader.ReadString(),
            FirstChunk = reader.Read7BitEncodedInt64(),
            LastChunk = reader.Read7BitEncodedInt64(),
            LastChunkLength = reader.Read7BitEncodedInt(),
            OldestChunk = reader.Read7BitEncodedInt64(),
            OldestGeneration = reader.Read7BitEncodedInt64(),
            Types = [.. Enumerable.Range(0, reader.Read7BitEncodedInt())
                .Select(_ => new NumberedType(reader.ReadString(), reader.Read7BitEncodedInt64(), reader.Read7BitEncodedInt64()))],
        };
    }
}

/// <summary>A type of which values were numbered in a scope.</summary>
/// <param name="Name">The type.</param>
/// <param name="Last">The last number that was given. It never goes down.</param>
/// <param name="UnsureUpTo">Values up to this number may be kept or not, and under any key; those above are kept, under the key of the
/// head.</param>
internal readonly record struct NumberedType(string Name, long Last, long UnsureUpTo);
