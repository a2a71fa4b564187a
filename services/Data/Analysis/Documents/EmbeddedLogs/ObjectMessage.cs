using FaultMaven.Data.Analysis.Logs.Entries;
using FaultMaven.Data.Analysis.Logs.Formats;
using FaultMaven.Data.Analysis.Logs.Times;

namespace FaultMaven.Data.Analysis.Documents.EmbeddedLogs;

/// <summary>
/// Takes apart messages that are JSON objects, as programs with structured logs send them to Loki, CloudWatch and others:
/// <c>"{\"level\":\"error\",\"msg\":\"no route\"}"</c>. Not safe for use by several threads.
/// </summary>
/// <param name="reference">Not earlier than the last entry; gives times without a year theirs.</param>
internal sealed class ObjectMessage(DateTimeOffset reference)
{
    private readonly TimeText _times = new(reference);
    private readonly JsonText _held = new();

    /// <summary>The entry with what the object says; the entry itself if its message is not an object.</summary>
    public LogEntry Unpack(LogEntry entry)
    {
        var read = default(ParsedLine);
        if (!entry.Message.StartsWith('{') || !JsonLine.TryRead(entry.Message, _times, _held, ref read))
        {
            return entry;
        }

        var message = read.Message.ToString();
        return entry with
        {
            Time = entry.Time ?? read.Time,
            Level = read.Level == Proto.EntryLevel.Unspecified ? entry.Level : read.Level,
            Source = entry.Source.Length > 0 ? entry.Source : read.Source.ToString(),
            Message = read.Detail.IsEmpty || message.Contains(read.Detail.ToString(), StringComparison.Ordinal) ? message
                : $"{message}\n{read.Detail}",
        };
    }
}
