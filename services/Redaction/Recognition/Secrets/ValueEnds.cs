using System.Buffers;

namespace FaultMaven.Redaction.Recognition.Secrets;

/// <summary>
/// Where unquoted values end in one text. What was read for one name is remembered for the next, as hostile text (<c>key|key|key|…</c>)
/// would be read to its end for each name in it.
/// </summary>
internal sealed class ValueEnds
{
    private static readonly SearchValues<char> s_ends = SearchValues.Create(" \t\r\n\"'`<>\0\u001b");
    private static readonly SearchValues<char> s_separators = SearchValues.Create("&;,|");

    private int _from = -1;
    private int _next = -1;
    private int _end = -1;

    /// <summary>Forgets what was read: the next text is another.</summary>
    public void Clear() => _from = _next = _end = -1;

    /// <summary>Where the value that starts here ends: at white space, a quote or a bracket of XML, or where another name begins.</summary>
    public int After(ReadOnlySpan<char> text, int at)
    {
        if (at < _from || at > _end)
        {
            _end = End(text, at);
            _next = -1;
        }

        if (at < _from || at >= _next)
        {
            _next = NextName(text, at, _end);
        }

        _from = at;
        return _next;
    }

    /// <summary>The same without remembering anything.</summary>
    public static int Of(ReadOnlySpan<char> text, int at) => NextName(text, at, End(text, at));

    private static int End(ReadOnlySpan<char> text, int at)
    {
        var length = text[at..].IndexOfAny(s_ends);
        return length < 0 ? text.Length : at + length;
    }

    // "abc&user=x", "abc;Database=y", "abc, user: z", "abc|next=…", "abc|": never at the value's first character.
    private static int NextName(ReadOnlySpan<char> text, int at, int end)
    {
        for (var from = at + 1; from < end && text[from..end].IndexOfAny(s_separators) is var next and >= 0; from += next + 1)
        {
            var separator = from + next;
            var name = separator + 1 + Alphabets.Run(text[..end], separator + 1, Alphabets.Base64UrlDotted, 64);
            if (separator + 1 == end || (name > separator + 1 && name < end && text[name] is '=' or ':'))
            {
                return separator;
            }
        }

        return end;
    }
}
