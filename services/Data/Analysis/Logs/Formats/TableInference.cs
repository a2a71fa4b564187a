using FaultMaven.Data.Analysis.Logs.Times;

namespace FaultMaven.Data.Analysis.Logs.Formats;

/// <summary>
/// Finds that lines are rows of a table without a line that names its columns: <c>2026/03/12 12:00:01,fw-a,TRAFFIC,high,tunnel is
/// down</c>. What a column holds is decided by its cells: times, levels, names, and the text, which has the most words.
/// </summary>
internal static class TableInference
{
    private const string Separators = "\t|;,";
    private const int MaxCells = 24;
    private const int MinRows = 8;
    private const int MinCells = 3;

    // The share of rows that must agree.
    private const double Nearly = 0.95;
    private const double MinRowShare = 0.1;
    private const double MinWords = 1.5;

    /// <summary>The layout that most header columns follow from; null if there is none.</summary>
    public static TableLayout? Infer(IReadOnlyList<string> lines, TimeText times)
    {
        TableLayout? best = null;
        foreach (var separator in Separators)
        {
            var rows = Rows(lines, separator, times);
            if (rows.Count >= Math.Max(MinRows, MinRowShare * lines.Count) && Columns(rows, times) is { } columns
                && (best is null || columns.Length > best.ColumnCount))
            {
                best = TableLayout.Inferred(separator, columns);
            }
        }

        return best;
    }

    private static List<List<string>> Rows(IReadOnlyList<string> lines, char separator, TimeText times)
    {
        var rows = new List<List<string>>();
        foreach (var line in lines)
        {
            if (!line.Contains(separator) || line[0] == separator)
            {
                continue;
            }

            var cells = new List<string>();
            for (var rest = line.AsSpan(); !rest.IsEmpty && cells.Count < MaxCells;)
            {
                cells.Add(TableLayout.Next(ref rest, separator, times).ToString());
            }

            if (cells.Count >= MinCells && IsAtom(cells[0], times))
            {
                rows.Add(cells);
            }
        }

        return rows;
    }

    // Up to the text; null if these are not the rows of a log.
    private static TableColumn[]? Columns(List<List<string>> rows, TimeText times)
    {
        var width = rows.Select(row => row.Count).Order().ElementAt((int)((1 - Nearly) * rows.Count));
        var kinds = new TableColumn[width];
        var (text, words, anchor) = (-1, MinWords, -1);
        for (var i = 0; i < width; i++)
        {
            var cells = rows.Where(row => row.Count > i).Select(row => row[i]).ToList();
            kinds[i] = KindOf(cells, times);
            anchor = kinds[i] is TableColumn.Other or TableColumn.Source ? anchor : i;
            var ofCell = cells.Average(Words);
            if (i > 0 && kinds[i] is TableColumn.Other or TableColumn.Source && ofCell > words)
            {
                (text, words) = (i, ofCell);
            }
        }

        // Rows without a text say what they say in all that is behind the time.
        text = text < 0 && anchor >= 0 && anchor + 1 < width ? anchor + 1 : text;
        var hasTime = text > 0 && kinds.AsSpan(0, text).ContainsAnyExcept(TableColumn.Other, TableColumn.Source);
        if (text < (kinds[0] is TableColumn.Time ? 1 : 2) || (!hasTime && !rows.TrueForAll(row => char.IsAsciiDigit(row[0][0]))))
        {
            return null;
        }

        var source = kinds.AsSpan(0, text).LastIndexOf(TableColumn.Source);
        for (var i = 0; i < text; i++)
        {
            kinds[i] = kinds[i] == TableColumn.Source && i != source ? TableColumn.Other : kinds[i];
        }

        kinds[text] = TableColumn.Text;
        return kinds[..(text + 1)];
    }

    private static TableColumn KindOf(List<string> cells, TimeText times)
    {
        var (moments, dates, clocks, levels, names) = (0, 0, 0, 0, 0);
        foreach (var cell in cells)
        {
            if (times.Read(cell) is { Length: > 0 } reading && reading.Length == cell.Length)
            {
                moments += reading.Time is null ? 0 : 1;
                clocks += reading.Time is null && cell.AsSpan(0, Math.Min(cell.Length, 3)).Contains(':') ? 1 : 0;
                dates += reading.Time is null ? 1 : 0;
            }

            levels += LevelNames.Parse(cell.AsSpan().Trim("[]<>() ")) == Proto.EntryLevel.Unspecified ? 0 : 1;
            names += cell.Length is > 1 and < 40 && !cell.AsSpan().Contains(' ') && char.IsAsciiLetter(cell[0]) ? 1 : 0;
        }

        var most = Nearly * cells.Count;
        return moments >= most ? TableColumn.Time
            : clocks >= most ? TableColumn.Clock
            : dates >= most ? TableColumn.Date
            : levels * 2 > cells.Count ? TableColumn.Level
            : names >= most && cells.Distinct(StringComparer.Ordinal).Count() <= Math.Max(4, cells.Count / 5) ? TableColumn.Source
            : TableColumn.Other;
    }

    // A time, or what has no blank in it.
    private static bool IsAtom(string cell, TimeText times) =>
        cell.Length > 0 && (!cell.AsSpan().Trim().Contains(' ') || times.Read(cell).Length == cell.Length);

    private static int Words(string cell)
    {
        var count = 0;
        foreach (var range in cell.AsSpan().Split(' '))
        {
            count += cell.AsSpan(range).ContainsAnyInRange('a', 'z') || cell.AsSpan(range).ContainsAnyInRange('A', 'Z') ? 1 : 0;
        }

        return count;
    }
}
