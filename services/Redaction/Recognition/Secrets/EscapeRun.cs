using System.Buffers;
using System.Globalization;

namespace FaultMaven.Redaction.Recognition.Secrets;

/// <summary>
/// Text written in escapes of JSON or C (<c>\u0070\u0061</c>, <c>\x70\x61</c>) or in character references of HTML
/// (<c>&amp;#112;&amp;#x61;</c>), up to the end of the word.
/// </summary>
internal static class EscapeRun
{
    /// <summary>So many escapes in a row are an encoding; fewer are how writers of JSON put quotes and signs.</summary>
    private const int MinEscapes = 4;

    private const int MaxReference = 10;
    private const string AtSign = "&commat;";

    private static readonly SearchValues<char> s_ends = SearchValues.Create(" \t\r\n\"'`<>\0");

    /// <summary>Whether escapes are here that are worth decoding: four of a string, or one character reference.</summary>
    public static bool StartsAt(ReadOnlySpan<char> text, int at)
    {
        if (text[at] == '&')
        {
            return Length(text[at..], out _) > 0;
        }

        for (var i = 0; i < MinEscapes; i++)
        {
            var length = at < text.Length ? Length(text[at..], out _) : 0;
            if (length == 0)
            {
                return false;
            }

            at += length;
        }

        return true;
    }

    /// <summary>Where the word starts that a place is in.</summary>
    public static int Start(ReadOnlySpan<char> text, int at, int limit)
    {
        var from = Math.Max(0, at - limit);
        return from + text[from..at].LastIndexOfAny(s_ends) + 1;
    }

    /// <summary>Decodes to the end of the word.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the word starts.</param>
    /// <param name="plain">What was encoded.</param>
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
            var length = Length(text[end..], out var c);
            plain[count++] = length > 0 ? c : text[end];
            end += Math.Max(length, 1);
        }

        return count;
    }

    // The length of the escape at the start of a text, and what it means; 0 if there is none.
    private static int Length(ReadOnlySpan<char> text, out char c)
    {
        c = '\0';
        if (text.StartsWith(AtSign, StringComparison.Ordinal))
        {
            c = '@';
            return AtSign.Length;
        }

        var (prefix, digits, tail) = text switch
        {
            ['\\', 'u', ..] => (2, 4, 0),
            ['\\', 'x', ..] => (2, 2, 0),
            ['&', '#', 'x' or 'X', ..] => (3, text[..Math.Min(text.Length, MaxReference)].IndexOf(';') - 3, 1),
            ['&', '#', ..] => (2, text[..Math.Min(text.Length, MaxReference)].IndexOf(';') - 2, 1),
            _ => default,
        };
        if (digits <= 0 || text.Length < prefix + digits)
        {
            return 0;
        }

        var style = prefix == 2 && tail == 1 ? NumberStyles.None : NumberStyles.AllowHexSpecifier;
        if (!ushort.TryParse(text.Slice(prefix, digits), style, CultureInfo.InvariantCulture, out var value) || value < ' ')
        {
            return 0;
        }

        c = (char)value;
        return prefix + digits + tail;
    }
}
