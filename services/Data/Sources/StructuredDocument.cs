using System.Buffers;
using System.Globalization;

namespace FaultMaven.Data.Sources;

/// <summary>Tells JSON and YAML by how they begin, and reads them.</summary>
internal static class StructuredDocument
{
    private static readonly SearchValues<char> s_numberCharacters = SearchValues.Create("0123456789.eE+-");

    /// <summary>Reads JSON or YAML; null if it is neither.</summary>
    public static Node? Read(SourceText source) =>
        IsJson(source.Text) ? JsonDocumentReader.Read(source)
        : !source.Text.AsSpan().IsWhiteSpace() && LooksLikeYaml(source) ? YamlDocumentReader.Read(source)
        : null;

    /// <summary>Whether it begins as JSON does: a log line that begins with <c>[2024-05-01</c> or <c>{thread-1}</c> does not.</summary>
    public static bool IsJson(ReadOnlySpan<char> text)
    {
        var start = text.TrimStart("\uFEFF \t\r\n");
        var next = start.IsEmpty ? start : start[1..].TrimStart();
        return start is ['{', ..] ? next is ['"' or '}', ..]
            : start is ['[', ..] && (next is ['{' or '[' or '"' or ']', ..] || IsNumber(next));
    }

    // [12, 7.5e3], but not [2026-03-02T10:00:00,120][ERROR].
    private static bool IsNumber(ReadOnlySpan<char> text)
    {
        var length = text.IndexOfAnyExcept(s_numberCharacters);
        return length > 0 && double.TryParse(text[..length], NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            && text[length..].TrimStart() is [',' or ']', ..];
    }

    /// <summary>Whether it is one JSON object after another, a line each, as logs are written.</summary>
    public static bool IsJsonLines(ReadOnlySpan<char> text)
    {
        var start = text.TrimStart("\uFEFF \t\r\n");
        var end = start.IndexOf('\n');
        return start is ['{', ..] && end > 1 && start[..end].TrimEnd() is [.., '}'] && start[end..].TrimStart() is ['{', ..];
    }

    /// <summary>Whether the first lines that say something are keys, list items or a document start.</summary>
    public static bool LooksLikeYaml(SourceText source)
    {
        var keys = 0;
        var lines = 0;
        for (var number = 1; number <= source.LineCount && lines < 12; number++)
        {
            var line = source.Line(number).Trim();
            if (line.IsEmpty || line[0] == '#')
            {
                continue;
            }

            lines++;
            if (line is "---" || line.StartsWith("- ", StringComparison.Ordinal) || IsKey(line))
            {
                keys++;
            }
        }

        return keys > 0 && keys * 10 >= lines * 7;
    }

    /// <summary><c>name:</c> or <c>name: value</c>, where the name is one word.</summary>
    private static bool IsKey(ReadOnlySpan<char> line)
    {
        var colon = line.IndexOf(':');
        if (colon <= 0 || (colon + 1 < line.Length && line[colon + 1] != ' '))
        {
            return false;
        }

        foreach (var letter in line[..colon].Trim('"'))
        {
            if (!char.IsLetterOrDigit(letter) && letter is not ('_' or '-' or '.' or '/'))
            {
                return false;
            }
        }

        return !char.IsAsciiDigit(line[0]);
    }
}
