using System.Buffers;

namespace FaultMaven.Redaction.Recognition.Secrets;

/// <summary>What is between a name and its value.</summary>
internal enum LinkKind
{
    None,

    /// <summary><c>=</c>, <c>:=</c>, <c>=&gt;</c>, <c>==</c>, <c>%3D</c>, a tag's <c>&gt;</c>.</summary>
    Equals,

    /// <summary><c>:</c>, also its escapes.</summary>
    Colon,

    /// <summary>Only white space, as after a command-line option.</summary>
    Space,

    /// <summary>Words or a table's line: <c>password is …</c>, <c>| password | … |</c>, <c>password(…)</c>.</summary>
    Prose,
}

/// <summary>How a name is tied to the value after it.</summary>
/// <param name="Kind">By what.</param>
/// <param name="ValueStart">Where the value starts, at its quote if it has one.</param>
/// <param name="NeedsQuotes">Whether only a quoted value counts: <c>setPassword("…")</c>, <c>("password", "…")</c>.</param>
internal readonly record struct NameLink(LinkKind Kind, int ValueStart, bool NeedsQuotes)
{
    private const int MaxClosers = 4;
    private const int MaxTag = 64;

    private static readonly string[] s_equals =
        ["===", "!==", ":=", "=>", "==", "!=", "->", "<-", "?=", "+=", "||=", "=", "%3D", "%3E", "\\u003d", "\\u003e", "&#61;", "&gt;"];

    private static readonly string[] s_colons = ["?:", "::", ":", "%3A", "\\u003a", "&#58;"];
    private static readonly string[] s_verbs = ["is: ", "is ", "was ", "= ", "set to ", "is set to "];

    // What can follow a name that is tied to a value.
    private static readonly SearchValues<char> s_first = SearchValues.Create("=:!?+|-<>%\\&\"'`]*,({[ \t/)");

    /// <summary>Reads the link after a name; white space on either side of it spans at most <paramref name="gap"/> characters.</summary>
    public static NameLink After(ReadOnlySpan<char> text, int nameEnd, int gap)
    {
        if (nameEnd >= text.Length || !s_first.Contains(text[nameEnd]))
        {
            return default;
        }

        // char password[] = …, char password[32] = ….
        var at = nameEnd + Dimension(text[nameEnd..]);
        var closers = 0;
        while (closers < MaxClosers && Quotes.SkipCloser(text, ref at))
        {
            closers++;
        }

        var closed = closers > 0;
        var afterName = at;
        SkipSpace(text, ref at, gap);

        if (Skip(text, ref at, s_equals))
        {
            SkipSpace(text, ref at, gap);
            return Value(text, LinkKind.Equals, at, needsQuotes: false);
        }

        if (Skip(text, ref at, s_colons))
        {
            // **Password:** …
            at += text[at..].StartsWith("**", StringComparison.Ordinal) ? 2 : 0;
            SkipSpace(text, ref at, gap);

            // name: = value, "password" : => …
            if (Skip(text, ref at, s_equals))
            {
                SkipSpace(text, ref at, gap);
            }

            if (Tags(text, ref at))
            {
                return Value(text, LinkKind.Prose, at, needsQuotes: false);
            }

            return Value(text, LinkKind.Colon, at, needsQuotes: false);
        }

        if (at < text.Length && at == afterName && text[at] == '>' && !closed)
        {
            return Value(text, LinkKind.Equals, at + 1, needsQuotes: false);
        }

        if (at < text.Length && text[at] is ',' or '(' && Argument(text, nameEnd, at, closed, gap) is { Kind: not LinkKind.None } argument)
        {
            return argument;
        }

        if (at < text.Length && text[at] == '{' && !closed && Quotes.OpensAt(text, at + 1))
        {
            return Value(text, LinkKind.Equals, at + 1, needsQuotes: true);
        }

        if (Fallback(text, ref at))
        {
            SkipSpace(text, ref at, gap);
            return Value(text, LinkKind.Equals, at, needsQuotes: true);
        }

        if (Tags(text, ref at))
        {
            return Value(text, LinkKind.Prose, at, needsQuotes: false);
        }

        if (at < text.Length && text[at] == '|')
        {
            at++;
            SkipSpace(text, ref at, gap);
            return Value(text, LinkKind.Prose, at, needsQuotes: false);
        }

        if (at == afterName)
        {
            return default;
        }

        return Skip(text, ref at, s_verbs) ? Value(text, LinkKind.Prose, at, needsQuotes: false)
            : Value(text, LinkKind.Space, at, needsQuotes: false);
    }

    /// <summary>Passes blanks and tabs, also escaped ones.</summary>
    public static void SkipSpace(ReadOnlySpan<char> text, ref int at, int limit)
    {
        var end = Math.Min(text.Length, at + limit);
        while (at < end && (text[at] is ' ' or '\t' || (text[at] == '\\' && at + 1 < end && text[at + 1] == 't')))
        {
            at += text[at] == '\\' ? 2 : 1;
        }
    }

    // setPassword("…"), ("password", "…"), set(handle, OPT_PASSWORD, "…"), equals(password, "…"), pwd(…).
    private static NameLink Argument(ReadOnlySpan<char> text, int nameEnd, int at, bool closed, int gap)
    {
        var isCall = text[at] == '(';
        var start = at + 1;
        SkipSpace(text, ref start, gap);
        var isQuoted = start < text.Length && Quotes.OpensAt(text, start);
        if (isCall ? !closed : closed || char.IsAsciiLetterUpper(text[nameEnd - 1]))
        {
            return isCall && !isQuoted ? Value(text, LinkKind.Prose, start, needsQuotes: false)
                : Value(text, LinkKind.Equals, start, needsQuotes: true);
        }

        return !isCall && isQuoted ? Value(text, LinkKind.Prose, start, needsQuotes: true) : default;
    }

    private static int Dimension(ReadOnlySpan<char> after)
    {
        var digits = after[0] == '[' ? Alphabets.Run(after, 1, Alphabets.Digits, 6) : 0;
        return after[0] == '[' && digits + 1 < after.Length && after[digits + 1] == ']' ? digits + 2 : 0;
    }

    // <td>Password</td><td>…: the tags of a page between a label and what it labels.
    private static bool Tags(ReadOnlySpan<char> text, ref int at)
    {
        var i = at;
        for (var tag = 0; tag < 3 && i < text.Length && text[i] == '<' && Placeholder.LengthAt(text, i) == 0
            && (tag > 0 || (i + 1 < text.Length && text[i + 1] == '/')); tag++)
        {
            var end = text.Slice(i, Math.Min(MaxTag, text.Length - i)).IndexOf('>');
            if (end < 0)
            {
                return false;
            }

            i += end + 1;
            SkipSpace(text, ref i, 8);
        }

        var found = i > at;
        at = i;
        return found;
    }

    /// <summary>
    /// Moves on to the default for a missing value: <c>getenv("PASSWORD") or "…"</c>, <c>env["PASSWORD"] ?? "…"</c>,
    /// <c>process.env.SECRET || '…'</c>.
    /// </summary>
    public static bool Fallback(ReadOnlySpan<char> text, ref int at)
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

    private static NameLink Value(ReadOnlySpan<char> text, LinkKind kind, int at, bool needsQuotes) =>
        at < text.Length && (text[at] is not ('\r' or '\n') || kind is LinkKind.Equals or LinkKind.Colon)
            ? new NameLink(kind, at, needsQuotes) : default;

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
}
