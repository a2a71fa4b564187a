using FaultMaven.Data.Analysis.Logs.Times;

namespace FaultMaven.Data.Analysis.Logs.Formats;

/// <summary>
/// A log as a table, whose columns a line names: <c>timestamp,level,logger,message</c> of CSV, the same with tabs, semicolons or bars, and
/// <c>#Fields: date time cs-method cs-uri-stem sc-status</c> of IIS and other servers that write W3C's extended format.
/// </summary>
internal sealed class TableLayout
{
    private const int MaxColumns = 64;
    private const string Fields = "#Fields:";

    private readonly char _separator;
    private readonly bool _isExtended;
    private readonly Column[] _columns;

    private TableLayout(char separator, bool isExtended, Column[] columns)
    {
        _separator = separator;
        _isExtended = isExtended;
        _columns = columns;
    }

    private enum Column
    {
        Other,
        Time,
        Date,
        Clock,
        Level,
        Source,
        Message,
        Status,
    }

    /// <summary>True for the lines of an extended log that hold no entry.</summary>
    public static bool IsDirective(ReadOnlySpan<char> line) => line.StartsWith(Fields, StringComparison.Ordinal)
        || line.StartsWith("#Software:", StringComparison.Ordinal)
        || line.StartsWith("#Version:", StringComparison.Ordinal) || line.StartsWith("#Date:", StringComparison.Ordinal)
            || line.StartsWith("#Remark:", StringComparison.Ordinal);

    /// <summary>The layout that a line names; null if it names none.</summary>
    public static TableLayout? Of(ReadOnlySpan<char> line)
    {
        if (line.StartsWith(Fields, StringComparison.Ordinal))
        {
            var names = line[Fields.Length..].Trim();
            return new TableLayout(names.Contains('\t') ? '\t' : ' ', isExtended: true, Read(names, names.Contains('\t') ? '\t' : ' '));
        }

        foreach (var separator in "\t,;|")
        {
            if (line.Contains(separator) && Read(line.Trim(), separator) is var columns && columns.Length <= MaxColumns
                && columns.Count(column => column is Column.Time or Column.Level or Column.Message) >= 2
                    && columns.Any(column => column is Column.Time or Column.Date) && !line.ContainsAnyInRange('0', '9'))
            {
                return new TableLayout(separator, isExtended: false, columns);
            }
        }

        return null;
    }

    /// <summary>Reads a row; false if it is not one.</summary>
    public bool TryRead(ReadOnlySpan<char> line, TimeText times, ref ParsedLine parsed)
    {
        var read = default(ParsedLine);
        Span<char> moment = stackalloc char[48];
        var dateLength = 0;
        var rest = line;
        var at = 0;
        var afterTime = 0;
        for (; at < _columns.Length && !rest.IsEmpty; at++)
        {
            var value = Next(ref rest);
            switch (_columns[at])
            {
                case Column.Time when times.Read(value) is { Length: > 0 } reading:
                    read.Time = reading.Time;
                    break;
                case Column.Date when value.Length < 24:
                    value.CopyTo(moment);
                    dateLength = value.Length;
                    afterTime = line.Length - rest.Length;
                    break;
                case Column.Clock when dateLength > 0 && value.Length < 23:
                    moment[dateLength] = ' ';
                    value.CopyTo(moment[(dateLength + 1)..]);
                    read.Time = times.Read(moment[..(dateLength + 1 + value.Length)]).Time;
                    afterTime = line.Length - rest.Length;
                    break;
                case Column.Level when read.Level == Proto.EntryLevel.Unspecified:
                    read.Level = LevelNames.Read(value);
                    break;
                case Column.Source when read.Source.IsEmpty:
                    read.Source = value;
                    break;
                case Column.Message when read.Message.IsEmpty:
                    read.Message = value;
                    break;
                case Column.Status when value.Length == 3 && int.TryParse(value, out var status):
                    read.Level = status >= 500 ? Proto.EntryLevel.Error : Proto.EntryLevel.Information;
                    break;
                default:
                    break;
            }
        }

        if (read.Time is null && read.Level == Proto.EntryLevel.Unspecified)
        {
            return false;
        }

        // The last column may have no name: event viewers export the text so.
        read.Message = !read.Message.IsEmpty ? read.Message : _isExtended ? line[afterTime..] : !rest.IsEmpty ? Unquoted(rest) : line;
        read.IsEvent = true;
        parsed = read;
        return true;
    }

    private static Column[] Read(ReadOnlySpan<char> names, char separator)
    {
        var columns = new List<Column>();
        foreach (var range in names.Split(separator))
        {
            columns.Add(ColumnOf(names[range].Trim(" \"\uFEFF")));
        }

        // A column "time" holds but the time of the day where there is a column "date", and "date" all of it where there is none.
        return columns.Contains(Column.Date) && columns.Contains(Column.Clock) ? [.. columns]
            : [.. columns.Select(column => column is Column.Date or Column.Clock ? Column.Time : column)];
    }

    private static Column ColumnOf(ReadOnlySpan<char> name) => name switch
    {
        "date" or "Date" => Column.Date,
        "time" or "Time" => Column.Clock,
        "sc-status" => Column.Status,
        "Date and Time" or "TimeCreated" or "TimeGenerated" => Column.Time,
        "LevelDisplayName" or "EntryType" => Column.Level,
        "ProviderName" => Column.Source,
        _ => FieldNames.Of(name) switch
        {
            FieldNames.Meaning.Time => Column.Time,
            FieldNames.Meaning.Level => Column.Level,
            FieldNames.Meaning.Source => Column.Source,
            FieldNames.Meaning.Message => Column.Message,
            _ => name.Equals("source", StringComparison.OrdinalIgnoreCase) ? Column.Source : Column.Other,
        },
    };

    // "no route, giving up",served: a quoted value ends at a quote before a separator.
    private ReadOnlySpan<char> Next(scoped ref ReadOnlySpan<char> rest)
    {
        var end = 0;
        if (rest[0] == '"' && !_isExtended)
        {
            end = 1;
            while (end < rest.Length && (rest[end] != '"' || (end + 1 < rest.Length && rest[end + 1] != _separator)))
            {
                end += rest[end] == '"' ? 2 : 1;
            }

            end = Math.Min(end + 1, rest.Length);
        }
        else
        {
            end = rest.IndexOf(_separator);
            end = end < 0 ? rest.Length : end;
        }

        var value = Unquoted(rest[..end]);
        rest = rest[Math.Min(end + 1, rest.Length)..];
        return value;
    }

    private static ReadOnlySpan<char> Unquoted(ReadOnlySpan<char> value)
    {
        value = value.Trim();
        return value.Length > 1 && value[0] == '"' && value[^1] == '"' ? value[1..^1] : value;
    }
}
