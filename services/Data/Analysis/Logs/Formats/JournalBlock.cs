using System.Buffers;
using System.Globalization;

namespace FaultMaven.Data.Analysis.Logs.Formats;

/// <summary>
/// Reads the entries of <c>journalctl -o export</c>, a field on a line: <c>__CURSOR=…</c> first,
/// <c>__REALTIME_TIMESTAMP=1773316801123456</c>, <c>PRIORITY=3</c>, <c>MESSAGE=no route</c>. A field of several lines is its name alone,
/// then eight bytes that tell its length, then the lines.
/// </summary>
internal sealed class JournalBlock
{
    private static readonly SearchValues<char> s_names = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    private const string First = "__CURSOR=";
    private const string Message = "MESSAGE";

    // The length in eight bytes, of which most are zero; decoding may have made other signs of them.
    private const int LengthBytes = 8;

    private bool _isOpen;
    private bool _isBinary;
    private bool _isText;
    private bool _isNamed;

    public DateTimeOffset? Time { get; private set; }

    public Proto.EntryLevel Level { get; private set; }

    public string Source { get; private set; } = "";

    public string Host { get; private set; } = "";

    /// <summary>How many characters of a line of text come before the text.</summary>
    public int TextStart { get; private set; }

    public EventBlock.Part Take(ReadOnlySpan<char> line)
    {
        TextStart = 0;
        if (line.StartsWith(First, StringComparison.Ordinal))
        {
            (_isOpen, _isBinary, _isText, _isNamed, Time, Level, Source, Host) =
                (true, false, false, false, null, Proto.EntryLevel.Unspecified, "", "");
            return EventBlock.Part.Begin;
        }

        if (!_isOpen)
        {
            return EventBlock.Part.None;
        }

        var equals = line[..Math.Min(line.Length, 80)].IndexOf('=');
        var name = equals < 0 ? line : line[..equals];
        if (_isBinary && !_isNamed)
        {
            _isNamed = true;
            TextStart = Math.Min(LengthBytes, line.Length);
            return _isText ? EventBlock.Part.Text : EventBlock.Part.Property;
        }

        if (name.IsEmpty || name.ContainsAnyExcept(s_names) || (_isBinary && equals < 0 && name is not Message))
        {
            // Another line of a field of several.
            _isOpen = _isBinary;
            return _isBinary ? _isText ? EventBlock.Part.Text : EventBlock.Part.Property : EventBlock.Part.None;
        }

        _isBinary = equals < 0;
        _isNamed = false;
        _isText = name is Message;
        if (equals >= 0)
        {
            TakeField(name, line[(equals + 1)..]);
        }

        TextStart = equals + 1;
        return _isText && equals >= 0 ? EventBlock.Part.Text : EventBlock.Part.Property;
    }

    private void TakeField(ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        switch (name)
        {
            case "__REALTIME_TIMESTAMP" when Time is null && Microseconds(value) is { } received:
                Time = received;
                break;
            case "_SOURCE_REALTIME_TIMESTAMP" when Microseconds(value) is { } sent:
                Time = sent;
                break;
            case "PRIORITY" when value.Length == 1 && char.IsBetween(value[0], '0', '7'):
                Level = LevelNames.OfSeverity(value[0] - '0');
                break;
            case "SYSLOG_IDENTIFIER":
                Source = value.ToString();
                break;
            case "_COMM" or "_SYSTEMD_UNIT" when Source.Length == 0:
                Source = value.ToString();
                break;
            case "_HOSTNAME":
                Host = value.ToString();
                break;
        }
    }

    private static DateTimeOffset? Microseconds(ReadOnlySpan<char> value) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds)
            && microseconds < 253_402_300_800_000_000
            ? DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond)
            : null;
}
