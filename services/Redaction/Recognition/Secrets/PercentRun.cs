using System.Buffers;

namespace FaultMaven.Redaction.Recognition.Secrets;

/// <summary>A stretch of percent-encoded text: <c>user%3Dada%26password%3D…</c> (RFC 3986, section 2.1).</summary>
internal static class PercentRun
{
    private static readonly SearchValues<char> s_ends = SearchValues.Create(" \t\r\n\"'`<>\0");

    /// <summary>Whether an escape is here: <c>%3D</c>.</summary>
    public static bool EscapesAt(ReadOnlySpan<char> text, int at) =>
        at + 2 < text.Length && text[at] == '%' && char.IsAsciiHexDigit(text[at + 1]) && char.IsAsciiHexDigit(text[at + 2]);

    /// <summary>The character that the escape here means.</summary>
    public static char At(ReadOnlySpan<char> text, int at) => (char)((Digit(text[at + 1]) << 4) | Digit(text[at + 2]));

    /// <summary>Where the word starts that a place is in.</summary>
    public static int Start(ReadOnlySpan<char> text, int at, int limit)
    {
        var from = Math.Max(0, at - limit);
        return from + text[from..at].LastIndexOfAny(s_ends) + 1;
    }

    /// <summary>Decodes to the end of the word.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the word starts.</param>
    /// <param name="plain">What was encoded, a byte a character.</param>
    /// <param name="origins">Where each of its characters starts in the text.</param>
    /// <param name="end">Where in the text it ends.</param>
    /// <returns>How many characters were decoded.</returns>
    public static int Decode(ReadOnlySpan<char> text, int start, Span<char> plain, Span<int> origins, out int end)
    {
        var count = 0;
        end = start;
        while (end < text.Length && count < plain.Length && !s_ends.Contains(text[end]))
        {
            origins[count] = end;
            if (EscapesAt(text, end))
            {
                plain[count++] = At(text, end);
                end += 3;
            }
            else
            {
                plain[count++] = text[end++];
            }
        }

        return count;
    }

    private static int Digit(char hex) => char.IsAsciiDigit(hex) ? hex - '0' : (hex | 0x20) - 'a' + 10;
}
