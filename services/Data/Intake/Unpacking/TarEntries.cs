using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using FaultMaven.Data.Intake.Bytes;

namespace FaultMaven.Data.Intake.Unpacking;

/// <summary>Reads a tar file from its start to its end, holding one header of it at a time.</summary>
internal static class TarEntries
{
    // Long names and extended headers come as entries before the one they are about. .NET's own reader takes any length of them into
    // memory.
    private const int MaxExtension = 16 * 1024;

    public static async IAsyncEnumerable<ArchiveEntry> ReadAsync(BufferedInput input,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var longPath = "";
        var longSize = -1L;

        while (true)
        {
            var block = await input.PeekAsync(TarHeader.Length, cancellationToken);

            // It ends in two blocks of zeros; some programs write one, or none.
            if (block.IsEmpty || (block.Length >= TarHeader.Length && block.Span[..TarHeader.Length].IndexOfAnyExcept((byte)0) < 0))
            {
                yield break;
            }

            if (block.Length < TarHeader.Length || TarHeader.Read(block.Span[..TarHeader.Length]) is not { } header)
            {
                yield return ArchiveEntry.Damage;
                yield break;
            }

            input.Skip(TarHeader.Length);
            var isExtension = header.Kind is 'L' or 'x';
            var size = isExtension || longSize < 0 ? header.Size : longSize;
            var section = new Section(input, size);

            if (isExtension && size <= MaxExtension)
            {
                var text = new byte[size];
                await section.ReadAtLeastAsync(text, text.Length, throwOnEndOfStream: false, cancellationToken);
                (longPath, longSize) = header.Kind is 'L' ? (EntryPath.Read(text), longSize) : ReadExtendedHeader(text, longPath, longSize);
            }
            else if (header.Kind is not ('x' or 'g' or 'K' or 'L') && !header.IsDirectory)
            {
                var path = longPath.Length > 0 ? longPath : header.Path;
                yield return header.IsFile
                    ? ArchiveEntry.Of(path, section, () => section.IsCutOff)
                    : ArchiveEntry.Unreadable(path, header.Kind is 'S' ? "It is a sparse file." : "It is a link or a device, not a file.");
            }

            if (!isExtension && header.Kind is not ('g' or 'K'))
            {
                (longPath, longSize) = ("", -1);
            }

            if (!await section.SkipRestAsync(cancellationToken)
                || !await new Section(input, -size & (TarHeader.Length - 1)).SkipRestAsync(cancellationToken))
            {
                yield return ArchiveEntry.Damage;
                yield break;
            }
        }
    }

    /// <summary>Reads records such as <c>25 path=logs/app-long.log\n</c>; the number is the length of the record, in bytes.</summary>
    private static (string Path, long Size) ReadExtendedHeader(ReadOnlySpan<byte> text, string path, long size)
    {
        while (text.IndexOf((byte)' ') is > 0 and var blank
            && int.TryParse(text[..blank], NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length > blank + 1
                && length <= text.Length)
        {
            var record = text[(blank + 1)..(length - 1)];
            var equals = record.IndexOf((byte)'=');
            var value = record[(equals + 1)..];

            if (record.StartsWith("path="u8))
            {
                path = Encoding.UTF8.GetString(value);
            }
            else if (record.StartsWith("size="u8) && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                size = number;
            }

            text = text[length..];
        }

        return (path, size);
    }
}
