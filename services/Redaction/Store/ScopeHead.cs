using System.Collections.Immutable;
using System.Text;

namespace FaultMaven.Redaction.Store;

/// <summary>
/// What there is to know of a scope before anything else is read: a few hundred bytes, kept for ever. Every write replaces it on the
/// condition that it is still what it was, so no two writers can think that they were alone.
/// </summary>
internal sealed record ScopeHead
{
    private const byte Format = 2;

    /// <summary>
    /// Random, chosen by every write, so that no two writes leave the same head behind: not even in a store that was emptied, or lost
    /// its last writes, and was written to again.
    /// </summary>
    public long Stamp { get; init; }

    /// <summary>
    /// The stamp of the write that began the digests: they are others once the scope was forgotten. 0 if that is about to be written.
    /// </summary>
    public long Origin { get; init; }

    /// <summary><see cref="PseudonymKey.Fingerprint"/> of the key that its digests are made under; empty until there is one.</summary>
    public ReadOnlyMemory<byte> Fingerprint { get; init; }

    /// <summary>Whether its case is closed.</summary>
    public bool IsClosed { get; init; }

    /// <summary>When all values expire; before 1970 ends if none were ever kept.</summary>
    public DateTimeOffset KeptUntil { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>How many values are kept.</summary>
    public long KeptCount { get; init; }

    /// <summary>In how many records they are kept.</summary>
    public long RecordCount { get; init; }

    /// <summary>Grows when values may be gone, or under another key: whoever saw them before has to look again.</summary>
    public long Generation { get; init; }

    /// <summary>The key of the ring that values above <see cref="NumberedType.UnsureUpTo"/> are sealed under.</summary>
    public string SealedUnder { get; init; } = "";

    /// <summary>How many entries the stream of digests has.</summary>
    public long EntryCount { get; init; }

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
    public ScopeHead WithNothingSure() => this with
    {
        Generation = Generation + 1,
        Types = [.. Types.Select(type => type with { UnsureUpTo = type.Last })],
    };

    /// <summary>The same without any value.</summary>
    public ScopeHead WithoutValues() =>
        WithNothingSure() with { KeptCount = 0, RecordCount = 0, KeptUntil = DateTimeOffset.UnixEpoch };

    /// <summary>The same without any value or digest. Counters stay.</summary>
    public ScopeHead Emptied() => WithoutValues() with { Origin = 0, EntryCount = 0 };

    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(Format);
        writer.Write(Stamp);
        writer.Write(Origin);
        writer.Write7BitEncodedInt(Fingerprint.Length);
        writer.Write(Fingerprint.Span);
        writer.Write(IsClosed);
        writer.Write7BitEncodedInt64(KeptUntil.ToUnixTimeMilliseconds());
        writer.Write7BitEncodedInt64(KeptCount);
        writer.Write7BitEncodedInt64(RecordCount);
        writer.Write7BitEncodedInt64(Generation);
        writer.Write(SealedUnder);
        writer.Write7BitEncodedInt64(EntryCount);
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
    public static ScopeHead FromBytes(ReadOnlyMemory<byte> bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes.ToArray()), Encoding.UTF8);
        if (reader.ReadByte() != Format)
        {
            throw new InvalidDataException("The head of a scope has a format that is not known here.");
        }

        return new ScopeHead
        {
            Stamp = reader.ReadInt64(),
            Origin = reader.ReadInt64(),
            Fingerprint = reader.ReadBytes(reader.Read7BitEncodedInt()),
            IsClosed = reader.ReadBoolean(),
            KeptUntil = DateTimeOffset.FromUnixTimeMilliseconds(reader.Read7BitEncodedInt64()),
            KeptCount = reader.Read7BitEncodedInt64(),
            RecordCount = reader.Read7BitEncodedInt64(),
            Generation = reader.Read7BitEncodedInt64(),
            SealedUnder = reader.ReadString(),
            EntryCount = reader.Read7BitEncodedInt64(),
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

/// <summary>A head and what the store has of it.</summary>
/// <param name="Head">An empty one if there is none.</param>
/// <param name="Bytes">Null if there is none.</param>
internal sealed record StoredHead(ScopeHead Head, ReadOnlyMemory<byte>? Bytes)
{
    /// <summary>That of a scope that never was.</summary>
    public static StoredHead None { get; } = new(new ScopeHead(), null);

    /// <summary>Whether the store still has this.</summary>
    public bool IsStill(ReadOnlyMemory<byte>? bytes) =>
        Bytes is { } ours && bytes is { } theirs ? ours.Span.SequenceEqual(theirs.Span) : Bytes is null && bytes is null;
}
