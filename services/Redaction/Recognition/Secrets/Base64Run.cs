using System.Buffers;
using System.Buffers.Text;

namespace FaultMaven.Redaction.Recognition.Secrets;

/// <summary>A stretch of base64, in either alphabet, on one line or in lines of equal length (RFC 4648; RFC 2045, section 6.8).</summary>
internal static class Base64Run
{
    // Lines of MIME and PEM have 76 and 64 characters; a word on a line of its own has fewer.
    private const int ShortestLine = 60;
    private const int MaxBreak = 12;

    public static readonly SearchValues<char> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_");
    private static readonly SearchValues<char> s_breaks = SearchValues.Create("\r\n \t");

    /// <summary>Where the groups of four start that a place belongs to.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">A place in the stretch.</param>
    /// <param name="place">Its place in its group.</param>
    /// <param name="limit">How many characters to go back.</param>
    public static int Start(ReadOnlySpan<char> text, int at, int place, int limit)
    {
        var start = at;
        var before = 0;
        var sought = place;
        for (var i = at - 1; i >= 0 && before < limit; i--)
        {
            if (Alphabet.Contains(text[i]))
            {
                before++;
                if (before == sought)
                {
                    start = i;
                    sought += 4;
                }

                continue;
            }

            var line = i + 1 - Alphabets.RunBefore(text, i + 1, s_breaks, MaxBreak);
            if (line == i + 1 || Alphabets.RunBefore(text, line, Alphabet, ShortestLine) < ShortestLine)
            {
                break;
            }

            i = line;
        }

        return place == 0 && before < 4 ? at : start;
    }

    /// <summary>Decodes to the end of the stretch.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where a group of four starts.</param>
    /// <param name="plain">What was encoded, a byte a character.</param>
    /// <param name="origins">Where the first of the characters that each was read from stands in the text.</param>
    /// <param name="end">Where in the text the stretch ends, with its padding.</param>
    /// <returns>How many bytes were decoded.</returns>
    public static int Decode(ReadOnlySpan<char> text, int start, Span<char> plain, Span<int> origins, out int end)
    {
        Span<byte> group = stackalloc byte[4];
        Span<int> places = stackalloc int[4];
        Span<byte> bytes = stackalloc byte[3];
        var count = 0;
        var line = 0;
        var filled = 0;
        end = start;
        while (count + 3 <= plain.Length)
        {
            if (end < text.Length && Alphabet.Contains(text[end]))
            {
                places[filled] = end;
                group[filled++] = (byte)(text[end] == '-' ? '+' : text[end] == '_' ? '/' : text[end]);
                end++;
                line++;
                if (filled < 4)
                {
                    continue;
                }
            }
            else if (end < text.Length && line >= ShortestLine && NextLine(text, end) is var next and > 0)
            {
                end = next;
                line = 0;
                continue;
            }

            // The last group may lack its padding, and of one character nothing can be read.
            var read = filled;
            group[filled..].Fill((byte)'=');
            if (read < 2 || Base64.DecodeFromUtf8(group, bytes, out _, out var written) != OperationStatus.Done)
            {
                break;
            }

            for (var i = 0; i < written; i++)
            {
                plain[count] = (char)bytes[i];
                origins[count++] = places[i];
            }

            filled = 0;
            if (read < 4)
            {
                break;
            }
        }

        end += Alphabets.Run(text, end, Alphabets.Padding, 2);
        return count;
    }

    /// <summary>Where the characters end that a decoded stretch was read from.</summary>
    /// <param name="plainEnd">Where it ends in what was decoded.</param>
    /// <param name="origins">See <see cref="Decode"/>.</param>
    /// <param name="end">Where all of it ends in the text.</param>
    public static int EndOf(int plainEnd, ReadOnlySpan<int> origins, int end) => Math.Min(end, origins[plainEnd - 1] + 2);

    private static int NextLine(ReadOnlySpan<char> text, int at)
    {
        var next = at + Alphabets.Run(text, at, s_breaks, MaxBreak);
        return next > at && text[at] is '\r' or '\n' && next < text.Length && Alphabet.Contains(text[next]) ? next : 0;
    }
}
