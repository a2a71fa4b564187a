using System.Buffers;
using System.Text;
using FaultMaven.Data.Sources;
using FaultMaven.Data.Store;

namespace FaultMaven.Data.Query;

/// <summary>
/// Reads lines of stored evidence. It has no index: line ends are counted in the raw bytes, some gigabytes in a second, up to the first
/// line wanted.
/// </summary>
internal sealed class EvidenceLines(IBlobStore blobs)
{
    private const int MaxLineLength = 16_384;

    /// <summary>Leaves room in a message of 4 MiB, which is what gRPC clients accept by default.</summary>
    private const int MaxBytes = 3 << 20;

    /// <summary>
    /// <paramref name="count"/> lines from <paramref name="start"/> (from 1) on, or as many of them as there are and fit into one answer.
    /// </summary>
    public async Task<IReadOnlyList<string>> ReadAsync(
        EvidenceName name, Proto.Evidence evidence, long start, int count, CancellationToken cancellationToken)
    {
        await using var stream = await blobs.TryOpenReadAsync(name, evidence.ContentSha256, cancellationToken);

        if (stream is null || !await SkipAsync(stream, start - 1, cancellationToken))
        {
            return [];
        }

        using var reader = new StoredTextReader(stream);
        var lines = new List<string>();
        var room = MaxBytes;

        while (lines.Count < count && (await reader.ReadLineAsync(cancellationToken))?.CutTo(MaxLineLength) is { } line)
        {
            // A string field costs its bytes and up to four more.
            room -= Encoding.UTF8.GetByteCount(line) + 4;

            if (room < 0)
            {
                break;
            }

            lines.Add(line);
        }

        return lines;
    }

    /// <summary>Moves the stream past the given number of lines; false if it does not have more.</summary>
    private static async Task<bool> SkipAsync(Stream stream, long lines, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 17);

        try
        {
            while (lines > 0)
            {
                var length = await stream.ReadAsync(buffer, cancellationToken);

                if (length == 0)
                {
                    return false;
                }

                var ends = buffer.AsSpan(0, length).Count((byte)'\n');

                if (ends >= lines)
                {
                    stream.Seek(IndexAfter(buffer.AsSpan(0, length), (int)lines) - length, SeekOrigin.Current);
                }

                lines -= ends;
            }

            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static int IndexAfter(ReadOnlySpan<byte> bytes, int lines)
    {
        var index = 0;

        for (; lines > 0; lines--)
        {
            index += bytes[index..].IndexOf((byte)'\n') + 1;
        }

        return index;
    }
}
