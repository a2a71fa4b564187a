namespace FaultMaven.Redaction.Recognition.Secrets;

/// <summary>
/// Quotes, plain and as they look once a text was put into another: <c>\"</c>, <c>\\\"</c>, <c>&amp;quot;</c>, <c>%22</c>, <c>\u0022</c>,
/// <c>'\''</c>, <c>""</c>.
/// </summary>
internal static class Quotes
{
    // Text that was escaped four times over has fifteen backslashes before a quote.
    private const int MaxBackslashes = 15;
    private const string Shell = "'\\''";

    private static readonly string[] s_encoded = ["&quot;", "&#34;", "&#39;", "&apos;", "%22", "%27"];

    /// <summary>Whether a quote is here, encoded or not.</summary>
    public static bool OpensAt(ReadOnlySpan<char> text, int at) => Length(text, at) > 0;

    /// <summary>The length of the quote that is here, or 0.</summary>
    public static int Length(ReadOnlySpan<char> text, int at)
    {
        if (at >= text.Length)
        {
            return 0;
        }

        switch (text[at])
        {
            case '\'' when text[at..].StartsWith(Shell, StringComparison.Ordinal):
                return Shell.Length;
            case '"' when IsDoubled(text, at):
                return 2;
            case '"' or '\'' or '`':
                return 1;
            case '\\' when Backslashes(text, at) is var count && at + count < text.Length && text[at + count] is '"' or '\'' or '`':
                return count + 1;
            case '\\' when Backslashes(text, at) is var count && text[(at + count)..] is ['u', '0', '0', '2', '2' or '7', ..]:
                return count + "u0022".Length;
            case '&' or '%':
                foreach (var encoded in s_encoded)
                {
                    if (text[at..].StartsWith(encoded, StringComparison.OrdinalIgnoreCase))
                    {
                        return encoded.Length;
                    }
                }

                return 0;
            default:
                return 0;
        }
    }

    /// <summary>Where the string that a quote opened ends, or -1 if it doesn't on its line.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Behind the opening quote.</param>
    /// <param name="quote">The opening quote, longer than one character.</param>
    /// <param name="limit">Where to give up.</param>
    public static int End(ReadOnlySpan<char> text, int start, ReadOnlySpan<char> quote, int limit)
    {
        var ahead = text[start..limit];
        var line = ahead.IndexOfAny('\r', '\n');
        ahead = line < 0 ? ahead : ahead[..line];
        if (quote[0] != '\\' || quote[^1] is not ('"' or '\'' or '`'))
        {
            var end = ahead.IndexOf(quote, StringComparison.OrdinalIgnoreCase);
            return end < 0 ? -1 : start + end;
        }

        // A quote with more backslashes belongs to the value, one with as many or fewer ends it.
        for (var from = 0; ahead[from..].IndexOf(quote[^1]) is var next and >= 0; from += next + 1)
        {
            var found = from + next;
            var backslashes = found - ahead[..found].TrimEnd('\\').Length;
            if (backslashes < quote.Length)
            {
                return start + found - backslashes;
            }
        }

        return -1;
    }

    /// <summary>Passes what can close a name: a quote, the bracket of an index, the stars of bold text.</summary>
    public static bool SkipCloser(ReadOnlySpan<char> text, ref int at)
    {
        var length = at < text.Length && text[at] is ']' or '*' ? 1 : Length(text, at);
        at += length;
        return length > 0;
    }

    // A field of CSV writes each of its quotes twice: "7,""password"": ""…""". An empty string is followed by what ends or separates.
    private static bool IsDoubled(ReadOnlySpan<char> text, int at) =>
        at + 2 < text.Length
            && text[at + 1] == '"'
            && text[at + 2] is not ('"' or ' ' or ',' or ';' or ')' or ']' or '}' or '>' or ':' or '/'
             or '\r' or '\n' or '\t');

    private static int Backslashes(ReadOnlySpan<char> text, int at)
    {
        var end = at;
        while (end < text.Length && end - at < MaxBackslashes && text[end] == '\\')
        {
            end++;
        }

        return end - at;
    }
}
