namespace FaultMaven.Data.Analysis.Logs.Entries;

/// <summary>Reads the events of a log in any format, mixed ones too, as <see cref="LogEventReader"/> finds them.</summary>
internal static class LogReader
{
    /// <summary>How many characters of an event's message are kept, its trace included.</summary>
    public const int MaxMessageLength = 16_384;

    private const int BlockLength = 16_384;

    /// <summary>Hands over events in the order of the log, without allocating for them.</summary>
    /// <param name="reader">The log.</param>
    /// <param name="reference">Not earlier than the log's last entry; gives times without a year theirs.</param>
    /// <param name="onEvent">Called with every event.</param>
    /// <param name="cancellationToken">Looked at between blocks of the log.</param>
    public static void Read(TextReader reader, DateTimeOffset reference, LogEventAction onEvent, CancellationToken cancellationToken)
    {
        var events = new LogEventReader(reference, onEvent);
        Read(reader, events, cancellationToken);
        events.Complete();
    }

    /// <summary>Hands a log over to a reader of events, which may get more of it.</summary>
    public static void Read(TextReader reader, LogEventReader events, CancellationToken cancellationToken)
    {
        var block = new char[BlockLength];
        for (int length; (length = reader.Read(block)) > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            events.Append(block.AsSpan(0, length));
        }
    }

    /// <summary>Reads events in the order of the log, to be kept.</summary>
    /// <param name="reader">The log.</param>
    /// <param name="reference">Not earlier than the log's last entry; gives times without a year theirs.</param>
    public static IEnumerable<LogEntry> Read(TextReader reader, DateTimeOffset reference) => Read(reader, reference, near: null);

    /// <summary>Reads events in the order of the log, to be kept.</summary>
    /// <param name="reader">The log.</param>
    /// <param name="reference">Not earlier than the log's last entry; gives times without a year theirs.</param>
    /// <param name="near">A time near the log's, if one is known from what is around it; null if not.</param>
    public static IEnumerable<LogEntry> Read(TextReader reader, DateTimeOffset reference, DateTimeOffset? near)
    {
        var ready = new List<LogEntry>();
        var events = new LogEventReader(reference, (in logged) => ready.Add(logged.ToEntry()), near);
        var block = new char[BlockLength];
        for (int length; (length = reader.Read(block)) > 0;)
        {
            events.Append(block.AsSpan(0, length));
            foreach (var entry in ready)
            {
                yield return entry;
            }

            ready.Clear();
        }

        events.Complete();
        foreach (var entry in ready)
        {
            yield return entry;
        }
    }
}
