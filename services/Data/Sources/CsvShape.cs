namespace FaultMaven.Data.Sources;

/// <summary>What the columns of a table in CSV, TSV or with semicolons hold, going by its header and its first rows.</summary>
internal sealed record CsvShape(char Separator, IReadOnlyList<string> Header, bool HasTimeColumn, bool HasMessageColumn,
    bool HasStatementColumn, int NumericColumns)
{
    private const int MaxRows = 40;

    private static readonly char[] s_separators = [',', '\t', ';', '|'];

    /// <summary>Null if the lines do not have the same number of columns, or if there is but one.</summary>
    public static CsvShape? Of(SourceText text)
    {
        var header = Enumerable.Range(1, Math.Min(5, text.LineCount)).Select(number => text.Line(number).Trim().ToString())
            .FirstOrDefault(line => line.Length > 0 && line[0] != '#');
        if (header is null || header[0] is '{' or '[')
        {
            return null;
        }

        var separator = s_separators.MaxBy(candidate => header.AsSpan().Count(candidate));
        var table = Csv.Rows(text, separator).Take(MaxRows + 1).ToList();
        if (table is not [{ Fields: var names }, ..] || names.Count < 2
            || names.Any(name => name.Length is 0 or > 80 || Values.TryNumber(name, out _)))
        {
            return null;
        }

        var rows = table.Skip(1).Select(row => row.Fields).Where(fields => !fields.SequenceEqual(names)).ToList();

        // The last row may be cut off.
        if (rows.Count > 1 && rows[^1].Count < names.Count)
        {
            rows.RemoveAt(rows.Count - 1);
        }

        if (rows.Count == 0 || rows.Count(row => row.Count == names.Count) * 10 < rows.Count * 8)
        {
            return null;
        }

        return new CsvShape(
            separator, names,
            Column(column => Values.Time(column) is not null) is > 0
                || names.Any(name => Names.IsOneOf(name, "time", "timestamp", "date", "datetime", "ts", "@timestamp", "_time")),
            names.Any(name => Names.IsOneOf(name, "message", "msg", "log", "content", "@message", "text", "event")),
            names.Any(name => Names.IsOneOf(name, "query", "statement", "sql", "sql_text", "digest_text", "wait_event")),
            Column(column => Values.Quantity(column) is not null && Values.Time(column) is null));

        int Column(Func<string, bool> holds) => Enumerable.Range(0, names.Count)
            .Count(column => rows.Count(row => row.Count > column && holds(row[column])) * 10 >= rows.Count * 7);
    }
}
