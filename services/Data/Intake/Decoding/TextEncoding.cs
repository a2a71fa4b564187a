using System.Buffers;
using System.Text;

namespace FaultMaven.Data.Intake.Decoding;

/// <summary>How the characters of a text are encoded, as far as its first bytes show.</summary>
/// <param name="Name">What it is called in the contract.</param>
/// <param name="Encoding">What decodes it; null for UTF-8 and all that is distinguished from it while it is read.</param>
/// <param name="MarkLength">How many bytes the byte order mark takes.</param>
internal sealed record TextEncoding(string Name, Encoding? Encoding, int MarkLength)
{
    private static readonly TextEncoding s_utf8 = new("utf-8", null, 0);
    private static readonly TextEncoding s_utf8Marked = new("utf-8", null, 3);
    private static readonly TextEncoding s_utf16Little = new("utf-16le", Encoding.Unicode, 0);
    private static readonly TextEncoding s_utf16Big = new("utf-16be", Encoding.BigEndianUnicode, 0);

    private static readonly (byte[] Mark, TextEncoding Encoding)[] s_marks =
    [
        ([0xff, 0xfe, 0, 0], new("utf-32le", Encoding.UTF32, 4)),
        ([0, 0, 0xfe, 0xff], new("utf-32be", new UTF32Encoding(bigEndian: true, byteOrderMark: true), 4)),
        ([0xef, 0xbb, 0xbf], s_utf8Marked),
        ([0xff, 0xfe], s_utf16Little with { MarkLength = 2 }),
        ([0xfe, 0xff], s_utf16Big with { MarkLength = 2 }),
    ];

    private static readonly SearchValues<char> s_controls = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Select(code => (char)code).Except("\t\n\r\f\b\u001b"), '\u007f', '\ufffd', '\uffff']);

    /// <summary>True if the bytes can hardly be anything but text in more than one byte a character, for all their zeros.</summary>
    public static bool IsWide(ReadOnlySpan<byte> head) => Detect(head).Encoding is not null;

    /// <summary>Judges by the byte order mark; without one, UTF-16 is known by where its zeros are.</summary>
    public static TextEncoding Detect(ReadOnlySpan<byte> head)
    {
        foreach (var (mark, encoding) in s_marks)
        {
            if (head.StartsWith(mark))
            {
                return encoding;
            }
        }

        return LooksWide(head, zeroAt: 1) && ReadsWell(head, Encoding.Unicode) ? s_utf16Little
            : LooksWide(head, zeroAt: 0) && ReadsWell(head, Encoding.BigEndianUnicode) ? s_utf16Big
            : s_utf8;
    }

    /// <summary>
    /// Logs in any language have spaces, digits and line ends: two bytes in five of one half are zero, and hardly any of the other.
    /// </summary>
    private static bool LooksWide(ReadOnlySpan<byte> head, int zeroAt)
    {
        var pairs = head.Length / 2;
        var zeros = 0;
        var others = 0;

        for (var i = 0; i + 1 < head.Length; i += 2)
        {
            zeros += head[i + zeroAt] == 0 ? 1 : 0;
            others += head[i + 1 - zeroAt] == 0 ? 1 : 0;
        }

        return pairs > 1 && zeros * 5 >= pairs * 2 && others * 50 <= pairs;
    }

    // Small numbers of two bytes have their zeros in the same places, but are not characters that people write.
    private static bool ReadsWell(ReadOnlySpan<byte> head, Encoding encoding)
    {
        // The last character may be cut in half.
        var text = encoding.GetString(head[..(head.Length & ~1)]).AsSpan();
        text = text is [.., '\ufffd'] ? text[..^1] : text;
        var bad = 0;

        for (var rest = text; rest.IndexOfAny(s_controls) is >= 0 and var index; rest = rest[(index + 1)..])
        {
            bad++;
        }

        return bad * 50 <= text.Length;
    }
}
