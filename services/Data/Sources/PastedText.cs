namespace FaultMaven.Data.Sources;

/// <summary>Takes off what people put around what they paste, and leaves every line where it was.</summary>
internal static class PastedText
{
    /// <summary>
    /// The text without a fence around all of it, without the marks of a quotation before every line, and without a sentence above it that
    /// ends in a colon. What is taken off leaves blank lines, so that numbers of lines stay what they were; mostly the text itself is
    /// returned.
    /// </summary>
    public static string Unwrap(string text)
    {
        var start = text.AsSpan().TrimStart("\uFEFF \t\r\n");
        if (start.StartsWith("```", StringComparison.Ordinal))
        {
            return WithoutFence(text);
        }

        if (start.StartsWith("> ", StringComparison.Ordinal))
        {
            return WithoutQuotes(text);
        }

        var end = start.IndexOf('\n');
        var first = end < 0 ? default : start[..end].TrimEnd();
        return first.Length is > 8 and < 200 && first[^1] == ':' && first.Count(' ') >= 3 && char.IsLetter(first[0])
            && start[(end + 1)..].TrimStart(" \t\r") is ['\n', ..]
            ? Blanks(text.AsSpan(0, text.Length - start.Length + end)) + text[(text.Length - start.Length + end)..]
            : text;
    }

    private static string WithoutFence(string text)
    {
        var open = text.IndexOf("```", StringComparison.Ordinal);
        var end = text.IndexOf('\n', open);
        if (end < 0)
        {
            return text;
        }

        var close = text.IndexOf("\n```", end, StringComparison.Ordinal);
        // Something after the fence, or another one, makes it a document.
        return close < 0 ? Blanks(text.AsSpan(0, end)) + text[end..]
            : text.AsSpan(close + 4).IsWhiteSpace()
                ? string.Concat(Blanks(text.AsSpan(0, end)), text.AsSpan(end, close - end), "\n", text.AsSpan(close + 4))
            : text;
    }

    private static string WithoutQuotes(string text)
    {
        var lines = text.Split('\n');
        var quoted = lines.Count(line => line.StartsWith('>'));
        var filled = lines.Count(line => !string.IsNullOrWhiteSpace(line));
        return quoted < filled ? text
            : string.Join('\n', lines.Select(line => line.StartsWith("> ", StringComparison.Ordinal) ? line[2..] : line.StartsWith('>')
            ? line[1..] : line));
    }

    private static string Blanks(ReadOnlySpan<char> text) => new('\n', text.Count('\n'));
}
