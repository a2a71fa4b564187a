using FaultMaven.Data.Analysis.Logs.Entries;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.EmbeddedLogs;

/// <summary>Reads entries out of a log that a document holds as a string: <c>2024-05-01T10:00:00Z WARN cache miss\n…</c>.</summary>
internal static class LogText
{
    private const int MaxWords = 6;

    /// <summary>Entries of <paramref name="text"/>, read as a log file would be.</summary>
    /// <param name="text">The log.</param>
    /// <param name="source">What wrote it, if that is known; it then counts more than what the lines say.</param>
    /// <param name="reference">Not earlier than the log's last entry; gives times without a year theirs.</param>
    /// <param name="near">A time that the document states; a time without a year is of the year that brings it nearest. Null if it states
    /// none.</param>
    /// <param name="linesOf">Where the line with this index, from 0, is in the evidence.</param>
    public static IEnumerable<LogEntry> Read(string text, string source, DateTimeOffset reference, DateTimeOffset? near, Func<int,
        (int First, int Last)> linesOf)
    {
        foreach (var entry in LogReader.Read(new StringReader(text), reference, near))
        {
            yield return entry with
            {
                StartLine = linesOf(entry.StartLine - 1).First,
                EndLine = linesOf(entry.EndLine - 1).Last,
                Level = entry.Level == Proto.EntryLevel.Unspecified ? LevelIn(entry.Message) : entry.Level,
                Source = source.Length > 0 ? source : entry.Source,
            };
        }
    }

    /// <summary>Whether a line has a time or a level near its beginning.</summary>
    public static bool LooksLikeEntry(string line) =>
        Entry(line, "", 1, 1) is { Time: not null } or { Level: not Proto.EntryLevel.Unspecified };

    /// <summary>The level that one of the first words names.</summary>
    public static Proto.EntryLevel LevelIn(string message) => Entry(message, "", 1, 1).Level;

    public static Proto.EntryLevel Level(string text) =>
        text.Trim('[', ']', ':', '(', ')', '<', '>', ',', '|', '"', '=').ToUpperInvariant() switch
    {
        "TRACE" or "VERBOSE" => Proto.EntryLevel.Trace,
        "DEBUG" or "DBG" or "7" => Proto.EntryLevel.Debug,
        "INFO" or "INFORMATION" or "NOTICE" or "OK" or "INF" or "LEVEL=INFO" or "6" => Proto.EntryLevel.Information,
        "WARN" or "WARNING" or "WRN" or "LEVEL=WARN" or "LEVEL=WARNING" or "4" => Proto.EntryLevel.Warning,
        "ERROR" or "ERR" or "SEVERE" or "LEVEL=ERROR" or "3" => Proto.EntryLevel.Error,
        "FATAL" or "CRITICAL" or "CRIT" or "ALERT" or "EMERGENCY" or "EMERG" or "PANIC" or "LEVEL=FATAL" or "2" or "1" or "0" =>
            Proto.EntryLevel.Critical,
        _ => Proto.EntryLevel.Unspecified,
    };

    private static LogEntry Entry(string line, string source, int first, int last)
    {
        var rest = line.AsSpan();
        DateTimeOffset? time = null;
        var level = Proto.EntryLevel.Unspecified;
        for (var word = 0; word < MaxWords && !rest.IsEmpty; word++)
        {
            var end = rest.IndexOf(' ');
            var piece = end < 0 ? rest : rest[..end];
            var isTime = false;
            if (time is null && word <= 1)
            {
                // "2024-05-01 10:00:00,123" is one time in two words.
                var next = end < 0 ? -1 : rest[(end + 1)..].IndexOf(' ');
                var two = end < 0 ? piece : next < 0 ? rest : rest[..(end + 1 + next)];
                time = Time(piece);
                isTime = time is not null;
                if (!isTime && piece.Contains('-') && Time(two) is { } joined)
                {
                    (time, isTime, end) = (joined, true, two.Length < rest.Length ? two.Length : -1);
                }
            }

            // A bare digit is a level in syslog only.
            var told = isTime || piece.Length < 3 ? Proto.EntryLevel.Unspecified : Level(piece.ToString());
            if (told != Proto.EntryLevel.Unspecified)
            {
                level = told;
                return new LogEntry(first, last, time, level, source, time is not null
                    && (end < 0 ? [] : rest[(end + 1)..]).Trim().ToString() is { Length: > 0 } message ? message : line);
            }

            if (!isTime && !piece.StartsWith("[") && !piece.EndsWith("]"))
            {
                break;
            }

            rest = end < 0 ? [] : rest[(end + 1)..].TrimStart();
        }

        var kept = time is null ? line : rest.ToString();
        return new LogEntry(first, last, time, level, source, kept.Length > 0 ? kept : line);
    }

    private static DateTimeOffset? Time(ReadOnlySpan<char> text)
    {
        var trimmed = text.Trim("[](),");
        var comma = trimmed.LastIndexOf(',');
        return Values.Time(comma > 0 ? $"{trimmed[..comma]}.{trimmed[(comma + 1)..]}" : trimmed);
    }
}
