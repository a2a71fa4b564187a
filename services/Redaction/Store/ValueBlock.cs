using System.Security.Cryptography;
using System.Text;
using FaultMaven.ServiceDefaults.State;

namespace FaultMaven.Redaction.Store;

/// <summary>
/// The values of 256 consecutive numbers of a type as the store keeps them: frames, one record each, of values that were added together
/// and are sealed as a whole. A number that is in two frames has the same value in both.
/// </summary>
/// <remarks>
/// Frame: a sealed list of values: place in the block in one byte, length in UTF-8 as a 7-bit encoded number, UTF-8.
/// </remarks>
internal sealed class ValueBlock
{
    /// <summary>How many numbers share a block.</summary>
    public const int Size = 256;

    // A value more may be in it. Bounds what a store must write at once.
    private const int MaxFrame = 256 * 1024;

    private readonly string?[] _values = new string?[Size];
    private readonly List<string> _readable = [];
    private long _length;

    private ValueBlock()
    {
    }

    /// <summary>Whether some of it could not be read, because its key is gone or it was changed.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>Whether it should be written anew, because some of it is sealed under a key that is not the first of the ring.</summary>
    public bool IsStale { get; private set; }

    /// <summary>Whether it is in more records than it needs.</summary>
    public bool IsScattered => _readable.Count > 1 && _length <= MaxFrame;

    /// <summary>
    /// The keys of what could be read. What could not stays as it is when the block is written anew: its key may come back.
    /// </summary>
    public IReadOnlyList<string> Readable => _readable;

    /// <summary>The value at a place in the block, or null.</summary>
    public string? this[int offset] => _values[offset];

    /// <summary>The block of a number.</summary>
    public static long Of(long number) => (number - 1) / Size;

    /// <summary>The place of a number in its block.</summary>
    public static int OffsetOf(long number) => (int)((number - 1) % Size);

    /// <summary>Reads a block.</summary>
    public static ValueBlock Open(Seal seal, ValuePlace place, IReadOnlyList<StateRecord> records)
    {
        var block = new ValueBlock();
        var sealedAt = place.ToString();
        foreach (var (key, frame, _) in records)
        {
            if (seal.OpenBytes(sealedAt, frame.Span) is not { } values)
            {
                block.IsDamaged = true;
                continue;
            }

            block.Read(values);
            block.IsStale |= !seal.IsCurrent(frame.Span);
            block._readable.Add(key);
            block._length += frame.Length;
            CryptographicOperations.ZeroMemory(values);
        }

        return block;
    }

    /// <summary>Puts a value in.</summary>
    public void Set(int offset, string value) => _values[offset] = value;

    /// <summary>All that is in it, in as few frames as may be, under the first key of the ring.</summary>
    public IReadOnlyList<byte[]> Close(Seal seal, ValuePlace place) =>
        Frames(seal, place, [.. _values.Index().Where(value => value.Item is not null).Select(value => (value.Index, value.Item!))]);

    /// <summary>Frames that hold some values, under the first key of the ring.</summary>
    public static IReadOnlyList<byte[]> Frames(Seal seal, ValuePlace place, IReadOnlyList<(int Offset, string Value)> values)
    {
        var frames = new List<byte[]>();
        for (var start = 0; start < values.Count;)
        {
            var (end, length) = (start, 0);
            while (end < values.Count && length < MaxFrame)
            {
                length += LengthOf(values[end++].Value);
            }

            frames.Add(Frame(seal, place, values, start, end, length));
            start = end;
        }

        return frames;
    }

    private static byte[] Frame(
        Seal seal, ValuePlace place, IReadOnlyList<(int Offset, string Value)> values, int start, int end, int length)
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

        var frame = new byte[seal.LengthOf(written)];
        seal.Close(place.ToString(), plain.AsSpan(0, written), frame);
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
