namespace FaultMaven.Data.Intake.Unpacking;

/// <summary>
/// The header of a tar entry, one block. <c>name[100] mode[8] uid[8] gid[8] size[12] mtime[12] chksum[8] typeflag[1] linkname[100] magic[8]
/// … prefix[155]</c> (POSIX.1-2017, pax; and GNU tar's own).
/// </summary>
/// <param name="Path">The prefix and the name.</param>
/// <param name="Size">How many bytes follow the header.</param>
/// <param name="Kind">The type flag.</param>
internal sealed record TarHeader(string Path, long Size, char Kind)
{
    public const int Length = 512;

    private const int SizeOffset = 124;
    private const int ChecksumOffset = 148;
    private const int KindOffset = 156;
    private const int MagicOffset = 257;
    private const int PrefixOffset = 345;

    public bool IsFile => Kind is '0' or '\0' or '7';

    public bool IsDirectory => Kind is '5' || (IsFile && Path.EndsWith('/'));

    /// <summary>Whether a file that starts with these bytes is a tar file.</summary>
    public static bool IsHeader(ReadOnlySpan<byte> block) => block.Length >= Length && HasChecksum(block[..Length]);

    /// <summary>Null if it is not one.</summary>
    public static TarHeader? Read(ReadOnlySpan<byte> block)
    {
        if (!HasChecksum(block) || ReadNumber(block.Slice(SizeOffset, 12)) is not { } size)
        {
            return null;
        }

        var name = EntryPath.Read(block[..100]);
        var hasPrefix = block.Slice(MagicOffset, 6).SequenceEqual("ustar\0"u8) && block[PrefixOffset] != 0;

        return new TarHeader(hasPrefix ? $"{EntryPath.Read(block.Slice(PrefixOffset, 155))}/{name}" : name, size, (char)block[KindOffset]);
    }

    /// <summary>The sum of the block's bytes, those of the sum itself counted as blanks. A block of zeros has none.</summary>
    private static bool HasChecksum(ReadOnlySpan<byte> block)
    {
        var sum = ' ' * 8L;

        for (var i = 0; i < block.Length; i++)
        {
            sum += i is >= ChecksumOffset and < ChecksumOffset + 8 ? 0 : block[i];
        }

        return sum != ' ' * 8L && ReadNumber(block.Slice(ChecksumOffset, 8)) == sum;
    }

    /// <summary>Octal digits between blanks and NULs, or GNU's binary form, which has the first bit set. Null if it is neither.</summary>
    private static long? ReadNumber(ReadOnlySpan<byte> field)
    {
        var number = 0L;

        if ((field[0] & 0x80) != 0)
        {
            foreach (var value in field[1..])
            {
                // Past 63 bits.
                if (number > long.MaxValue >> 8)
                {
                    return null;
                }

                number = (number << 8) | value;
            }

            // The other bits of the first byte are set for a negative number.
            return field[0] == 0x80 ? number : null;
        }

        foreach (var digit in field.Trim(" \0"u8))
        {
            if (digit is < (byte)'0' or > (byte)'7')
            {
                return null;
            }

            number = (number << 3) | (uint)(digit - '0');
        }

        return number;
    }
}
