namespace FaultMaven.Data.Extraction.Documents;

/// <summary>Tells JSON and YAML by how they begin, and reads them.</summary>
internal static class StructuredDocument
{
    /// <summary>Reads JSON (also after a line or two of something else, such as the command that wrote it) or YAML; null if it is neither.</summary>
    public static Node? Read(SourceText source)
    {
        var text = source.Text.AsSpan();
        var start = text.TrimStart("\uFEFF \t\r\n");
        return start.IsEmpty ? null
            : start[0] is '{' or '[' ? JsonDocumentReader.Read(source)
            : LooksLikeYaml(source) ? YamlDocumentReader.Read(source)
            : null;
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
