using FaultMaven.Data.Analysis.Logs.Formats;
using FaultMaven.Data.Analysis.Logs.Times;

namespace FaultMaven.Data.Analysis.Logs.Entries;

/// <summary>
/// Finds the events in the text of a log, which comes in pieces cut anywhere. The lines of a stack trace belong to the event that they
/// follow. Memory does not grow with the log, and nothing is allocated for a line. Never fails on what it reads. Not safe for use by
/// several threads.
/// </summary>
internal sealed class LogEventReader
{
    // A log that turns into something without headers is not one endless event.
    private const int MaxContinuationLines = 200;
    private const int MaxNameLength = 128;

    private readonly LogEventAction _onEvent;
    private readonly LineSplitter _lines;
    private readonly NameCache _names = new();
    private readonly ParsedLines _parsed;
    private readonly EventBlock _block;
    private int _number;
    private bool _isCut;

    // The event whose last line is not known yet.
    private readonly char[] _message = new char[2 * LogReader.MaxMessageLength];
    private int _length;
    private int _startLine;
    private int _added;
    private DateTimeOffset? _time;
    private Proto.EntryLevel _level;
    private string _source = "";
    private string _host = "";
    private string _container = "";

    /// <param name="reference">
    /// Not earlier than the log's last entry, such as the time of its upload: a time without a year is the last such date not after it.
    /// </param>
    /// <param name="onEvent">Called with every event, in the order of the log.</param>
    /// <param name="near">
    /// A time near the log's, if one is known from what is around it: a time without a year is of the year that brings it nearest.
    /// </param>
    public LogEventReader(DateTimeOffset reference, LogEventAction onEvent, DateTimeOffset? near = null)
    {
        _onEvent = onEvent;
        _parsed = new ParsedLines(reference, near, Take);
        _lines = new LineSplitter(_parsed.Take);
        _block = new EventBlock(new TimeText(reference));
    }

    public void Append(ReadOnlySpan<char> text) => _lines.Append(text);

    /// <summary>Ends the log.</summary>
    public void Complete()
    {
        _lines.Complete();
        _parsed.Release();
        Close();
    }

    private void Take(ReadOnlySpan<char> line, scoped in ParsedLine parsed)
    {
        _number++;
        if (line.IsWhiteSpace())
        {
            return;
        }

        if (TakeBlock(line))
        {
            return;
        }

        if (parsed.IsDirective)
        {
            return;
        }

        if (_startLine > 0 && _isCut)
        {
            Continue(parsed.Text, "");
        }
        else if (_startLine > 0 && BelongsToOpen(in parsed))
        {
            Continue(parsed.Text, "\n");
        }
        else
        {
            Close();
            Open(in parsed);
        }

        _isCut = parsed.IsCut;
    }

    // An event of a property on a line.
    private bool TakeBlock(ReadOnlySpan<char> line)
    {
        switch (_block.Take(line))
        {
            case EventBlock.Part.Begin:
                Close();
                Open(default);
                return true;
            case EventBlock.Part.Property:
                (_time, _level, _source, _host) = (_block.Time, _block.Level, _block.Source, _block.Source is "kernel" ? _block.Host : "");
                _added = _number - _startLine;
                return true;
            case EventBlock.Part.Text:
                Continue(line[_block.TextStart..], "\n");
                return true;
            default:
                return false;
        }
    }

    // Compose mixes the lines of several containers.
    private bool BelongsToOpen(in ParsedLine parsed) => !parsed.Container.SequenceEqual(_container) ? false : parsed.IsEvent
        ? _length > 0 && parsed.Message.Length == parsed.Text.Length
            && (MultilineJoiner.GoesOn(_message.AsSpan(0, _length), parsed.Text) || ExplainsOpen(parsed.Text))
        : _added < MaxContinuationLines || MultilineJoiner.IsLikely(parsed.Text);

    // "ERROR cannot serve", and below it what the program died of.
    private bool ExplainsOpen(ReadOnlySpan<char> line) =>
        _added == 0 && _level >= Proto.EntryLevel.Error && MultilineJoiner.BeginsCrash(line);

    private void Open(in ParsedLine parsed)
    {
        _startLine = _number;
        _added = 0;
        _time = parsed.Time;
        _level = parsed.Level;
        _source = parsed.Source.Length > MaxNameLength ? "" : _names.Of(parsed.Source);
        _host = parsed.Source is "kernel" && parsed.Host.Length <= MaxNameLength ? _names.Of(parsed.Host) : "";
        _container = parsed.Container.Length > MaxNameLength ? "" : _names.Of(parsed.Container);
        _length = 0;
        Append(Cut(parsed.Message).Trim(), _message.Length);
        if (!parsed.Detail.IsEmpty && !parsed.Message.Contains(parsed.Detail, StringComparison.Ordinal))
        {
            _message[_length++] = '\n';
            Append(Cut(parsed.Detail).Trim(), _message.Length - 1);
        }
    }

    private void Continue(ReadOnlySpan<char> line, ReadOnlySpan<char> between)
    {
        _added = _number - _startLine;
        if (_length == 0)
        {
            Append(Cut(line).Trim(), _message.Length);
        }
        else if (_length < LogReader.MaxMessageLength)
        {
            Append(between, _message.Length);
            Append(line[..Math.Min(line.Length, LogReader.MaxMessageLength - _length + 1)].TrimEnd(), _message.Length);
        }
    }

    private void Append(ReadOnlySpan<char> text, int limit)
    {
        text = text[..Math.Min(text.Length, limit - _length)];
        text.CopyTo(_message.AsSpan(_length));
        _length += text.Length;
    }

    private void Close()
    {
        if (_startLine == 0)
        {
            return;
        }

        _onEvent(new LogEvent
        {
            StartLine = _startLine,
            EndLine = _startLine + _added,
            Time = _time,
            Level = _level,
            Source = _source,
            Host = _host,
            Message = _message.AsSpan(0, _length),
        });
        _startLine = 0;
    }

    private static ReadOnlySpan<char> Cut(ReadOnlySpan<char> text) => text.Length > LogReader.MaxMessageLength
        ? text[..LogReader.MaxMessageLength] : text;
}
