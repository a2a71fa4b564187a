using System.Buffers;
using System.Buffers.Binary;
using FaultMaven.Data.Intake.Decoding;

namespace FaultMaven.Data.Intake.Unpacking;

/// <summary>What kind of bytes a file consists of.</summary>
internal enum ContentForm
{
    Text,
    Gzip,
    Zstandard,
    Tar,
    Zip,
    Image,
    Binary,
}

/// <summary>Distinguishes text from everything else by the first bytes of a file.</summary>
internal static class ContentForms
{
    /// <summary>How many bytes are looked at.</summary>
    public const int HeadLength = 8192;

    // A control character here and there (a crashed logger leaves runs of NULs) does not make a log binary; one in fifty does.
    private const int MaxControlShare = 50;

    private static readonly SearchValues<byte> s_controls = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Select(code => (byte)code).Except("\t\n\r\f\b\u001b"u8.ToArray()), 0x7f]);

    private static readonly byte[][] s_images =
    [
        [0x89, .. "PNG\r\n"u8],
        [0xff, 0xd8, 0xff],
        [.. "GIF8"u8],
        [.. "II*\0"u8],
        [.. "MM\0*"u8],
    ];

    // Formats whose head may look like text, or too little of it.
    private static readonly byte[][] s_binaries =
    [
        [.. "%PDF-"u8],
        [.. "BZh"u8],
        [0xfd, .. "7zXZ\0"u8],
        [0x7f, .. "ELF"u8],
    ];

    // What the first entry of a zip file is called if the file is a document or a program, which is of no use in pieces.
    private static readonly byte[][] s_documents =
        [[.. "[Content_Types].xml"u8], [.. "mimetype"u8], [.. "META-INF/"u8], [.. "AndroidManifest.xml"u8]];

    private static readonly byte[][] s_textMarks = [[0xef, 0xbb, 0xbf], [0xff, 0xfe], [0xfe, 0xff], [0, 0, 0xfe, 0xff]];

    public static ContentForm Of(ReadOnlySpan<byte> head) => head switch
    {
        [0x1f, 0x8b, 8, ..] => ContentForm.Gzip,
        [0x28, 0xb5, 0x2f, 0xfd, ..] => ContentForm.Zstandard,
        [(byte)'P', (byte)'K', 3, 4, ..] => IsDocument(head) ? ContentForm.Binary : ContentForm.Zip,
        [(byte)'P', (byte)'K', 5, 6, ..] => ContentForm.Zip,
        _ when TarHeader.IsHeader(head) => ContentForm.Tar,
        _ when IsImage(head) => ContentForm.Image,
        _ when StartsWithAny(head, s_binaries) => ContentForm.Binary,
        _ when StartsWithAny(head, s_textMarks) => ContentForm.Text,
        _ when TextEncoding.IsWide(head) => ContentForm.Text,
        _ => CountControls(head) * MaxControlShare > head.Length ? ContentForm.Binary : ContentForm.Text,
    };

    private static bool IsDocument(ReadOnlySpan<byte> head) =>
        head.Length > ZipHeader.Length
            && StartsWithAny(
            head.Slice(ZipHeader.Length, Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(head[26..]), head.Length - ZipHeader.Length)),
            s_documents);

    private static bool IsImage(ReadOnlySpan<byte> head) =>
        StartsWithAny(head, s_images) || (head.StartsWith("RIFF"u8) && head.Length >= 12 && head[8..].StartsWith("WEBP"u8));

    private static bool StartsWithAny(ReadOnlySpan<byte> head, byte[][] marks)
    {
        foreach (var mark in marks)
        {
            if (head.StartsWith(mark))
            {
                return true;
            }
        }

        return false;
    }

    private static int CountControls(ReadOnlySpan<byte> head)
    {
        var count = 0;

        while (head.IndexOfAny(s_controls) is >= 0 and var index)
        {
            count++;
            head = head[(index + 1)..];
        }

        return count;
    }
}
