namespace FaultMaven.Data.Analysis.Logs.Statistics;

/// <summary>The times without an entry that were the longest by what was usual just before them.</summary>
internal sealed class LogGaps
{
    private const int Kept = 8;

    // Over how many entries what is usual is learned, and after how many it is known.
    private const int Memory = 200;
    private const int Learned = 20;

    // Of times that come by chance the longest are alike; a silence is longer than the fourth by this.
    private const int Rank = 3;
    private const double MinLead = 4;
    private const double MinRatio = 5;

    private readonly List<Silence> _longest = [];
    private double _usual;
    private double _ratio;

    public long Total { get; private set; }

    /// <summary>Counts a time without an entry; true if it is to be kept.</summary>
    public bool Count(TimeSpan length)
    {
        if (length < TimeSpan.Zero)
        {
            return false;
        }

        Total++;
        var seconds = length.TotalSeconds;
        _ratio = Total > Learned ? seconds / Math.Max(_usual, 1e-3) : 0;
        _usual += ((Total > Learned ? Math.Min(seconds, 10 * Math.Max(_usual, 1e-3)) : seconds) - _usual) / Math.Min(Total, Memory);
        return _ratio > 1 && (_longest.Count < Kept || _longest[^1].Ratio < _ratio);
    }

    /// <summary>Keeps the time counted last.</summary>
    public void Keep(TimeSpan length, Occurrence before, Occurrence after)
    {
        _longest.Add(new Silence(length, _ratio, before, after));
        _longest.Sort((a, b) => b.Ratio.CompareTo(a.Ratio));
        if (_longest.Count > Kept)
        {
            _longest.RemoveAt(Kept);
        }
    }

    /// <summary>Those that chance does not explain, the longest first; at most three.</summary>
    public IEnumerable<Silence> Unusual(TimeSpan minLength)
    {
        // Where entries come like clockwork, few times are longer than usual at all.
        var limit = Math.Max(MinRatio, _longest.Count > Rank ? MinLead * _longest[Rank].Ratio : 0);
        return _longest.Take(Rank).Where(silence => silence.Ratio >= limit && silence.Length >= minLength)
            .OrderByDescending(silence => silence.Length);
    }
}

/// <summary>A time without an entry.</summary>
/// <param name="Length">How long it is.</param>
/// <param name="Ratio">How many times as long as the times between entries before it.</param>
/// <param name="Before">The entry before it.</param>
/// <param name="After">The entry after it.</param>
internal sealed record Silence(TimeSpan Length, double Ratio, Occurrence Before, Occurrence After);
