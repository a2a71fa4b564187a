namespace FaultMaven.Redaction.Recognition;

/// <summary>Where words begin and end, also inside escaped and URL-encoded text.</summary>
internal static class Boundary
{
    /// <summary>
    /// Whether a word may begin here: no letter or digit is before, or the one that does ends an escape (<c>\n</c>, <c>%3D</c>,
    /// <c>\u003d</c>, a terminal colour <c>ESC[31m</c>). A placeholder counts as the word it means, so that redacting again finds
    /// nothing new beside it.
    /// </summary>
    public static bool Before(ReadOnlySpan<char> text, int at)
    {
        if (at == 0 || !char.IsLetterOrDigit(text[at - 1]))
        {
            return !Placeholder.EndsAt(text, at);
        }

        var before = text[..at];
        if (before.Length >= 2 && before[^2] == '\\')
        {
            return before[^1] is 'n' or 'r' or 't';
        }

        if (before.Length >= 3 && before[^3] == '%')
        {
            return char.IsAsciiHexDigit(before[^2]) && char.IsAsciiHexDigit(before[^1]);
        }

        if (before.Length >= 6 && before[^6] == '\\' && before[^5] == 'u')
        {
            return char.IsAsciiHexDigit(before[^4]) && char.IsAsciiHexDigit(before[^3])
                && char.IsAsciiHexDigit(before[^2]) && char.IsAsciiHexDigit(before[^1]);
        }

        return before[^1] == 'm' && before.Length >= 3 && IsColour(before[..^1]);
    }

    /// <summary>Whether a word ends before <paramref name="at"/>: no letter or digit is there.</summary>
    public static bool After(ReadOnlySpan<char> text, int at) =>
        at >= text.Length || (!char.IsLetterOrDigit(text[at]) && Placeholder.LengthAt(text, at) == 0);

    /// <summary>Where the line of a place starts, at most <paramref name="limit"/> characters back.</summary>
    public static int LineStart(ReadOnlySpan<char> text, int at, int limit)
    {
        var from = Math.Max(0, at - limit);
        return from + text[from..at].LastIndexOf('\n') + 1;
    }

    /// <summary>Where the line of a place ends, at most <paramref name="limit"/> characters ahead.</summary>
    public static int LineEnd(ReadOnlySpan<char> text, int at, int limit)
    {
        var ahead = text.Slice(at, Math.Min(limit, text.Length - at));
        var length = ahead.IndexOfAny('\r', '\n');
        return at + (length < 0 ? ahead.Length : length);
    }

    // "ESC[1;31m" less its m.
    private static bool IsColour(ReadOnlySpan<char> before)
    {
        var i = before.Length - 1;
        while (i > 0 && before.Length - i < 12 && (char.IsAsciiDigit(before[i]) || before[i] == ';'))
        {
            i--;
        }

        return i > 0 && before[i] == '[' && before[i - 1] == '\u001b';
    }
}
