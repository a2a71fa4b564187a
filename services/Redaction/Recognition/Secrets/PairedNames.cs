using System.Buffers;

namespace FaultMaven.Redaction.Recognition.Secrets;

/// <summary>
/// Names that fields of their own hold, with the value in a field beside them: <c>{"name":"PASSWORD","value":"…"}</c>,
/// <c>- name: PASSWORD</c> above <c>value: …</c>, <c>&lt;property name="password"&gt;…&lt;</c>, <c>&lt;key&gt;password&lt;/key&gt;
/// &lt;string&gt;…&lt;</c>.
/// </summary>
internal static class PairedNames
{
    private const int MaxGap = 64;
    private const int MaxFields = 4;
    private const int MaxWord = 24;

    private static readonly SearchValues<char> s_gap = SearchValues.Create(" \t\r\n,;\"'\\-");
    private static readonly SearchValues<char> s_wrap = SearchValues.Create(" \t\"'\\");

    private static readonly HashSet<string> s_nameFields = new(StringComparer.OrdinalIgnoreCase)
    {
        "name", "key", "id", "field", "property", "parameter", "param", "setting", "option", "variable", "env", "k", "ParameterKey",
        "OptionName", "label", "attribute", "type",
    };

    private static readonly HashSet<string> s_valueFields = new(StringComparer.OrdinalIgnoreCase)
    {
        "value", "val", "v", "ParameterValue", "default", "defaultValue", "stringValue", "content", "data", "text", "plainText",
    };

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> s_isNameField =
        s_nameFields.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> s_isValueField =
        s_valueFields.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Finds where the value of a name in its own field starts.</summary>
    public static bool TryValue(ReadOnlySpan<char> text, int nameStart, int nameEnd, out int value)
    {
        value = 0;
        return IsInNameField(text, nameStart) && (InElement(text, nameEnd, out value) || InField(text, nameEnd, out value));
    }

    /// <summary>Finds the value in an attribute of the element that a name opened: <c>&lt;Password Value="…"/&gt;</c>.</summary>
    public static bool TryAttribute(ReadOnlySpan<char> text, int nameEnd, out int value) => InField(text, nameEnd, out value);

    // name: X, "name":"X", name="X", <key>X.
    private static bool IsInNameField(ReadOnlySpan<char> text, int nameStart)
    {
        var before = text[Math.Max(0, nameStart - 40)..nameStart].TrimEnd(" \t\"'\\");
        if (before.IsEmpty || before[^1] is not ('=' or ':' or '>'))
        {
            return false;
        }

        before = before[..^1].TrimEnd(" \t\"'\\");
        var word = before[(before.LastIndexOfAnyExcept(Alphabets.Word) + 1)..];
        return s_isNameField.Contains(word);
    }

    // <property name="password">…, <key>password</key> <string>….
    private static bool InElement(ReadOnlySpan<char> text, int nameEnd, out int value)
    {
        value = nameEnd + Alphabets.Run(text, nameEnd, s_wrap, 4);
        if (value < text.Length && text[value] == '>')
        {
            value++;
            return value < text.Length && text[value] is not ('\r' or '\n');
        }

        if (!text[value..].StartsWith("</", StringComparison.Ordinal))
        {
            return false;
        }

        var closes = text.Slice(value, Math.Min(MaxWord, text.Length - value)).IndexOf('>');
        var opens = value + closes + 1;
        opens += closes < 0 ? 0 : Alphabets.Run(text, opens, s_gap, MaxGap);
        if (closes < 0 || opens >= text.Length || text[opens] != '<' || Placeholder.LengthAt(text, opens) > 0)
        {
            return false;
        }

        var end = text.Slice(opens, Math.Min(MaxWord, text.Length - opens)).IndexOf('>');
        value = opens + end + 1;
        return end > 1 && text[opens + 1] != '/' && value < text.Length;
    }

    private static bool InField(ReadOnlySpan<char> text, int nameEnd, out int value)
    {
        value = 0;
        var at = nameEnd;
        for (var field = 0; field < MaxFields; field++)
        {
            var gap = Alphabets.Run(text, at, s_gap, MaxGap);
            at += gap;
            var word = text.Slice(at, Alphabets.Run(text, at, Alphabets.Word, MaxWord));
            if (gap == 0 || word.IsEmpty)
            {
                return false;
            }

            at += word.Length;
            at += Alphabets.Run(text, at, s_wrap, 8);
            if (at >= text.Length || text[at] is not ('=' or ':'))
            {
                return false;
            }

            at++;
            NameLink.SkipSpace(text, ref at, 8);
            if (s_isValueField.Contains(word))
            {
                value = at;
                return at < text.Length && text[at] is not ('\r' or '\n');
            }

            // Another field may be between: type="string".
            at = at < text.Length ? ValueSpan.At(text, at).End : at;
        }

        return false;
    }
}
