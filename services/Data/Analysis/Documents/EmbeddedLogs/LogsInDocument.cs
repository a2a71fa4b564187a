using FaultMaven.Data.Analysis.Logs.Entries;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.EmbeddedLogs;

/// <summary>
/// Logs inside documents: lists of <c>{"timestamp": …, "message": …, "status": "error", "service": "web"}</c>, and whole logs in one
/// string, whose every entry cites the line of that string.
/// </summary>
internal static class LogsInDocument
{
    private const int MaxEntries = 200_000;
    private const int MaxNodesForTime = 20_000;

    private static readonly string[] s_messages =
        ["message", "msg", "@message", "content/message", "attributes/message", "_source/message", "textPayload", "jsonPayload/message",
        "line", "log", "text", "body"];
    private static readonly string[] s_times =
        ["timestamp", "@timestamp", "time", "ts", "date", "datetime", "content/timestamp", "attributes/timestamp", "_source/@timestamp",
        "_source/timestamp", "_source/time", "ingestionTime", "eventTime"];
    private static readonly string[] s_levels =
        ["level", "severity", "status", "log_level", "levelname", "content/attributes/status", "attributes/status", "_source/level",
        "loglevel", "priority"];
    private static readonly string[] s_sources =
        ["service", "logger", "source", "app", "container", "pod", "pod_name", "component", "host", "content/service",
        "attributes/service", "_source/service", "logGroup", "logStreamName"];
    private static readonly string[] s_strings =
        ["logs", "log", "output", "stdout", "stderr", "log_text", "pod_logs", "previous_logs", "log_lines", "lines", "raw", "tail",
        "content"];

    /// <summary>
    /// Every log of a document with its entries, which are in the order of time where all of them tell it. None is empty.
    /// </summary>
    /// <param name="root">The document.</param>
    /// <param name="reference">Not earlier than the last entry; gives times without a year theirs.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    public static IEnumerable<IReadOnlyList<LogEntry>> Of(Node root, DateTimeOffset reference, CancellationToken cancellationToken)
    {
        var records = new List<LogEntry>();
        var objects = new ObjectMessage(reference);
        var near = new Lazy<DateTimeOffset?>(() => LatestTime(root, reference));
        foreach (var (node, name) in root.Walk().Where(pair => pair.Node.IsMap))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (records.Count >= MaxEntries)
            {
                break;
            }

            if (TryRecord(node, name) is { } record)
            {
                records.Add(objects.Unpack(record));
            }

            if (node.First("stream") is { IsMap: true } stream && node.First("values") is { IsList: true } values)
            {
                records.AddRange(Loki(stream, values).Select(objects.Unpack));
            }

            foreach (var log in InStrings(node, reference, near))
            {
                yield return log;
            }
        }

        if (InOrder(records) is { Count: > 0 } found)
        {
            yield return found;
        }
    }

    private static LogEntry? TryRecord(Node node, string name)
    {
        // Events and alerts also have a time and a message; they are read as what they are. What CloudWatch calls events are entries of a
        // log, and what is inside a hit of Elasticsearch or a log of Datadog was read with the map around it.
        if (node.First(s_messages) is not { IsScalar: true } message
            || node.First("reason", "event_categories", "source_identifier", "involvedObject", "overall_state", "alertname", "alert_type",
            "urgency", "AlarmName") is not null
            || (Names.Same(name, "events") && node.First("ingestionTime", "logStreamName") is null)
            || Names.IsOneOf(name, "warning_events", "rds_events", "alerts", "monitors", "conditions", "state", "waiting", "terminated",
                "annotations", "_source", "content"))
        {
            return null;
        }

        var time = node.TimeOf(s_times);
        var level = node.TextOf(s_levels);
        if (time is null
            && (level.Length == 0
            || (name.Length > 0 && !Names.IsOneOf(name, "logs", "entries", "log_events", "hits", "results", "records", "messages"))))
        {
            return null;
        }

        var text = message.Text.Trim();
        var lines = node.EndLine - node.Line <= 14 ? new LineRange(node.Line, node.EndLine) : new LineRange(message.Line, message.EndLine);
        return new LogEntry(lines.First, lines.Last, time, LogText.Level(level) is var told and not Proto.EntryLevel.Unspecified ? told
            : LogText.LevelIn(text), node.TextOf(s_sources), text);
    }

    /// <summary><c>{"stream": {"app": "web"}, "values": [["1714557600000000000", "GET / 200"], …]}</c>.</summary>
    private static IEnumerable<LogEntry> Loki(Node stream, Node values)
    {
        var source = stream.TextOf(s_sources);
        var level = LogText.Level(stream.TextOf(s_levels));
        foreach (var pair in values.Items)
        {
            if (pair.Items is [{ IsScalar: true } time, { IsScalar: true } message, ..])
            {
                yield return new LogEntry(pair.Line, pair.EndLine, Values.Time(time.Text), level != Proto.EntryLevel.Unspecified ? level
                    : LogText.LevelIn(message.Text), source, message.Text.Trim());
            }
        }
    }

    /// <summary>Logs as one string, or as a list of lines.</summary>
    private static IEnumerable<IReadOnlyList<LogEntry>> InStrings(Node node, DateTimeOffset reference, Lazy<DateTimeOffset?> near)
    {
        foreach (var name in s_strings)
        {
            var found = node.First(name);
            var source = node.TextOf("pod_name", "pod", "container", "service", "name", "host", "source", "container_name");
            List<LogEntry> log = [];
            if (found is { IsScalar: true }
                && (found.Text.Contains('\n') || (name is "logs" or "pod_logs" or "previous_logs" && LogText.LooksLikeEntry(found.Text))))
            {
                log = InOrder(LogText.Read(found.Text, source, reference, near.Value, _ => (found.Line, found.EndLine)));
            }
            else if (found is { IsList: true, Items: [{ IsScalar: true }, ..] }
                && found.Items.Take(20).Any(item => LogText.LooksLikeEntry(item.Text)))
            {
                var items = found.Items.Where(item => item.IsScalar).ToList();
                var lines = items.SelectMany(item => item.Text.Split('\n'), (item, line) => (Item: item, Line: line)).ToList();
                log = InOrder(LogText.Read(string.Join('\n', lines.Select(line => line.Line)), source, reference, near.Value, at =>
                    (lines[at].Item.Line, lines[at].Item.EndLine)));
            }

            if (log.Count > 0)
            {
                yield return log;
            }
        }
    }

    /// <summary>The latest time that the document itself states, such as when a pod was started; null if it states none.</summary>
    private static DateTimeOffset? LatestTime(Node root, DateTimeOffset reference) => root.Walk().Take(MaxNodesForTime)
        .Where(pair => pair.Node.IsScalar && pair.Node.Text.Length is >= 10 and <= 40)
        .Select(pair => Values.Time(pair.Node.Text))
        .Where(time => time <= reference.AddDays(1))
        .Max();

    // Log searches answer newest first; the order of the log is that of time.
    private static List<LogEntry> InOrder(IEnumerable<LogEntry> entries)
    {
        var log = entries.Take(MaxEntries).ToList();

        return log.TrueForAll(entry => entry.Time is not null) ? [.. log.OrderBy(entry => entry.Time)] : log;
    }
}
