using System.Text;

namespace FaultMaven.Reports.Html;

/// <summary>Writes text into HTML and SVG, as content or as the value of an attribute in double quotes, so that it stays text.</summary>
internal static class HtmlText
{
    public static string Of(string text)
    {
        var line = PlainText.Line(text);
        if (line.AsSpan().IndexOfAny("&<>\"'") < 0)
        {
            return line;
        }

        var encoded = new StringBuilder(line.Length + 16);
        foreach (var c in line)
        {
            _ = c switch
            {
                '&' => encoded.Append("&amp;"),
                '<' => encoded.Append("&lt;"),
                '>' => encoded.Append("&gt;"),
                '"' => encoded.Append("&quot;"),
                '\'' => encoded.Append("&#39;"),
                _ => encoded.Append(c),
            };
        }

        return encoded.ToString();
    }
}
