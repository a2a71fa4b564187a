using System.Buffers;
using System.Globalization;

namespace FaultMaven.Redaction.Recognition.Secrets;

/// <summary>Text in hexadecimal digits, two for each byte: <c>70617373776f72643d…</c> is <c>password=…</c></summary>
internal static class HexRun
{
    // Random bytes can all be printed by chance: twelve of them once in 150,000.
    private const int ShortestText = 12;

    private static readonly SearchValues<char> s_digits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>Where text in hexadecimal digits starts, at a place or behind the <c>0x</c> there; -1 if there is none.</summary>
    public static int Start(ReadOnlySpan<char> text, int at)
    {
        var start = text[at..] is ['0', 'x' or 'X', ..] ? at + 2 : at;
        for (var i = start; i < start + (2 * ShortestText); i += 2)
        {
            if (i + 1 >= text.Length || ByteAt(text, i) is not (>= ' ' and <= '~' or '\n' or '\r' or '\t'))
            {
                return -1;
            }
        }

        return start;
    }

    /// <summary>Decodes to the end of the digits.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where they start.</param>
    /// <param name="plain">What was encoded, a byte a character.</param>
    /// <param name="origins">Where each of its characters starts in the text.</param>
    /// <param name="end">Where in the text they end.</param>
    /// <returns>How many characters were decoded.</returns>
    public static int Decode(ReadOnlySpan<char> text, int start, Span<char> plain, Span<int> origins, out int end)
    {
        var count = 0;
        for (end = start; end + 1 < text.Length && count < plain.Length && ByteAt(text, end) is var value and >= 0; end += 2)
        {
            origins[count] = end;
            plain[count++] = (char)value;
        }

        return count;
    }

    private static int ByteAt(ReadOnlySpan<char> text, int at) =>
        s_digits.Contains(text[at]) && s_digits.Contains(text[at + 1])
            ? int.Parse(text.Slice(at, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
            : -1;
}
