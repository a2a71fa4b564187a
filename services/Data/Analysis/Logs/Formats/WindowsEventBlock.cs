using FaultMaven.Data.Analysis.Logs.Times;

namespace FaultMaven.Data.Analysis.Logs.Formats;

/// <summary>
/// Reads the events of Windows as its tools print them, a property on a line: <c>Event[0]</c>, <c> Log Name: System</c>, <c> Level:
/// Error</c>, <c> Description:</c> and the text on the lines behind.
/// </summary>
internal sealed class WindowsEventBlock(TimeText times)
{
    private bool _isOpen;
    private bool _isText;

    public DateTimeOffset? Time { get; private set; }

    public Proto.EntryLevel Level { get; private set; }

    public string Source { get; private set; } = "";

    /// <summary>How many characters of a line of text come before the text.</summary>
    public int TextStart { get; private set; }

    public EventBlock.Part Take(ReadOnlySpan<char> line)
    {
        TextStart = 0;
        var trimmed = line.Trim();
        var isNumber = line.StartsWith("Event[", StringComparison.Ordinal);
        if (isNumber || line.StartsWith("Log Name:", StringComparison.Ordinal))
        {
            (_isOpen, _isText, Time, Level, Source) = (true, false, null, Proto.EntryLevel.Unspecified, "");
            return EventBlock.Part.Begin;
        }

        if (!_isOpen)
        {
            return EventBlock.Part.None;
        }

        if (_isText)
        {
            return EventBlock.Part.Text;
        }

        var colon = trimmed.IndexOf(':');
        var name = colon < 0 ? trimmed : trimmed[..colon];
        var value = colon < 0 ? default : trimmed[(colon + 1)..].Trim();
        switch (name)
        {
            case "Source":
                Source = value.ToString();
                break;
            case "Date":
                Time = times.Read(value).Time;
                break;
            case "Level":
                Level = LevelNames.Read(value);
                break;
            case "Description":
                _isText = true;
                TextStart = line.IndexOf(':') + 1;
                return value.IsEmpty ? EventBlock.Part.Property : EventBlock.Part.Text;
            case "Log Name" or "Event ID" or "Task" or "Task Category" or "Opcode" or "Keyword" or "Keywords" or "User" or "User Name"
                or "Computer":
                break;
            default:
                _isOpen = false;
                return EventBlock.Part.None;
        }

        return EventBlock.Part.Property;
    }
}
