namespace FaultMaven.Data.Analysis.Logs.Statistics;

/// <summary>
/// Counts over time in a fixed number of bins, for a span not known beforehand: when a time lies outside, neighbouring bins are joined and
/// their width doubles. Bins of equal origin have widths that are multiples of each other.
/// </summary>
/// <param name="origin">Where the first bin starts; earlier times count in it.</param>
/// <param name="keepsSightings">True if the first and last entry of every bin are kept, to be cited.</param>
internal sealed class AdaptiveBins(DateTimeOffset origin, bool keepsSightings)
{
    public const int Count = 256;

    private readonly int[] _counts = new int[Count];
    private readonly Occurrence?[] _first = keepsSightings ? new Occurrence?[Count] : [];
    private readonly Occurrence?[] _last = keepsSightings ? new Occurrence?[Count] : [];

    public TimeSpan Width { get; private set; } = TimeSpan.FromSeconds(1);

    /// <summary>Where the first bin starts.</summary>
    public DateTimeOffset Origin => origin;

    public ReadOnlySpan<int> Counts => _counts;

    public Occurrence? FirstIn(int bin) => _first[bin];

    public Occurrence? LastIn(int bin) => _last[bin];

    public DateTimeOffset StartOf(int bin) => origin + (bin * Width);

    public void Add(DateTimeOffset time, Occurrence? occurrence = null)
    {
        FitTo(time);
        var bin = (int)(Math.Max(0, time.UtcTicks - origin.UtcTicks) / Width.Ticks);
        _counts[bin]++;
        if (keepsSightings)
        {
            _first[bin] ??= occurrence;
            _last[bin] = occurrence;
        }
    }

    /// <summary>Widens the bins until <paramref name="time"/> is among them.</summary>
    public void FitTo(DateTimeOffset time)
    {
        while (time.UtcTicks - origin.UtcTicks >= Count * Width.Ticks)
        {
            for (var i = 0; i < Count / 2; i++)
            {
                _counts[i] = _counts[2 * i] + _counts[(2 * i) + 1];
                if (keepsSightings)
                {
                    _first[i] = _first[2 * i] ?? _first[(2 * i) + 1];
                    _last[i] = _last[(2 * i) + 1] ?? _last[2 * i];
                }
            }

            _counts.AsSpan(Count / 2).Clear();
            _first.AsSpan(_first.Length / 2).Clear();
            _last.AsSpan(_last.Length / 2).Clear();
            Width *= 2;
        }
    }
}
