using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace FaultMaven.Redaction.Store;

/// <summary>
/// The values of 256 consecutive numbers of a type as the store keeps them: frames, one for each time that some were added, sealed as a
/// whole. A number that is in two frames has the same value in both.
/// </summary>
/// <remarks>
/// Frame: its length in four bytes, and a sealed list of values: place in the block in one byte, length in UTF-8 as a 7-bit encoded
/// number, UTF-8.
/// </remarks>
internal sealed class ValueBlock
{
    /// <summary>How many numbers share a block.</summary>
    public const int Size = 256;

    // A value more may be in it. Bounds a command, and what a store must write at once.
    private const int MaxFrame = 256 * 1024;
    private const int LengthLength = sizeof(uint);

    private readonly string?[] _values = new string?[Size];
    private readonly List<byte[]> _unreadable = [];

    private ValueBlock()
    {
    }

    /// <summary>Whether some of it could not be read, because its key is gone or it was changed.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>Whether it should be written anew, because some of it is sealed under a key that is not the first of the ring.</summary>
    public bool IsStale { get; private set; }

    /// <summary>The value at a place in the block, or null.</summary>
    public string? this[int offset] => _values[offset];

    /// <summary>The block of a number.</summary>
    public static long Of(long number) => (number - 1) / Size;

    /// <summary>The place of a number in its block.</summary>
    public static int OffsetOf(long number) => (int)((number - 1) % Size);

    /// <summary>Reads a block; null is an empty one.</summary>
    public static ValueBlock Open(Seal seal, ValuePlace place, byte[]? stored)
    {
        var block = new ValueBlock();
        var sealedAt = place.ToString();
        for (ReadOnlySpan<byte> rest = stored; !rest.IsEmpty;)
        {
            var length = rest.Length < LengthLength ? uint.MaxValue : BinaryPrimitives.ReadUInt32LittleEndian(rest);
            if (length > rest.Length - LengthLength)
            {
                // It cannot be read, and nothing may be added behind it.
                (block.IsDamaged, block.IsStale) = (true, true);
                break;
            }

            var frame = rest.Slice(LengthLength, (int)length);
            if (seal.OpenBytes(sealedAt, frame) is not { } values)
            {
                block.IsDamaged = true;
                block._unreadable.Add(rest[..(LengthLength + frame.Length)].ToArray());
            }
            else
            {
                block.Read(values);
                block.IsStale |= !seal.IsCurrent(frame);
                CryptographicOperations.ZeroMemory(values);
            }

            rest = rest[(LengthLength + frame.Length)..];
        }

        return block;
    }

    /// <summary>Puts a value in.</summary>
    public void Set(int offset, string value) => _values[offset] = value;

    /// <summary>
    /// All of it in as few frames as may be, values under the first key of the ring; what could not be read stays as it is, as its key
    /// may come back.
    /// </summary>
    public IEnumerable<byte[]> Close(Seal seal, ValuePlace place) =>
        Frames(seal, place, [.. _values.Index().Where(value => value.Item is not null).Select(value => (value.Index, value.Item!))])
            .Concat(_unreadable);

    /// <summary>Frames that hold some values, under the first key of the ring.</summary>
    public static IEnumerable<byte[]> Frames(Seal seal, ValuePlace place, List<(int Offset, string Value)> values)
    {
        for (var start = 0; start < values.Count;)
        {
            var (end, length) = (start, 0);
            while (end < values.Count && length < MaxFrame)
            {
                length += LengthOf(values[end++].Value);
            }

            yield return Frame(seal, place, values, start, end, length);
            start = end;
        }
    }

    private static byte[] Frame(Seal seal, ValuePlace place, List<(int Offset, string Value)> values, int start, int end, int length)
    {
        var plain = new byte[length];
        var written = 0;
        for (var i = start; i < end; i++)
        {
            plain[written++] = (byte)values[i].Offset;
            var bytes = (uint)Encoding.UTF8.GetByteCount(values[i].Value);
            for (; bytes >= 0x80; bytes >>= 7)
            {
                plain[written++] = (byte)(bytes | 0x80);
            }

            plain[written++] = (byte)bytes;
            written += Encoding.UTF8.GetBytes(values[i].Value, plain.AsSpan(written));
        }

        var frame = new byte[LengthLength + seal.LengthOf(written)];
        BinaryPrimitives.WriteUInt32LittleEndian(frame, (uint)(frame.Length - LengthLength));
        seal.Close(place.ToString(), plain.AsSpan(0, written), frame.AsSpan(LengthLength));
        CryptographicOperations.ZeroMemory(plain);
        return frame;
    }

    // At most: a length has up to five bytes.
    private static int LengthOf(string value) => 1 + 5 + Encoding.UTF8.GetByteCount(value);

    private void Read(ReadOnlySpan<byte> values)
    {
        while (!values.IsEmpty)
        {
            var offset = values[0];
            var (length, read) = (0, 1);
            for (var shift = 0; ; shift += 7)
            {
                var next = values[read++];
                length |= (next & 0x7f) << shift;
                if (next < 0x80)
                {
                    break;
                }
            }

            _values[offset] = Encoding.UTF8.GetString(values.Slice(read, length));
            values = values[(read + length)..];
        }
    }
}
