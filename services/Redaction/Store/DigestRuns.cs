using System.Buffers.Binary;

namespace FaultMaven.Redaction.Store;

/// <summary>
/// An entry of the stream that holds the digests of a scope in the order of their numbers: what one write added, as runs of consecutive
/// numbers of a type.
/// </summary>
/// <remarks>
/// Run: the type's place in the <see cref="ScopeHead"/> and the count in two bytes each, the first number in four, 16 bytes a digest;
/// little-endian.
/// </remarks>
internal static class DigestRuns
{
    private const int HeaderLength = 8;

    /// <summary>An entry of what is added.</summary>
    public static byte[] Of(IReadOnlyList<AddedValues> added)
    {
        var entry = new byte[added.Sum(values => LengthOf(values.Digests.Count))];
        var rest = entry.AsSpan();
        foreach (var values in added)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(rest, checked((ushort)values.Type));
            BinaryPrimitives.WriteUInt16LittleEndian(rest[2..], checked((ushort)values.Digests.Count));
            BinaryPrimitives.WriteUInt32LittleEndian(rest[4..], checked((uint)values.First));
            rest = rest[HeaderLength..];
            foreach (var digest in values.Digests)
            {
                digest.Write(rest);
                rest = rest[Digest.Length..];
            }
        }

        return entry;
    }

    /// <summary>Puts the runs of an entry into a table.</summary>
    /// <returns>False if the entry ends within a run.</returns>
    public static bool TryRead(ReadOnlySpan<byte> entry, DigestTable table)
    {
        while (!entry.IsEmpty)
        {
            if (entry.Length < HeaderLength)
            {
                return false;
            }

            var count = BinaryPrimitives.ReadUInt16LittleEndian(entry[2..]);
            long first = BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]);
            if (entry.Length < LengthOf(count))
            {
                return false;
            }

            for (var i = 0; i < count; i++)
            {
                table.Set(Digest.Read(entry[LengthOf(i)..]), first + i);
            }

            entry = entry[LengthOf(count)..];
        }

        return true;
    }

    private static int LengthOf(int count) => HeaderLength + (count * Digest.Length);
}
