namespace FaultMaven.Data.Analysis.Statements;

/// <summary>Splits the lines of sheets.</summary>
internal static class Field
{
    private const int MaxKeyWords = 5;

    private static readonly System.Buffers.SearchValues<char> s_plain =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_");

    private static readonly string[] s_names = ["name", "host", "hostname", "node", "pod", "service", "unit", "device", "interface",
        "database", "queue", "topic", "cluster", "subject", "id", "filesystem", "path"];

    /// <summary>True if the key introduces the thing that the following fields are of.</summary>
    public static bool IsName(string key) => Array.Exists(s_names, name => key.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Splits <c>Key: value</c>, <c>key = value</c> or <c>key=value</c> where that is all the line has.</summary>
    public static bool TrySplit(string line, out string key, out string value)
    {
        (key, value) = ("", "");
        var text = line.AsSpan().Trim().TrimStart("-*• ");
        for (var from = 0; from < text.Length;)
        {
            var mark = text[from..].IndexOfAny(":=");
            if (mark < 0)
            {
                return false;
            }

            mark += from;
            // "10:15:22", "http://…", "std::x" are not keys.
            if (mark + 1 < text.Length && text[mark] == ':'
                && (text[mark + 1] is '/' or ':' || (char.IsAsciiDigit(text[mark + 1]) && text[..mark].ContainsAnyExcept(s_plain))))
            {
                return false;
            }

            var candidate = text[..mark].Trim().Trim("\"'");
            if (!IsKey(candidate))
            {
                return false;
            }

            key = candidate.ToString();
            value = text[(mark + 1)..].Trim().ToString();

            // Several pairs in one line are a log's fields.
            return value.Length > 0 && !(text[mark] == '=' && value.AsSpan().Count('=') > 1);
        }

        return false;
    }

    private static bool IsKey(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > 48 || !(char.IsLetter(text[0]) || text[0] is '_' or '%'))
        {
            return false;
        }

        var words = 1;
        foreach (var character in text)
        {
            words += character == ' ' ? 1 : 0;
            if (!(char.IsLetterOrDigit(character) || character is ' ' or '_' or '-' or '.' or '/' or '(' or ')' or '%' or '#'))
            {
                return false;
            }
        }

        return words <= MaxKeyWords;
    }
}
