using FaultMaven.Data.Analysis.Logs.Entries;

namespace FaultMaven.Data.Analysis.Logs.Statistics;

/// <summary>The last of many entries, noted without allocating for each of them.</summary>
internal sealed class LatestOccurrence
{
    private Occurrence? _kept;
    private char[] _quote = [];
    private int _length;
    private int _startLine;
    private int _endLine;

    /// <summary>Nothing is noted yet.</summary>
    public LatestOccurrence()
    {
    }

    public LatestOccurrence(Occurrence first) => Set(first);

    /// <summary>Which entry of the log it is, from 0; -1 if nothing is noted.</summary>
    public int Order { get; private set; } = -1;

    public DateTimeOffset? Time { get; private set; }

    public Proto.EntryLevel Level { get; private set; }

    /// <summary>Notes an entry of which only its presence matters.</summary>
    public void Set(int order, in LogEvent entry, Proto.EntryLevel level)
    {
        _kept = null;
        (Order, Time, Level) = (order, entry.Time, level);
        (_startLine, _endLine) = (entry.StartLine, Occurrence.LastLine(in entry));
        SetQuote(Occurrence.QuoteOf(entry.Message));
    }

    public void Set(Occurrence occurrence)
    {
        _kept = occurrence;
        (Order, Time, Level) = (occurrence.Order, occurrence.Time, occurrence.Level);
    }

    public void Set(LatestOccurrence other)
    {
        _kept = other._kept;
        (Order, Time, Level) = (other.Order, other.Time, other.Level);
        (_startLine, _endLine) = (other._startLine, other._endLine);
        if (_kept is null)
        {
            SetQuote(other._quote.AsSpan(0, other._length));
        }
    }

    /// <summary>The entry, to be cited.</summary>
    public Occurrence Keep() => _kept ??= new Occurrence(Order, _startLine, _endLine, Time, Level, _quote.AsSpan(0, _length).ToString());

    private void SetQuote(ReadOnlySpan<char> quote)
    {
        if (_quote.Length < quote.Length)
        {
            _quote = new char[Math.Min(Occurrence.MaxQuoteLength, Math.Max(quote.Length, 64) * 2)];
        }

        quote.CopyTo(_quote);
        _length = quote.Length;
    }
}
