namespace FaultMaven.Knowledge.Chunks;

/// <summary>
/// The headings and front matter of a Markdown text, found in one pass over its lines. Only what decides where a section begins is
/// read (spec.commonmark.org: ATX and setext headings, fenced code, HTML comments), so hostile nesting costs nothing: a
/// parser of all of Markdown keeps every open quote and list of a line and looks at each again on the next.
/// </summary>
internal sealed class MarkdownOutline
{
    private readonly HashSet<int> _markup = [];
    private readonly List<MarkdownHeading> _headings = [];
    private string? _frontMatterTitle;

    private MarkdownOutline()
    {
    }

    /// <summary>The headings, by line.</summary>
    public IReadOnlyList<MarkdownHeading> Headings => _headings;

    /// <summary>The title in the front matter, else the first heading, else null.</summary>
    public string? Title => _frontMatterTitle ?? _headings.Select(h => h.Text).FirstOrDefault(t => t.Length > 0);

    /// <summary>True if the line (from 0) is a heading or front matter, so says nothing by itself.</summary>
    public bool IsMarkup(int line) => _markup.Contains(line);

    public static MarkdownOutline Read(ReadOnlySpan<string> lines)
    {
        var outline = new MarkdownOutline();
        var fence = default(Fence);
        var inComment = false;
        for (var i = outline.ReadFrontMatter(lines); i < lines.Length; i++)
        {
            var line = lines[i].AsSpan();
            if (fence.IsOpen)
            {
                fence = fence.IsClosedBy(line) ? default : fence;
            }
            else if (inComment)
            {
                inComment = !line.Contains("-->", StringComparison.Ordinal);
            }
            else if (Fence.Opening(line) is { IsOpen: true } opening)
            {
                fence = opening;
            }
            else if (line.TrimStart().StartsWith("<!--", StringComparison.Ordinal))
            {
                inComment = !line.Contains("-->", StringComparison.Ordinal);
            }
            else
            {
                outline.ReadHeading(lines, i);
            }
        }

        return outline;
    }

    // ---
    // title: Disk is filling up
    // ---
    private int ReadFrontMatter(ReadOnlySpan<string> lines)
    {
        if (lines.IsEmpty || lines[0].TrimEnd() != "---")
        {
            return 0;
        }

        var end = lines[1..].IndexOfAny("---", "...") + 1;
        if (end == 0)
        {
            return 0;
        }

        for (var i = 0; i <= end; i++)
        {
            _markup.Add(i);
            if (_frontMatterTitle is null
                && lines[i].StartsWith("title:", StringComparison.OrdinalIgnoreCase)
                && lines[i].AsSpan("title:".Length).Trim().Trim("\"'") is { IsEmpty: false } title)
            {
                _frontMatterTitle = title.ToString();
            }
        }

        return end + 1;
    }

    private void ReadHeading(ReadOnlySpan<string> lines, int index)
    {
        if (AtxLevel(lines[index]) is var level and > 0)
        {
            Add(level, lines[index].AsSpan().TrimStart()[level..], index);
        }
        else if (index > 0 && SetextLevel(lines[index]) is var underlined and > 0 && IsParagraph(lines[index - 1])
            && !_markup.Contains(index - 1))
        {
            Add(underlined, lines[index - 1], index - 1);
            _markup.Add(index);
        }
    }

    private void Add(int level, ReadOnlySpan<char> text, int line)
    {
        // A closing sequence needs a blank before it: "# C#" keeps its last character.
        var trimmed = text.Trim();
        var closed = trimmed.TrimEnd('#');
        if (closed.IsEmpty || closed[^1] is ' ' or '\t')
        {
            trimmed = closed.TrimEnd();
        }

        _headings.Add(new MarkdownHeading(level, trimmed.Trim("*_`").ToString(), line));
        _markup.Add(line);
    }

    /// <summary>The level of <c>## Impact</c>; 0 for any other line.</summary>
    private static int AtxLevel(string line)
    {
        var text = line.AsSpan().TrimStart(' ');
        var indent = line.Length - text.Length;
        var level = text.IndexOfAnyExcept('#');
        level = level < 0 ? text.Length : level;
        return indent <= 3 && level is >= 1 and <= 6 && (level == text.Length || text[level] is ' ' or '\t') ? level : 0;
    }

    /// <summary>The level that <c>=====</c> or <c>-----</c> gives to the line above; 0 for any other line.</summary>
    private static int SetextLevel(string line)
    {
        var text = line.AsSpan().TrimEnd();
        var bare = text.TrimStart(' ');
        if (bare.Length < 2 || text.Length - bare.Length > 3)
        {
            return 0;
        }

        return bare.TrimStart('=').IsEmpty ? 1 : bare.TrimStart('-').IsEmpty ? 2 : 0;
    }

    /// <summary>
    /// True if a line can be the text of a setext heading: not blank, indented code, a quote, a list item or a table row.
    /// </summary>
    private static bool IsParagraph(string line) =>
        !string.IsNullOrWhiteSpace(line)
        && !line.StartsWith("    ", StringComparison.Ordinal)
        && !line.StartsWith('\t')
        && line.AsSpan().TrimStart()[0] is not ('>' or '-' or '*' or '+' or '|' or '<' or '`' or '~')
        && !char.IsAsciiDigit(line.AsSpan().TrimStart()[0]);
}
