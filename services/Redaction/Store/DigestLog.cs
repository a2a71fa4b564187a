using System.Buffers;
using System.Buffers.Binary;

namespace FaultMaven.Redaction.Store;

/// <summary>
/// The digests of a scope in the order of their numbers, as the store holds them: chunks that are only ever added to. A chunk is a list
/// of runs, each of consecutive numbers of a type.
/// </summary>
/// <remarks>
/// Run: the type's place in the <see cref="ScopeHead"/> and the count in two bytes each, the first number in four, 16 bytes a digest;
/// little-endian.
/// </remarks>
internal static class DigestLog
{
    /// <summary>
    /// A chunk of this many bytes or more takes no further run. A store may copy a chunk that something is added to, so that it is not
    /// the longest that it could be.
    /// </summary>
    public const int ChunkLength = 4096;

    private const int HeaderLength = 8;

    /// <summary>Adds a run to what will be written.</summary>
    public static void Append(IBufferWriter<byte> log, int type, long first, IReadOnlyList<Digest> digests)
    {
        var length = HeaderLength + (digests.Count * Digest.Length);
        var run = log.GetSpan(length);
        BinaryPrimitives.WriteUInt16LittleEndian(run, checked((ushort)type));
        BinaryPrimitives.WriteUInt16LittleEndian(run[2..], checked((ushort)digests.Count));
        BinaryPrimitives.WriteUInt32LittleEndian(run[4..], checked((uint)first));
        for (var i = 0; i < digests.Count; i++)
        {
            digests[i].Write(run[(HeaderLength + (i * Digest.Length))..]);
        }

        log.Advance(length);
    }

    /// <summary>Puts runs into a table.</summary>
    /// <returns>False if what was read ends within a run.</returns>
    public static bool TryRead(ReadOnlySpan<byte> log, DigestTable table)
    {
        while (!log.IsEmpty)
        {
            if (log.Length < HeaderLength)
            {
                return false;
            }

            var count = BinaryPrimitives.ReadUInt16LittleEndian(log[2..]);
            long first = BinaryPrimitives.ReadUInt32LittleEndian(log[4..]);
            var length = HeaderLength + (count * Digest.Length);
            if (log.Length < length)
            {
                return false;
            }

            for (var i = 0; i < count; i++)
            {
                table.Set(Digest.Read(log[(HeaderLength + (i * Digest.Length))..]), first + i);
            }

            log = log[length..];
        }

        return true;
    }
}
