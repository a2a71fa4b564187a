namespace FaultMaven.Redaction.Recognition.Secrets;

/// <summary>Where an assigned value starts and ends.</summary>
/// <param name="Start">Behind the opening quote, if there is one.</param>
/// <param name="End">Before the closing quote.</param>
/// <param name="Quoted">Whether quotes enclose it.</param>
internal readonly record struct ValueSpan(int Start, int End, bool Quoted)
{
    /// <summary>A value may fill all that is in view; the scanner follows one that continues.</summary>
    private const int MaxLength = 32 * 1024;
    private const int MaxList = 1024;

    private const string CData = "<![CDATA[";

    public static ValueSpan None => default;

    /// <summary>Reads the value that starts here, in quotes of any kind, or up to white space and what closes a list.</summary>
    public static ValueSpan At(ReadOnlySpan<char> text, int at) => At(text, at, null);

    /// <summary>The same, with what is known of the text ahead.</summary>
    public static ValueSpan At(ReadOnlySpan<char> text, int at, ValueEnds? ends)
    {
        // r"raw", b"bytes", f"format", L"wide", @"verbatim", $"interpolated".
        var quote = at + 1 < text.Length && char.IsAscii(text[at]) && "rbfuLNE@$".Contains(text[at]) && text[at + 1] is '"' or '\'' ? at
            + 1 : at;
        return Quotes.Length(text, quote) switch
        {
            1 => Plain(text, quote, ends),
            > 1 and var length => Escaped(text, at, length, ends),
            _ when at < text.Length && text[at] is '[' or '(' or '{' => Listed(text, at, ends),
            _ when text[at..].StartsWith(CData, StringComparison.Ordinal) => Character(text, at + CData.Length, ends),
            _ => Unquoted(text, at, ends),
        };
    }

    // <![CDATA[…]]>.
    private static ValueSpan Character(ReadOnlySpan<char> text, int start, ValueEnds? ends)
    {
        var ahead = text.Slice(start, Math.Min(MaxLength, text.Length - start));
        var end = ahead.IndexOf("]]>", StringComparison.Ordinal);
        return end < 0 ? Unquoted(text, start, ends) : new ValueSpan(start, start + end, Quoted: true);
    }

    // ["first", "second"], ('only',): from the first quote to the last before the bracket that closes.
    private static ValueSpan Listed(ReadOnlySpan<char> text, int at, ValueEnds? ends)
    {
        var first = at + 1;
        NameLink.SkipSpace(text, ref first, 8);
        if (Quotes.Length(text, first) != 1)
        {
            return Unquoted(text, at, ends);
        }

        var line = text[..Boundary.LineEnd(text, first, MaxList)];
        var value = Plain(line, first, null);
        var from = value.End;
        while (value.Quoted && from < line.Length)
        {
            var next = from + 1;
            while (next < line.Length && line[next] is ' ' or ',')
            {
                next++;
            }

            if (next == from + 1 || Quotes.Length(line, next) != 1 || Plain(line, next, null) is not { Quoted: true } other)
            {
                break;
            }

            from = other.End;
        }

        return value with { End = Math.Max(value.End, from) };
    }

    private static ValueSpan Plain(ReadOnlySpan<char> text, int at, ValueEnds? ends)
    {
        var quote = text[at];
        var start = at + 1;
        if (start + 1 < text.Length && text[start] == quote && text[start + 1] == quote)
        {
            start += 2;
        }

        var limit = Math.Min(text.Length, start + MaxLength);
        for (var i = start; i < limit; i++)
        {
            var c = text[i];
            if (c == '\\' && i + 1 < limit && text[i + 1] is not ('\r' or '\n'))
            {
                i++;
            }
            else if (c == quote)
            {
                return new ValueSpan(start, i, Quoted: true);
            }
            else if (c is '\r' or '\n')
            {
                // No quote closes on this line: the opening one is an apostrophe, or the line was cut.
                return Unquoted(text, start, ends);
            }
        }

        return new ValueSpan(start, limit, Quoted: true);
    }

    private static ValueSpan Escaped(ReadOnlySpan<char> text, int at, int quote, ValueEnds? ends)
    {
        var start = at + quote;
        var end = Quotes.End(text, start, text.Slice(at, quote), Math.Min(text.Length, start + MaxLength));
        return end < 0 ? Unquoted(text, start, ends) : new ValueSpan(start, end, Quoted: true);
    }

    private static ValueSpan Unquoted(ReadOnlySpan<char> text, int at, ValueEnds? ends)
    {
        if (Placeholder.LengthAt(text, at) is var placeholder and > 0)
        {
            return new ValueSpan(at, at + placeholder, Quoted: false);
        }

        // A template may hold white space: {{ value }}, ${VAR:-default}, <your password>.
        if (Template(text, at) is var template and > 0)
        {
            return new ValueSpan(at, at + template, Quoted: false);
        }

        var value = text[at..(ends?.After(text, at) ?? ValueEnds.Of(text, at))];
        if (text[..at].EndsWith("%3D", StringComparison.OrdinalIgnoreCase)
            && value.IndexOf("%26", StringComparison.Ordinal) is var ampersand and > 0)
        {
            value = value[..ampersand];
        }

        value = value.TrimEnd(",;").TrimEnd('\\');
        value = TrimUnopened(value, '(', ')');
        value = TrimUnopened(value, '[', ']');
        value = TrimUnopened(value, '{', '}');
        return new ValueSpan(at, at + value.TrimEnd(",;").Length, Quoted: false);
    }

    private static int Template(ReadOnlySpan<char> text, int at)
    {
        var ahead = text.Slice(at, Math.Min(160, text.Length - at));
        var (open, close) = ahead.StartsWith("{{", StringComparison.Ordinal) ? (2, "}}")
            : ahead.StartsWith("${", StringComparison.Ordinal) ? (2, "}")
            : ahead.StartsWith("$(", StringComparison.Ordinal) ? (2, ")")
            : ahead.StartsWith('<') ? (1, ">")
            : (0, "");
        if (open == 0)
        {
            return 0;
        }

        // The bracket of a placeholder closes none but its own.
        var end = ahead[open..].IndexOf(close, StringComparison.Ordinal);
        return end < 0 || ahead.Slice(open, end).ContainsAny('\n', '<') ? 0 : open + end + close.Length;
    }

    private static ReadOnlySpan<char> TrimUnopened(ReadOnlySpan<char> value, char open, char close)
    {
        while (value.Length > 0 && value[^1] == close && value.Count(close) > value.Count(open))
        {
            value = value[..^1].TrimEnd(",;");
        }

        return value;
    }
}
