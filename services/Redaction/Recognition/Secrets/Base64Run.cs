using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace FaultMaven.Redaction.Recognition.Secrets;

/// <summary>A stretch of base64, in either alphabet, on one line or in lines of equal length (RFC 4648; RFC 2045, section 6.8).</summary>
internal static class Base64Run
{
    // Lines of MIME and PEM have 76 and 64 characters; a word on its own line has fewer.
    private const int ShortestLine = 60;

    /// <summary>How much white space may be between two lines.</summary>
    public const int MaxBreak = 12;

    // Twelve random bytes can all be printed once in a hundred thousand times.
    private const int Telling = 16;

    /// <summary>Less is not looked into unless a word shows in it.</summary>
    public const int ShortestText = 20;

    public static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_");
    private static readonly SearchValues<char> s_breaks = SearchValues.Create("\r\n \t");

    /// <summary>
    /// How words look inside base64, each in all its three places among three bytes: the characters that its neighbours have no part in,
    /// and their place among four.
    /// </summary>
    public static (string Text, int Place)[] Inside(IEnumerable<string> words) =>
        [.. from word in words from shift in Enumerable.Range(0, 3) select Encode(word, shift)];

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
    /// <param name="origins">Where the first of the characters that each was read from is in the text.</param>
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
            if (SignLength(text, end) is var length and > 0)
            {
                places[filled] = end;
                group[filled++] = Sign(text, end);
                end += length;
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
    /// <param name="text">The text.</param>
    /// <param name="last">Where the last of its bytes was read from; see <see cref="Decode"/>.</param>
    /// <param name="end">Where all of it ends in the text.</param>
    public static int EndOf(ReadOnlySpan<char> text, int last, int end)
    {
        // A byte has its bits from two characters.
        var next = last + SignLength(text, last);
        return Math.Min(end, next + SignLength(text, next));
    }

    /// <summary>
    /// Where a stretch starts that was text: whose first bytes ASCII can print, counted from any of its first four characters. -1 if it
    /// wasn't.
    /// </summary>
    public static int TextStart(ReadOnlySpan<char> run)
    {
        for (var start = 0; start < 4 && run.Length - start >= ShortestText; start++)
        {
            if (IsText(run.Slice(start, Telling)))
            {
                return start;
            }
        }

        return -1;
    }

    private static bool IsText(ReadOnlySpan<char> groups)
    {
        for (var i = 0; i < groups.Length; i += 4)
        {
            var bits = (Sextet(groups[i]) << 18) | (Sextet(groups[i + 1]) << 12) | (Sextet(groups[i + 2]) << 6) | Sextet(groups[i + 3]);
            if (!IsPrinted(bits >> 16) || !IsPrinted((bits >> 8) & 255) || !IsPrinted(bits & 255))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsPrinted(int c) => c is (>= ' ' and <= '~') or '\n' or '\r' or '\t';

    private static int Sextet(char c) => c switch
    {
        >= 'A' and <= 'Z' => c - 'A',
        >= 'a' and <= 'z' => c - 'a' + 26,
        >= '0' and <= '9' => c - '0' + 52,
        '+' or '-' => 62,
        _ => 63,
    };

    // How much of the text one character of base64 takes, or 0. Writers of JSON escape two of them: PHP's "\/", .NET's "\u002B".
    private static int SignLength(ReadOnlySpan<char> text, int at) =>
        at >= text.Length ? 0
        : Alphabet.Contains(text[at]) ? 1
        : text[at] != '\\' ? 0
        : text[at..] is ['\\', '/', ..] ? 2
        : text[at..] is ['\\', 'u', '0', '0', '2', 'B' or 'b' or 'F' or 'f', ..] ? 6
        : 0;

    private static byte Sign(ReadOnlySpan<char> text, int at) => text[at] switch
    {
        '-' => (byte)'+',
        '_' => (byte)'/',
        '\\' => text[at + 1] == 'u' && text[at + 5] is 'B' or 'b' ? (byte)'+' : (byte)'/',
        var c => (byte)c,
    };

    private static int NextLine(ReadOnlySpan<char> text, int at)
    {
        var next = at + Alphabets.Run(text, at, s_breaks, MaxBreak);
        return next > at && text[at] is '\r' or '\n' && next < text.Length && Alphabet.Contains(text[next]) ? next : 0;
    }

    private static (string Text, int Place) Encode(string word, int shift)
    {
        var encoded = Convert.ToBase64String([.. new byte[shift], .. Encoding.ASCII.GetBytes(word)]);
        var place = shift == 0 ? 0 : shift + 1;
        return (encoded[place..((shift + word.Length) * 8 / 6)], place);
    }
}
