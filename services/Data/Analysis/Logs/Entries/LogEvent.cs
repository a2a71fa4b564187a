namespace FaultMaven.Data.Analysis.Logs.Entries;

/// <summary>
/// An event of a log while it is read: like <see cref="LogEntry"/>, but its text is valid only during the call that hands it over.
/// </summary>
internal readonly ref struct LogEvent
{
    public int StartLine { get; init; }

    public int EndLine { get; init; }

    public DateTimeOffset? Time { get; init; }

    public Proto.EntryLevel Level { get; init; }

    public string Source { get; init; }

    public string Host { get; init; }

    /// <summary>What it says, without time, level and source; further lines behind line feeds.</summary>
    public ReadOnlySpan<char> Message { get; init; }

    /// <summary>The first line of what it says.</summary>
    public ReadOnlySpan<char> FirstLine
    {
        get
        {
            var end = Message.IndexOf('\n');
            return end < 0 ? Message : Message[..end];
        }
    }

    public static LogEvent Of(LogEntry entry) => new()
    {
        StartLine = entry.StartLine,
        EndLine = entry.EndLine,
        Time = entry.Time,
        Level = entry.Level,
        Source = entry.Source,
        Host = entry.Host,
        Message = entry.Message,
    };

    public LogEntry ToEntry() => new(StartLine, EndLine, Time, Level, Source, Message.ToString()) { Host = Host };
}

/// <summary>Takes an event.</summary>
internal delegate void LogEventAction(in LogEvent logged);
