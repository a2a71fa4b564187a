namespace FaultMaven.Knowledge.Chunks;

/// <summary>Cuts a text into chunks: along its headings if it is Markdown, and at paragraphs where a section is long.</summary>
internal static class Chunker
{
    /// <summary>
    /// How many characters a chunk may have, unless one line has more: about a screen, which is what a reader who follows a citation
    /// wants to see.
    /// </summary>
    public const int MaxCharacters = 2_000;

    /// <summary>Cuts Markdown.</summary>
    public static ChunkedText Markdown(string text)
    {
        var lines = SplitLines(text);
        var outline = MarkdownOutline.Read(lines);
        var chunks = new List<Chunk>();
        var open = new List<MarkdownHeading>();
        var start = 0;

        foreach (var heading in outline.Headings)
        {
            // A heading right below another (or below the front matter) begins no section of its own: a chunk of titles answers nothing.
            if (HasBody(lines, start, heading.Line, outline))
            {
                AddSection(chunks, lines, start, heading.Line, open);
                start = heading.Line;
            }

            open.RemoveAll(h => h.Level >= heading.Level);
            open.Add(heading);
        }

        AddSection(chunks, lines, start, lines.Length, open);
        return new ChunkedText(outline.Title, chunks);
    }

    /// <summary>Cuts plain text.</summary>
    public static ChunkedText PlainText(string text)
    {
        var lines = SplitLines(text);
        var chunks = new List<Chunk>();
        AddSection(chunks, lines, 0, lines.Length, []);
        return new ChunkedText(null, chunks);
    }

    private static string[] SplitLines(string text)
    {
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            lines[i] = lines[i].TrimEnd('\r');
        }

        return lines;
    }

    private static bool HasBody(string[] lines, int start, int end, MarkdownOutline outline)
    {
        for (var i = start; i < end; i++)
        {
            if (!string.IsNullOrWhiteSpace(lines[i]) && !outline.IsMarkup(i))
            {
                return true;
            }
        }

        return false;
    }

    private static void AddSection(List<Chunk> chunks, string[] lines, int start, int end, List<MarkdownHeading> open)
    {
        string[] headings = [.. open.Select(h => h.Text)];
        while (TrimBlank(lines, ref start, ref end))
        {
            var cut = FindCut(lines, start, end);
            var last = cut;
            while (string.IsNullOrWhiteSpace(lines[last - 1]))
            {
                last--;
            }

            chunks.Add(new Chunk(headings, start + 1, last, string.Join('\n', lines[start..last])));
            start = cut;
        }
    }

    private static bool TrimBlank(string[] lines, ref int start, ref int end)
    {
        while (start < end && string.IsNullOrWhiteSpace(lines[start]))
        {
            start++;
        }

        while (end > start && string.IsNullOrWhiteSpace(lines[end - 1]))
        {
            end--;
        }

        return start < end;
    }

    /// <summary>
    /// Where the chunk that begins at <paramref name="start"/> ends: at the last blank line within the bound, else at the last line, but
    /// never empty.
    /// </summary>
    private static int FindCut(string[] lines, int start, int end)
    {
        var characters = 0;
        var paragraph = -1;
        for (var i = start; i < end; i++)
        {
            characters += lines[i].Length + 1;
            if (characters > MaxCharacters && i > start)
            {
                return paragraph > start ? paragraph : i;
            }

            if (string.IsNullOrWhiteSpace(lines[i]))
            {
                paragraph = i;
            }
        }

        return end;
    }
}
