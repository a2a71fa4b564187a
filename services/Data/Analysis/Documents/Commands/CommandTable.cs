using System.Text.RegularExpressions;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.Commands;

/// <summary>The header of a table that a command prints; columns are found by their names.</summary>
internal sealed partial class CommandTable
{
    private readonly string[] _columns;
    private readonly int[] _starts;

    private CommandTable(string[] columns, int[] starts, int line)
    {
        _columns = columns;
        _starts = starts;
        Line = line;
    }

    public int Line { get; }

    public bool Has(params ReadOnlySpan<string> columns)
    {
        foreach (var column in columns)
        {
            if (!_columns.Contains(column))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A header is a line of at least two column names that are known to be such.</summary>
    public static bool TryHeader(string line, int number, out CommandTable table)
    {
        table = null!;
        var matches = Word()
            .Matches(line.Replace("Mounted on", "Mounted_on", StringComparison.Ordinal)
            .Replace("CONTAINER ID", "CONTAINER_ID", StringComparison.Ordinal)
            .Replace(" CPU %", " CPU_%", StringComparison.Ordinal).Replace(" MEM %", " MEM_%", StringComparison.Ordinal)
                .Replace("LAST SEEN", "LAST_SEEN", StringComparison.Ordinal)
            .Replace("MEM USAGE / LIMIT", "MEM_USAGE_/_LIMIT", StringComparison.Ordinal)
                .Replace("NOMINATED NODE", "NOMINATED_NODE", StringComparison.Ordinal)
            .Replace("READINESS GATES", "READINESS_GATES", StringComparison.Ordinal)
                .Replace("ACCESS MODES", "ACCESS_MODES", StringComparison.Ordinal));
        var columns = matches.Select(match => match.Value).ToArray();
        if (columns.Length < 2
            || !(Is("NAME") || Is("PID") || Is("Filesystem") || Is("CONTAINER_ID") || Is("Device") || Is("Device:") || Is("LAST_SEEN")
            || Is("swpd") || Is("%idle")))
        {
            return false;
        }

        table = new CommandTable(columns, [.. matches.Select(match => match.Index)], number);
        return true;

        bool Is(string column) => columns.Contains(column);
    }

    public CommandRow Row(string line, int number) => new(this, line, Word().Matches(line).Select(match => match.Value).ToArray(), number);

    /// <summary>What is in a column: by position where the table is aligned by it, else by order.</summary>
    public string Cell(CommandRow row, string column)
    {
        var index = Array.IndexOf(_columns, column);
        if (index < 0)
        {
            return "";
        }

        // kubectl and docker align by column and leave blanks inside of cells.
        var isAligned = _columns[0] is "NAME" or "NAMESPACE" or "CONTAINER_ID" or "LAST_SEEN";
        if (isAligned && row.Line.Length > _starts[index])
        {
            var end = index + 1 < _starts.Length ? Math.Min(_starts[index + 1], row.Line.Length) : row.Line.Length;
            if (_starts[index] == 0 || char.IsWhiteSpace(row.Line[_starts[index] - 1]))
            {
                return row.Line[_starts[index]..end].Trim();
            }
        }

        return index < row.Words.Length ? row.Words[index] : "";
    }

    [GeneratedRegex(@"\S+")]
    private static partial Regex Word();
}

/// <summary>A line below a header.</summary>
internal sealed record CommandRow(CommandTable Table, string Line, string[] Words, int Number)
{
    public string this[string column] => Table.Cell(this, column);

    public LineRange At => new(Number, Number);
}
