namespace FaultMaven.Data.Logs;

/// <summary>An entry that a signal cites.</summary>
/// <param name="Order">Which entry of the log it is, from 0.</param>
/// <param name="StartLine">Its first line.</param>
/// <param name="EndLine">Its last line.</param>
/// <param name="Time">When it happened, if it says so.</param>
/// <param name="Level">How grave it is.</param>
/// <param name="Quote">Its first line, without the header.</param>
internal sealed record Sighting(int Order, int StartLine, int EndLine, DateTimeOffset? Time, LogLevel Level, string Quote)
{
    // A trace is cited with its first lines: the causes are among them.
    private const int MaxLines = 40;
    private const int MaxQuoteLength = 400;

    public static Sighting Of(int order, LogEntry entry, LogLevel level)
    {
        var end = entry.Message.IndexOf('\n');
        var length = Math.Min(end < 0 ? entry.Message.Length : end, MaxQuoteLength);
        if (length > 0 && length < entry.Message.Length && char.IsHighSurrogate(entry.Message[length - 1]))
        {
            length--;
        }

        return new Sighting(order, entry.StartLine, Math.Min(entry.EndLine, entry.StartLine + MaxLines), entry.Time, level, entry.Message[..length]);
    }
}
