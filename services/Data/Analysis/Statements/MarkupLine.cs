namespace FaultMaven.Data.Analysis.Statements;

/// <summary>Splits a line of XML or HTML into fields: its attributes and its text.</summary>
internal static class MarkupLine
{
    /// <summary>Reads <c>&lt;add key="Timeout" value="30" /&gt;</c> as Timeout: 30 and <c>&lt;state&gt;failed&lt;/state&gt;</c> as
    /// state: failed. False if the line is not markup.</summary>
    public static bool TryRead(string line, out List<(string Key, string Value)> fields)
    {
        fields = [];
        var text = line.AsSpan().Trim();
        if (text.Length < 3 || text[0] != '<' || text[^1] != '>' || !(char.IsAsciiLetter(text[1]) || text[1] is '/' or '!' or '?'))
        {
            return false;
        }

        var end = text.IndexOf('>');
        if (!char.IsAsciiLetter(text[1]))
        {
            return true;
        }

        var tag = text[1..end].TrimEnd('/');
        var nameEnd = tag.IndexOf(' ') is var blank and >= 0 ? blank : tag.Length;
        AddAttributes(tag[nameEnd..], fields);
        var rest = text[(end + 1)..];
        if (rest.IndexOf('<') is var close and > 0)
        {
            fields.Add((tag[..nameEnd].ToString(), rest[..close].Trim().ToString()));
        }

        return true;
    }

    private static void AddAttributes(ReadOnlySpan<char> text, List<(string Key, string Value)> fields)
    {
        var named = "";
        while (text.IndexOf('=') is var equals and > 0 && equals + 1 < text.Length && text[equals + 1] is '"' or '\'')
        {
            var key = text[..equals].Trim().ToString();
            var mark = text[equals + 1];
            text = text[(equals + 2)..];
            var end = text.IndexOf(mark);
            if (end < 0)
            {
                return;
            }

            var value = text[..end].ToString();
            text = text[(end + 1)..];
            if (key is "key" or "name")
            {
                named = value;
            }
            else
            {
                fields.Add((key == "value" && named.Length > 0 ? named : key, value));
            }
        }
    }
}
