namespace FaultMaven.Cli.Settings;

/// <summary>Reads a file of variables, a <c>NAME=value</c> on each line; nothing in it is expanded.</summary>
internal static class EnvironmentFile
{
    private const string Export = "export ";

    /// <summary>The variables in their order; of one that is set twice, the last value.</summary>
    /// <exception cref="CommandFailedException">A line is something else; the message has its number.</exception>
    public static IReadOnlyDictionary<string, string> Parse(IEnumerable<string> lines)
    {
        var variables = new Dictionary<string, string>();
        foreach (var (index, line) in lines.Index())
        {
            var text = line.Trim();
            if (text.Length == 0 || text[0] == '#')
            {
                continue;
            }

            text = text.StartsWith(Export, StringComparison.Ordinal) ? text[Export.Length..].TrimStart() : text;
            var border = text.IndexOf('=', StringComparison.Ordinal);
            if (border <= 0 || !text[..border].TrimEnd().All(character => char.IsAsciiLetterOrDigit(character) || character == '_'))
            {
                throw new CommandFailedException(ExitCode.Unreadable, $"Line {index + 1} is not NAME=value.");
            }

            variables[text[..border].TrimEnd()] = ValueOf(text[(border + 1)..].Trim());
        }

        return variables;
    }

    // A quoted value ends at its quote; another one at a comment, which has a blank before it.
    private static string ValueOf(string text)
    {
        if (text is ['"' or '\'', ..] && text.IndexOf(text[0], 1) is > 0 and var end)
        {
            return text[1..end];
        }

        var comment = text.IndexOf(" #", StringComparison.Ordinal);
        return comment < 0 ? text : text[..comment].TrimEnd();
    }
}
