using System.Text;
using System.Text.RegularExpressions;

namespace FaultMaven.Reports.Markdown;

/// <summary>Writes text of cases into Markdown so that it stays text: it can be neither markup nor HTML.</summary>
internal static partial class MarkdownText
{
    // What begins emphasis, code, a link, HTML, a character reference, a struck text or a cell wherever it comes.
    private const string Special = "\\`*[]<>&~|";

    /// <summary>The text on one line, escaped.</summary>
    public static string Of(string text)
    {
        var line = PlainText.Line(text);
        var escaped = new StringBuilder(line.Length + 16);
        for (var i = 0; i < line.Length; i++)
        {
            // An underscore inside a word is one; at its edge it begins or ends emphasis.
            if (Special.Contains(line[i], StringComparison.Ordinal)
                || (line[i] == '_' && !(i > 0 && i < line.Length - 1 && IsWord(line[i - 1]) && IsWord(line[i + 1]))))
            {
                escaped.Append('\\');
            }

            escaped.Append(line[i]);
        }

        // A scheme or a name of the web makes a link of what follows it, and what begins a line may make a list or a heading of it.
        return Start().Replace(Scheme().Replace(escaped.ToString(), "$1$3\\$2$4"), "$1\\$2", 1);
    }

    /// <summary>The text as code inside a line.</summary>
    public static string Code(string text)
    {
        var line = PlainText.Line(text);
        var fence = Fence(line, least: 1);
        return line.StartsWith('`') || line.EndsWith('`') ? $"{fence} {line} {fence}" : $"{fence}{line}{fence}";
    }

    /// <summary>Lines as a block of code.</summary>
    public static string Block(IEnumerable<string> lines)
    {
        var plain = lines.Select(PlainText.Line).ToList();
        var fence = Fence(string.Join('\n', plain), least: 3);
        return $"{fence}text\n{string.Join('\n', plain)}\n{fence}";
    }

    private static string Fence(string text, int least)
    {
        var longest = Ticks().Matches(text).Select(match => match.Length).DefaultIfEmpty(0).Max();
        return new string('`', Math.Max(least, longest + 1));
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';

    [GeneratedRegex("`+")]
    private static partial Regex Ticks();

    [GeneratedRegex("(https?|ftp|mailto|xmpp)(:)|(www)(\\.)", RegexOptions.IgnoreCase)]
    private static partial Regex Scheme();

    [GeneratedRegex(@"^(\s*)([#+=-])|^(?<1>\s*\d+)(?<2>[.)])(?=\s|$)")]
    private static partial Regex Start();
}
