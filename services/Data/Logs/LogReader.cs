using System.Text;

namespace FaultMaven.Data.Logs;

/// <summary>
/// Reads the events of a log in any format, mixed ones too. The lines of a stack trace belong to the event that they follow. Streams: memory
/// does not grow with the log. Never fails on what it reads.
/// </summary>
internal static class LogReader
{
    /// <summary>How many characters of an event's message are kept, its trace included.</summary>
    public const int MaxMessageLength = 16_384;

    // A log that turns into something without headers is not one endless event.
    private const int MaxContinuationLines = 200;

    /// <summary>Reads events in the order of the log.</summary>
    /// <param name="reader">The log.</param>
    /// <param name="reference">
    /// Not earlier than the log's last entry, such as the time of its upload: a time without a year is the last such date not after it.
    /// </param>
    public static IEnumerable<LogEntry> Read(TextReader reader, DateTimeOffset reference)
    {
        var sample = new List<string>();
        var number = 0;
        var open = default(OpenEntry);
        using var lines = BoundedLines.Read(reader).GetEnumerator();
        while (sample.Count < LineParser.SampleLines && lines.MoveNext())
        {
            sample.Add(lines.Current);
        }

        var parser = LineParser.Learn(sample, reference);
        foreach (var line in sample.Concat(Rest(lines)))
        {
            number++;
            if (line.AsSpan().IsWhiteSpace())
            {
                continue;
            }

            var next = OpenEntry.Of(number, parser.Parse(line), out var isEvent);
            if (open is not null && open.Takes(line, isEvent, MaxContinuationLines))
            {
                open.Add(number, line);
                continue;
            }

            if (open is not null)
            {
                yield return open.Close();
            }

            open = next;
        }

        if (open is not null)
        {
            yield return open.Close();
        }
    }

    private static IEnumerable<string> Rest(IEnumerator<string> lines)
    {
        while (lines.MoveNext())
        {
            yield return lines.Current;
        }
    }

    /// <summary>An event whose last line is not known yet.</summary>
    private sealed class OpenEntry(int startLine, DateTimeOffset? time, LogLevel level, string source, string host, string message)
    {
        private readonly StringBuilder _message = new(message);
        private int _added;

        public static OpenEntry Of(int line, ParsedLine parsed, out bool isEvent)
        {
            isEvent = parsed.IsEvent;
            var message = Cut(parsed.Message).Trim().ToString();
            var detail = parsed.Detail.IsEmpty || parsed.Message.Contains(parsed.Detail, StringComparison.Ordinal) ? "" : $"\n{Cut(parsed.Detail).Trim()}";
            return new OpenEntry(line, parsed.Time, parsed.Level, parsed.Source.Length > 128 ? "" : parsed.Source.ToString(), parsed.Source is "kernel" && parsed.Host.Length <= 128 ? parsed.Host.ToString() : "",
                message + detail);
        }

        /// <summary>True if a line belongs to this event.</summary>
        public bool Takes(string next, bool isEvent, int maxLines) => isEvent
            ? _message.Length > 0 && _added > 0 && Continuation.EndsTrace(_message.ToString(), next)
            : _added < maxLines || Continuation.IsLikely(next);

        public void Add(int number, string next)
        {
            _added = number - startLine;
            if (_message.Length == 0)
            {
                _message.Append(Cut(next).Trim());
            }
            else if (_message.Length < MaxMessageLength)
            {
                var room = Math.Min(next.Length, MaxMessageLength - _message.Length);
                _message.Append('\n').Append(next.AsSpan(0, room).TrimEnd());
            }
        }

        public LogEntry Close() => new(startLine, startLine + _added, time, level, source, _message.ToString()) { Host = host };

        private static ReadOnlySpan<char> Cut(ReadOnlySpan<char> text) => text.Length > MaxMessageLength ? text[..MaxMessageLength] : text;
    }
}
