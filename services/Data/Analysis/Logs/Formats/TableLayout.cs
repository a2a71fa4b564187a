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
    private readonly bool _isInferred;
    private readonly TableColumn[] _columns;

    private TableLayout(char separator, bool isExtended, TableColumn[] columns, bool isInferred = false)
    {
        _separator = separator;
        _isExtended = isExtended;
        _isInferred = isInferred;
        _columns = columns;
    }

    /// <summary>How many columns are known.</summary>
    public int ColumnCount => _columns.Length;

    /// <summary>A layout that no line names; its last column is the text.</summary>
    public static TableLayout Inferred(char separator, TableColumn[] columns) =>
        new(separator, isExtended: false, columns, isInferred: true);

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
                && columns.Count(column => column is TableColumn.Time or TableColumn.Level or TableColumn.Message) >= 2
                    && columns.Any(column => column is TableColumn.Time or TableColumn.Date) && !line.ContainsAnyInRange('0', '9'))
            {
                return new TableLayout(separator, isExtended: false, columns);
            }
        }

        return null;
    }

    /// <summary>True if a line is a row.</summary>
    public bool IsRow(ReadOnlySpan<char> line, TimeText times)
    {
        var parsed = default(ParsedLine);
        return TryRead(line, times, ref parsed);
    }

    /// <summary>Reads a row; false if it is not one.</summary>
    public bool TryRead(ReadOnlySpan<char> line, TimeText times, ref ParsedLine parsed)
    {
        if (_isInferred)
        {
            return TryReadInferred(line, times, ref parsed);
        }

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
                case TableColumn.Time when times.Read(value) is { Length: > 0 } reading:
                    read.Time = reading.Time;
                    break;
                case TableColumn.Date when value.Length < 24:
                    value.CopyTo(moment);
                    dateLength = value.Length;
                    afterTime = line.Length - rest.Length;
                    break;
                case TableColumn.Clock when dateLength > 0 && value.Length < 23:
                    moment[dateLength] = ' ';
                    value.CopyTo(moment[(dateLength + 1)..]);
                    read.Time = times.Read(moment[..(dateLength + 1 + value.Length)]).Time;
                    afterTime = line.Length - rest.Length;
                    break;
                case TableColumn.Level when read.Level == Proto.EntryLevel.Unspecified:
                    read.Level = LevelNames.Read(value);
                    break;
                case TableColumn.Source when read.Source.IsEmpty:
                    read.Source = value;
                    break;
                case TableColumn.Message when read.Message.IsEmpty:
                    read.Message = value;
                    break;
                case TableColumn.Status when value.Length == 3 && int.TryParse(value, out var status):
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

    // Each cell must hold what its column does, or the line is not a row.
    private bool TryReadInferred(ReadOnlySpan<char> line, TimeText times, ref ParsedLine parsed)
    {
        var read = default(ParsedLine);
        var rest = line;
        ReadOnlySpan<char> date = default;
        Span<char> moment = stackalloc char[48];
        for (var i = 0; i < _columns.Length; i++)
        {
            if (rest.IsEmpty)
            {
                return false;
            }

            if (_columns[i] == TableColumn.Text)
            {
                read.Message = Unquoted(rest);
                break;
            }

            var value = Next(ref rest, _separator, times);
            switch (_columns[i])
            {
                case TableColumn.Time or TableColumn.Date or TableColumn.Clock:
                    var reading = times.Read(value);
                    if (reading.Length == 0 || reading.Length != value.Length)
                    {
                        return false;
                    }

                    date = _columns[i] == TableColumn.Date ? value : date;
                    read.Time ??= reading.Time;
                    if (_columns[i] == TableColumn.Clock && !date.IsEmpty && date.Length + value.Length < moment.Length)
                    {
                        date.CopyTo(moment);
                        moment[date.Length] = ' ';
                        value.CopyTo(moment[(date.Length + 1)..]);
                        read.Time = times.Read(moment[..(date.Length + 1 + value.Length)]).Time;
                    }

                    break;
                case TableColumn.Level:
                    read.Level = LevelNames.Read(value.Trim("[]<>() "));
                    break;
                case TableColumn.Source:
                    read.Source = value;
                    break;
                default:
                    break;
            }
        }

        read.IsEvent = true;
        parsed = read;
        return true;
    }

    private static TableColumn[] Read(ReadOnlySpan<char> names, char separator)
    {
        var columns = new List<TableColumn>();
        foreach (var range in names.Split(separator))
        {
            columns.Add(ColumnOf(names[range].Trim(" \"\uFEFF")));
        }

        // A column "time" holds but the time of the day where there is a column "date", and "date" all of it where there is none.
        return columns.Contains(TableColumn.Date) && columns.Contains(TableColumn.Clock) ? [.. columns]
            : [.. columns.Select(column => column is TableColumn.Date or TableColumn.Clock ? TableColumn.Time : column)];
    }

    private static TableColumn ColumnOf(ReadOnlySpan<char> name) => name switch
    {
        "date" or "Date" => TableColumn.Date,
        "time" or "Time" => TableColumn.Clock,
        "sc-status" => TableColumn.Status,
        "Date and Time" or "TimeCreated" or "TimeGenerated" => TableColumn.Time,
        "LevelDisplayName" or "EntryType" => TableColumn.Level,
        "ProviderName" => TableColumn.Source,
        _ => FieldNames.Of(name) switch
        {
            FieldNames.Meaning.Time => TableColumn.Time,
            FieldNames.Meaning.Level => TableColumn.Level,
            FieldNames.Meaning.Source => TableColumn.Source,
            FieldNames.Meaning.Message => TableColumn.Message,
            _ => name.Equals("source", StringComparison.OrdinalIgnoreCase) ? TableColumn.Source : TableColumn.Other,
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

    /// <summary>The next cell; one that is a time may hold the separator: <c>12:00:01,250</c>.</summary>
    internal static ReadOnlySpan<char> Next(scoped ref ReadOnlySpan<char> rest, char separator, TimeText times)
    {
        var end = 0;
        if (rest[0] == '"')
        {
            end = 1;
            while (end < rest.Length && (rest[end] != '"' || (end + 1 < rest.Length && rest[end + 1] != separator)))
            {
                end++;
            }

            end = Math.Min(end + 1, rest.Length);
        }
        else
        {
            var length = times.Read(rest).Length;
            end = length > 0 && (length == rest.Length || rest[length] == separator) ? length : rest.IndexOf(separator);
            end = end < 0 ? rest.Length : end;
        }

        var value = Unquoted(rest[..end]);
        rest = rest[end..];
        rest = rest.IsEmpty ? rest : rest[(rest.IndexOf(separator) + 1)..];
        return value;
    }

    private static ReadOnlySpan<char> Unquoted(ReadOnlySpan<char> value)
    {
        value = value.Trim();
        return value.Length > 1 && value[0] == '"' && value[^1] == '"' ? value[1..^1] : value;
    }
}
