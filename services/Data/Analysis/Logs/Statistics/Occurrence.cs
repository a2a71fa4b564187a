using FaultMaven.Data.Analysis.Logs.Entries;
using FaultMaven.Data.Analysis.Logs.Symptoms;

namespace FaultMaven.Data.Analysis.Logs.Statistics;

/// <summary>An entry that a signal cites.</summary>
/// <param name="Order">Which entry of the log it is, from 0.</param>
/// <param name="StartLine">Its first line.</param>
/// <param name="EndLine">Its last line.</param>
/// <param name="Time">When it happened, if it says so.</param>
/// <param name="Level">Its level.</param>
/// <param name="Quote">Its first line, without the header, and the line that has the failure if that is another one.</param>
internal sealed record Occurrence(int Order, int StartLine, int EndLine, DateTimeOffset? Time, Proto.EntryLevel Level, string Quote)
{
    // A trace is cited with its first lines: the causes are among them.
    private const int MaxLines = 40;
    /// <summary>How many characters are quoted at most.</summary>
    public const int MaxQuoteLength = 400;

    /// <summary>Cites an entry of which only its presence matters.</summary>
    public static Occurrence Of(int order, in LogEvent entry, Proto.EntryLevel level) => new(
        order, entry.StartLine, LastLine(in entry), entry.Time, level, Cut(entry.Message, MaxQuoteLength).ToString());

    /// <summary>Cites an entry with what it amounts to.</summary>
    public static Occurrence Of(int order, in LogEvent entry, EntryVerdict verdict)
    {
        var plain = Of(order, in entry, verdict.Level);
        var telling = Telling(in entry, verdict);
        return telling.IsEmpty ? plain
            : plain with { Quote = $"{Cut(plain.Quote, MaxQuoteLength / 2)}: {Cut(telling, MaxQuoteLength / 2)}" };
    }

    // {"msg": "quote failed", "err": "x509: certificate has expired"} is an entry of two lines of text, the second of which has the
    // failure.
    private static ReadOnlySpan<char> Telling(in LogEvent entry, EntryVerdict verdict)
    {
        var end = entry.Message.IndexOf('\n');
        if (end < 0 || (verdict.Kind is null && verdict.Level < Proto.EntryLevel.Error))
        {
            return default;
        }

        if (verdict.Kind is null)
        {
            var second = entry.Message[(end + 1)..];
            return entry.StartLine == entry.EndLine && !second.StartsWith("at ", StringComparison.Ordinal) && !char.IsWhiteSpace(second[0])
                ? Line(second) : default;
        }

        if (SymptomRecognizer.Recognize(entry.Message[..end]) == verdict.Kind)
        {
            return default;
        }

        var rest = entry.Message[(end + 1)..];
        for (var i = 0; i < MaxLines && !rest.IsEmpty; i++)
        {
            var line = Line(rest);
            if (SymptomRecognizer.Recognize(line) == verdict.Kind)
            {
                return line.Trim();
            }

            rest = rest[Math.Min(line.Length + 1, rest.Length)..];
        }

        return default;
    }

    private static ReadOnlySpan<char> Line(ReadOnlySpan<char> text)
    {
        var end = text.IndexOf('\n');
        return end < 0 ? text : text[..end];
    }

    /// <summary>The last line that is cited of an entry.</summary>
    public static int LastLine(in LogEvent entry) => Math.Min(entry.EndLine, entry.StartLine + MaxLines);

    /// <summary>What is quoted of an entry of which only its presence matters.</summary>
    public static ReadOnlySpan<char> QuoteOf(ReadOnlySpan<char> message) => Cut(message, MaxQuoteLength);

    private static ReadOnlySpan<char> Cut(ReadOnlySpan<char> text, int max)
    {
        var line = Line(text);
        var length = Math.Min(line.Length, max);
        return length > 0 && length < line.Length && char.IsHighSurrogate(line[length - 1]) ? line[..(length - 1)] : line[..length];
    }
}
