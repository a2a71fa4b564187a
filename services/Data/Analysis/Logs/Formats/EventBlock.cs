using FaultMaven.Data.Analysis.Logs.Times;

namespace FaultMaven.Data.Analysis.Logs.Formats;

/// <summary>Reads events that have a property on each line, in the forms that Windows and the journal of systemd print.</summary>
internal sealed class EventBlock(TimeText times)
{
    private readonly WindowsEventBlock _windows = new(times);
    private readonly JournalBlock _journal = new();
    private bool _isJournal;

    /// <summary>What a line is to the block.</summary>
    internal enum Part
    {
        /// <summary>Nothing: it is read as any other line.</summary>
        None,

        /// <summary>The first line of an event.</summary>
        Begin,

        /// <summary>A property of the event, taken.</summary>
        Property,

        /// <summary>A line of the event's text.</summary>
        Text,
    }

    public DateTimeOffset? Time => _isJournal ? _journal.Time : _windows.Time;

    public Proto.EntryLevel Level => _isJournal ? _journal.Level : _windows.Level;

    public string Source => _isJournal ? _journal.Source : _windows.Source;

    /// <summary>The machine, where the block says so.</summary>
    public string Host => _isJournal ? _journal.Host : "";

    /// <summary>How many characters of a line of text come before the text.</summary>
    public int TextStart => _isJournal ? _journal.TextStart : _windows.TextStart;

    public Part Take(ReadOnlySpan<char> line)
    {
        var part = _journal.Take(line);
        _isJournal = part != Part.None;
        return _isJournal ? part : _windows.Take(line);
    }
}
