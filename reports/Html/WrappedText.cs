namespace FaultMaven.Reports.Html;

/// <summary>Breaks a text into lines, because SVG does not.</summary>
internal static class WrappedText
{
    private const int MinLength = 8;

    /// <param name="text">The text.</param>
    /// <param name="length">How many characters fit on a line.</param>
    /// <param name="most">How many lines at most; the last one then ends in an ellipsis.</param>
    public static IReadOnlyList<string> Of(string text, int length, int most)
    {
        length = Math.Max(length, MinLength);
        var lines = new List<string>();
        var line = "";
        var words = PlainText.Line(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (var word in words.SelectMany(word => Pieces(word, length)))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > length)
            {
                lines.Add(line);
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        lines.Add(line);
        if (lines.Count > most)
        {
            var last = lines[most - 1];
            lines[most - 1] = $"{(last.Length < length ? last : last[..^1])}…";
            lines.RemoveRange(most, lines.Count - most);
        }

        return lines;
    }

    // The name of a class or a path is longer than a line; it breaks after a full stop, a slash or a hyphen if one is near.
    private static IEnumerable<string> Pieces(string word, int length)
    {
        while (word.Length > length)
        {
            var at = word.LastIndexOfAny(['.', '/', '-', '_', '(', ':', ','], length - 1);
            at = at < length / 2 ? length - 1 : at;
            at = char.IsHighSurrogate(word[at]) ? at - 1 : at;
            yield return word[..(at + 1)];
            word = word[(at + 1)..];
        }

        if (word.Length > 0)
        {
            yield return word;
        }
    }
}
