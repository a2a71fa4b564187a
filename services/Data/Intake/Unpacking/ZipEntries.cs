using System.Runtime.CompilerServices;
using FaultMaven.Data.Intake.Bytes;

namespace FaultMaven.Data.Intake.Unpacking;

/// <summary>
/// Reads a zip file from its start to its end, without the directory that it ends in: that would take the whole of it, not yet redacted, in
/// memory or on the disk. Entries that overlap, as in some bombs, come once.
/// </summary>
internal static class ZipEntries
{
    private const int Stored = 0;
    private const int Deflated = 8;
    private const int Zstandard = 93;

    /// <summary>The longest record after the data of an entry: a signature, a checksum and two sizes.</summary>
    private const int MaxDescriptor = 24;

    public static async IAsyncEnumerable<ArchiveEntry> ReadAsync(
        BufferedInput input, UnpackBudget budget, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await ReadHeaderAsync(input, cancellationToken) is { } header)
        {
            if (header.HasSize)
            {
                var section = new Section(input, header.PackedSize);

                if (!header.IsDirectory)
                {
                    await using Stream? unpacked = header is { Method: Stored, IsEncrypted: false } ? section
                        : Unpack(header, new EvenPieces(section), budget);
                    await using var file = unpacked is not null && header.Checksum is { } checksum
                        ? new ChecksummedStream(unpacked, checksum) : null;
                    yield return unpacked is null
                        ? Unreadable(header)
                        : ArchiveEntry.Of(header.Path, file ?? unpacked, () =>
                            section.IsCutOff || unpacked is InflatingStream { IsDamaged: true } || file is { IsChanged: true });
                }

                if (!await section.SkipRestAsync(cancellationToken))
                {
                    yield return ArchiveEntry.Damage;
                    yield break;
                }
            }
            else
            {
                var data = new ZipDataInput(input);
                await using var unpacked = header.Method is Deflated ? Unpack(header, data, budget) : null;

                if (unpacked is null)
                {
                    yield return Unreadable(header);
                    yield return ArchiveEntry.Unreadable("",
                        "What follows it in the archive cannot be found, because its length is not recorded.");
                    yield break;
                }

                if (!header.IsDirectory)
                {
                    yield return ArchiveEntry.Of(header.Path, unpacked, () => unpacked.IsDamaged || data.IsCutOff);
                }

                await unpacked.CopyToAsync(Stream.Null, cancellationToken);

                if (unpacked.IsDamaged || data.IsCutOff || !await SkipDescriptorAsync(input, cancellationToken))
                {
                    yield return ArchiveEntry.Damage;
                    yield break;
                }
            }
        }

        // After the last entry comes the directory.
        if (!IsDirectorySignature((await input.PeekAsync(4, cancellationToken)).Span))
        {
            yield return ArchiveEntry.Damage;
        }
    }

    /// <returns>Null if there is no further header.</returns>
    private static async Task<ZipHeader?> ReadHeaderAsync(BufferedInput input, CancellationToken cancellationToken)
    {
        var bytes = await input.PeekAsync(ZipHeader.Length, cancellationToken);

        if (bytes.Length < ZipHeader.Length || !bytes.Span.StartsWith("PK\u0003\u0004"u8))
        {
            return null;
        }

        var length = ZipHeader.LengthOf(bytes.Span);

        if (length > BufferedInput.MaxPeek || (bytes = await input.PeekAsync(length, cancellationToken)).Length < length)
        {
            return null;
        }

        var header = ZipHeader.Read(bytes.Span[..length]);
        input.Skip(length);

        return header;
    }

    private static InflatingStream? Unpack(ZipHeader header, Stream packed, UnpackBudget budget) => header switch
    {
        { IsEncrypted: true } => null,
        { Method: Deflated } => InflatingStream.Deflate(packed, budget),
        { Method: Zstandard } => InflatingStream.Zstandard(packed, budget),
        _ => null,
    };

    private static ArchiveEntry Unreadable(ZipHeader header) => ArchiveEntry.Unreadable(
        header.Path, header.IsEncrypted ? "It is encrypted." : $"It is packed by method {header.Method}, which is not supported.");

    /// <summary>
    /// Passes over the checksum and the sizes that follow the data; how many bytes that is depends on the program that wrote them.
    /// </summary>
    private static async Task<bool> SkipDescriptorAsync(BufferedInput input, CancellationToken cancellationToken)
    {
        var bytes = await input.PeekAsync(MaxDescriptor + 4, cancellationToken);

        for (var i = bytes.Span.StartsWith("PK\u0007\u0008"u8) ? 16 : 0; i <= Math.Min(MaxDescriptor, bytes.Length - 4); i++)
        {
            if (bytes.Span[i..].StartsWith("PK\u0003\u0004"u8) || IsDirectorySignature(bytes.Span[i..]))
            {
                input.Skip(i);

                return true;
            }
        }

        return false;
    }

    private static bool IsDirectorySignature(ReadOnlySpan<byte> bytes) =>
        bytes is [(byte)'P', (byte)'K', 1, 2, ..] or [(byte)'P', (byte)'K', 5 or 6, 6, ..];
}
