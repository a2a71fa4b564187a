namespace FaultMaven.Data.Query.Search;

/// <summary>
/// Looks for a field in a line as logs write them: <c>status=500</c>, <c>status: 500</c>, <c>"status":"500"</c>, <c>status="500"</c>.
/// </summary>
internal static class FieldText
{
    /// <summary>Whether a line has the field with exactly this value, upper and lower case alike.</summary>
    public static bool Holds(ReadOnlySpan<char> line, string key, string value)
    {
        var rest = line;

        while (rest.IndexOf(key, StringComparison.OrdinalIgnoreCase) is >= 0 and var index)
        {
            var before = line.Length - rest.Length + index - 1;
            rest = rest[(index + key.Length)..];

            if ((before < 0 || !IsPartOfName(line[before])) && HasValue(rest, value))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasValue(ReadOnlySpan<char> text, string value)
    {
        text = text is ['"' or '\'', ..] ? text[1..] : text;
        text = text.TrimStart(' ');

        if (text is not ['=' or ':', ..])
        {
            return false;
        }

        text = text[1..].TrimStart(' ');
        var quote = text is ['"' or '\'', ..] ? text[0] : '\0';
        text = quote == '\0' ? text : text[1..];

        return text.StartsWith(value, StringComparison.OrdinalIgnoreCase)
            && (quote == '\0' ? text.Length == value.Length || EndsValue(text[value.Length..])
                : text[value.Length..] is [var end, ..] && end == quote);
    }

    private static bool IsPartOfName(char character) => char.IsLetterOrDigit(character) || character is '_' or '-' or '.';

    // A comma or a full stop may be part of the value: 1.5, 10.0.0.1, 1,024.
    private static bool EndsValue(ReadOnlySpan<char> text) => text[0] switch
    {
        ' ' or '\t' or ';' or '}' or ']' or ')' or '"' or '\'' or '|' or '&' => true,
        ',' or '.' => text.Length == 1 || !char.IsLetterOrDigit(text[1]),
        _ => false,
    };
}
