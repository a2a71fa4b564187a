namespace FaultMaven.Data.Analysis.Statements;

/// <summary>A table as tools print it: psql, mysql and Markdown with bars, CSV and tabs, or columns aligned by blanks.</summary>
internal sealed class TextTable
{
    private static readonly System.Buffers.SearchValues<char> s_drawing = System.Buffers.SearchValues.Create("-+|=: ");
    private static readonly System.Buffers.SearchValues<char> s_notInTitles = System.Buffers.SearchValues.Create("=;{}[]\"");

    private readonly char _delimiter;
    private readonly int[] _starts;

    private TextTable(string[] titles, char delimiter, int[] starts)
    {
        Titles = titles;
        _delimiter = delimiter;
        _starts = starts;
    }

    /// <summary>The titles of its columns.</summary>
    public string[] Titles { get; }

    /// <summary>Reads the header of a table.</summary>
    /// <param name="line">A line that may be one.</param>
    /// <param name="next">The line after it; empty at the end.</param>
    /// <returns>Null if it is not a header.</returns>
    public static TextTable? TryHeader(string line, string next) => TryDelimited(line, next, '|') ?? TryDelimited(line, next, '\t')
        ?? TryDelimited(line, next, ',') ?? TryAligned(line, next);

    /// <summary>True for a line that only draws the table, such as <c>----+----</c>.</summary>
    public static bool IsRule(string line)
    {
        var text = line.AsSpan().Trim();
        return text.Length >= 3 && !text.ContainsAnyExcept(s_drawing) && text.ContainsAny("-=");
    }

    /// <summary>The cells of a row, as many as there are titles. Null if the line is not a row of this table.</summary>
    public string[]? Row(string line)
    {
        if (_delimiter != ' ')
        {
            var cells = Split(line, _delimiter);
            return cells.Length == Titles.Length ? cells : null;
        }

        var byGaps = line.Trim().Split("  ", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (byGaps.Length == Titles.Length)
        {
            return byGaps;
        }

        var byBlanks = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return byBlanks.Length == Titles.Length ? byBlanks : byGaps.Length >= 2 && byGaps.Length < Titles.Length ? ByOffset(line) : null;
    }

    // A cell belongs to the last column that begins at or before its middle.
    private string[] ByOffset(string line)
    {
        var cells = new string[Titles.Length];
        Array.Fill(cells, "");
        for (var at = 0; at < line.Length;)
        {
            while (at < line.Length && line[at] == ' ')
            {
                at++;
            }

            var end = line.IndexOf("  ", at, StringComparison.Ordinal) is var gap and >= 0 ? gap : line.Length;
            if (end > at)
            {
                var column = Math.Max(0, Array.FindLastIndex(_starts, start => start <= at + ((end - at) / 2)));
                cells[column] = cells[column].Length == 0 ? line[at..end].Trim() : $"{cells[column]} {line[at..end].Trim()}";
            }

            at = end;
        }

        return cells;
    }

    private static TextTable? TryDelimited(string line, string next, char delimiter)
    {
        var least = delimiter == '|' ? 1 : 2;
        if (line.AsSpan().Count(delimiter) < least)
        {
            return null;
        }

        var titles = Split(line, delimiter);
        var isRuled = IsRule(next);
        var cells = isRuled ? titles : Split(next, delimiter);
        return titles.Length >= 2 && cells.Length == titles.Length && Array.TrueForAll(titles, IsTitle)
            && (isRuled || delimiter == '\t' || HasFigures(cells))
            ? new TextTable(titles, delimiter, [])
            : null;
    }

    private static TextTable? TryAligned(string line, string next)
    {
        var isRuled = IsRule(next);
        var byBlanks = next.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        var byGaps = next.Trim().Split("  ", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Length;
        var titles = line.Trim().Split("  ", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

        // "Filesystem  Size  Used Avail Use% Mounted on": one blank between some titles.
        var words = line.Trim().Replace("Mounted on", "Mounted", StringComparison.Ordinal)
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        titles = titles.Length >= 2 && (isRuled || titles.Length == byGaps || titles.Length == byBlanks) ? titles : words;
        if (titles.Length < 3 || !Array.TrueForAll(titles, IsTitle)
            || !(isRuled || ((titles.Length == byBlanks || titles.Length == byGaps || byBlanks >= 3) && IsHeaderLike(titles, next))))
        {
            return null;
        }

        var starts = new int[titles.Length];
        for (int i = 0, at = 0; i < titles.Length; i++)
        {
            at = line.IndexOf(titles[i], Math.Min(at, line.Length), StringComparison.Ordinal);
            starts[i] = Math.Max(0, at);
            at = starts[i] + titles[i].Length;
        }

        return new TextTable(titles, ' ', starts);
    }

    // Titles are in capitals, or what is below them has figures where they have words.
    private static bool IsHeaderLike(string[] titles, string next) =>
        Array.TrueForAll(titles, static title => !title.AsSpan().ContainsAnyInRange('a', 'z'))
        || (next.AsSpan().ContainsAnyInRange('0', '9')
            && Array.TrueForAll(titles, static title => char.IsUpper(title[0]) || title[0] is '%' or '#'))
        || Array.TrueForAll(next.Split(' ', StringSplitOptions.RemoveEmptyEntries), static cell => Amount.TryRead(cell, out _, out _));

    private static bool IsTitle(string title) => title.Length is > 0 and <= 40
        && (char.IsLetter(title[0]) || title[0] is '%' or '#' or '_' or '(') && title.AsSpan().Count(' ') <= 3
            && !Amount.TryRead(title, out _, out _)
        && !title.AsSpan().ContainsAny(s_notInTitles);

    private static bool HasFigures(string[] cells) => Array.Exists(cells, static cell => Amount.TryRead(cell, out _, out _));

    private static string[] Split(string line, char delimiter)
    {
        var text = line.AsSpan().Trim();
        if (delimiter == '|')
        {
            text = text.TrimStart('|').TrimEnd('|');
        }

        return text.ToString().Split(delimiter, StringSplitOptions.TrimEntries);
    }
}
