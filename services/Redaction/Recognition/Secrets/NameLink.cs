namespace FaultMaven.Redaction.Recognition.Secrets;

/// <summary>What stands between a name and its value.</summary>
internal enum LinkKind
{
    None,

    /// <summary><c>=</c>, <c>:=</c>, <c>=&gt;</c>, <c>==</c>, <c>%3D</c>, a tag's <c>&gt;</c>.</summary>
    Equals,

    /// <summary><c>:</c>, also its escapes.</summary>
    Colon,

    /// <summary>Only white space, as after a command-line option.</summary>
    Space,
}

/// <summary>How a name is tied to the value after it.</summary>
/// <param name="Kind">By what.</param>
/// <param name="ValueStart">Where the value starts, at its quote if it has one.</param>
/// <param name="NeedsQuotes">Whether only a quoted value counts: <c>setPassword("…")</c>, <c>("password", "…")</c>.</param>
internal readonly record struct NameLink(LinkKind Kind, int ValueStart, bool NeedsQuotes)
{
    private static readonly string[] s_equals = ["===", "!==", ":=", "=>", "==", "!=", "->", "<-", "?=", "+=", "||=", "=", "%3D", "\\u003d", "&#61;"];
    private static readonly string[] s_colons = ["::", ":", "%3A", "\\u003a", "&#58;"];
    private static readonly string[] s_closers = ["\\\\\\\"", "\\\\\"", "\\\"", "\\'", "&quot;", "&#34;", "&#39;", "%22", "%27", "\"", "'", "`", "]", "**", "*"];

    /// <summary>Reads the link after a name; white space on either side of it spans at most <paramref name="gap"/> characters.</summary>
    public static NameLink After(ReadOnlySpan<char> text, int nameEnd, int gap)
    {
        var at = nameEnd;
        var closed = Skip(text, ref at, s_closers);
        _ = closed && Skip(text, ref at, s_closers);
        var afterName = at;
        SkipSpace(text, ref at, gap);

        if (Skip(text, ref at, s_equals))
        {
            SkipSpace(text, ref at, gap);
            return Value(text, LinkKind.Equals, at, needsQuotes: false);
        }

        if (Skip(text, ref at, s_colons))
        {
            SkipSpace(text, ref at, gap);

            // name: = value, "password" : => …
            if (Skip(text, ref at, s_equals))
            {
                SkipSpace(text, ref at, gap);
            }

            return Value(text, LinkKind.Colon, at, needsQuotes: false);
        }

        if (at < text.Length && at == afterName && text[at] == '>' && !closed)
        {
            return Value(text, LinkKind.Equals, at + 1, needsQuotes: false);
        }

        if (at < text.Length && ((text[at] == ',' && closed) || (text[at] == '(' && !closed)))
        {
            at++;
            SkipSpace(text, ref at, gap);
            return Value(text, LinkKind.Equals, at, needsQuotes: true);
        }

        if (closed && Fallback(text, ref at))
        {
            SkipSpace(text, ref at, gap);
            return Value(text, LinkKind.Equals, at, needsQuotes: true);
        }

        if (at + 1 < text.Length && text[at] == ',' && !closed && char.IsAsciiLetterUpper(text[nameEnd - 1]))
        {
            // A constant that names an option: set(handle, OPT_PASSWORD, "…").
            at++;
            SkipSpace(text, ref at, gap);
            return Value(text, LinkKind.Equals, at, needsQuotes: true);
        }

        if (closed && Attribute(text, ref at))
        {
            return Value(text, LinkKind.Equals, at, needsQuotes: true);
        }

        return at > afterName ? Value(text, LinkKind.Space, at, needsQuotes: false) : default;
    }

    // getenv("PASSWORD") or "…", env["PASSWORD"] ?? "…", (process.env['SECRET'] || '…').
    private static bool Fallback(ReadOnlySpan<char> text, ref int at)
    {
        var i = at;
        if (i < text.Length && text[i] == ')')
        {
            i++;
        }

        SkipSpace(text, ref i, 2);
        foreach (var or in (ReadOnlySpan<string>)["or ", "|| ", "?? ", "?: "])
        {
            if (text[i..].StartsWith(or, StringComparison.Ordinal))
            {
                at = i + or.Length;
                return true;
            }
        }

        return false;
    }

    // <add key="password" value="…"/>, <property name="password" value="…">, <string name="password">…</string>.
    private static bool Attribute(ReadOnlySpan<char> text, ref int at)
    {
        const string Name = "value=";
        if (text[at..].StartsWith(Name, StringComparison.OrdinalIgnoreCase))
        {
            at += Name.Length;
            return true;
        }

        return false;
    }

    private static NameLink Value(ReadOnlySpan<char> text, LinkKind kind, int at, bool needsQuotes) =>
        at < text.Length && text[at] is not ('\r' or '\n') ? new NameLink(kind, at, needsQuotes) : default;

    private static bool Skip(ReadOnlySpan<char> text, ref int at, string[] any)
    {
        foreach (var one in any)
        {
            if (text[at..].StartsWith(one, StringComparison.OrdinalIgnoreCase))
            {
                at += one.Length;
                return true;
            }
        }

        return false;
    }

    private static void SkipSpace(ReadOnlySpan<char> text, ref int at, int limit)
    {
        var end = Math.Min(text.Length, at + limit);
        while (at < end && text[at] is ' ' or '\t')
        {
            at++;
        }
    }
}
