using System.Buffers.Binary;

namespace FaultMaven.Data.Intake.Unpacking;

/// <summary>
/// The header before a file in a zip file: <c>PK\3\4 version[2] flags[2] method[2] time[2] date[2] crc[4] packed[4] size[4] name-length[2]
/// extra-length[2]</c>, then the name and the extra fields (APPNOTE.TXT 6.3.10, 4.3.7).
/// </summary>
/// <param name="Path">The name.</param>
/// <param name="Flags">Bit 0: encrypted; bit 3: sizes come after the data.</param>
/// <param name="Method">How it is packed: 0 not, 8 deflate, 93 zstd.</param>
/// <param name="Checksum">CRC-32 of the file; null if it comes after the data.</param>
/// <param name="PackedSize">How many bytes follow; 0 if unknown.</param>
internal sealed record ZipHeader(string Path, int Flags, int Method, uint? Checksum, long PackedSize)
{
    /// <summary>How many bytes come before the name.</summary>
    public const int Length = 30;

    private const uint Unknown = 0xffff_ffff;

    public bool IsDirectory => Path.EndsWith('/');

    public bool IsEncrypted => (Flags & 1) != 0;

    public bool HasSize => !IsDescribedBehind(Flags) || PackedSize > 0;

    /// <summary>How long a header is, its name and extra fields included, by its first <see cref="Length"/> bytes.</summary>
    public static int LengthOf(ReadOnlySpan<byte> header) =>
        Length + BinaryPrimitives.ReadUInt16LittleEndian(header[26..]) + BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);

    /// <param name="header">All of it, as long as <see cref="LengthOf"/> says.</param>
    public static ZipHeader Read(ReadOnlySpan<byte> header)
    {
        var flags = BinaryPrimitives.ReadUInt16LittleEndian(header[6..]);
        var nameLength = BinaryPrimitives.ReadUInt16LittleEndian(header[26..]);
        var packed = BinaryPrimitives.ReadUInt32LittleEndian(header[18..]);
        var size = BinaryPrimitives.ReadUInt32LittleEndian(header[22..]);

        return new ZipHeader(
            EntryPath.Read(header.Slice(Length, nameLength)),
            flags,
            BinaryPrimitives.ReadUInt16LittleEndian(header[8..]),
            IsDescribedBehind(flags) ? null : BinaryPrimitives.ReadUInt32LittleEndian(header[14..]),
            packed == Unknown ? ReadLongSize(header[(Length + nameLength)..], skipsSize: size == Unknown) : packed);
    }

    private static bool IsDescribedBehind(int flags) => (flags & 8) != 0;

    /// <summary>The size in the Zip64 field among the extra fields (4.5.3): <c>1[2] length[2] size[8]? packed[8]</c>.</summary>
    private static long ReadLongSize(ReadOnlySpan<byte> extra, bool skipsSize)
    {
        while (extra.Length >= 4)
        {
            var kind = BinaryPrimitives.ReadUInt16LittleEndian(extra);
            var length = BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]);

            if (4 + length > extra.Length)
            {
                break;
            }

            var offset = skipsSize ? 12 : 4;

            if (kind == 1 && offset + 8 <= 4 + length)
            {
                return Math.Max(0, BinaryPrimitives.ReadInt64LittleEndian(extra[offset..]));
            }

            extra = extra[(4 + length)..];
        }

        return 0;
    }
}
