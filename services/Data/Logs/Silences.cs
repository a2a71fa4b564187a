namespace FaultMaven.Data.Logs;

/// <summary>The longest times without an entry, and how long such times usually are.</summary>
internal sealed class Silences
{
    private const int Kept = 3;

    // By the power of two of the milliseconds.
    private readonly long[] _histogram = new long[48];
    private readonly List<Silence> _longest = [];

    public long Count { get; private set; }

    public IReadOnlyList<Silence> Longest => _longest;

    public void Add(TimeSpan length, LogEntry before, Sighting after, int order)
    {
        if (length < TimeSpan.Zero)
        {
            return;
        }

        Count++;
        _histogram[Math.Min(_histogram.Length - 1, (int)Math.Log2(length.TotalMilliseconds + 1))]++;
        if (length < TimeSpan.FromSeconds(10) || (_longest.Count == Kept && _longest[^1].Length >= length))
        {
            return;
        }

        _longest.Add(new Silence(length, Sighting.Of(order - 1, before, before.Level), after));
        _longest.Sort((a, b) => b.Length.CompareTo(a.Length));
        if (_longest.Count > Kept)
        {
            _longest.RemoveAt(Kept);
        }
    }

    /// <summary>A length that 99 in 100 do not exceed.</summary>
    public TimeSpan Usual()
    {
        var rest = Count / 100;
        for (var i = _histogram.Length - 1; i >= 0; i--)
        {
            if (_histogram[i] > rest)
            {
                return TimeSpan.FromMilliseconds(Math.Pow(2, i + 1));
            }

            rest -= _histogram[i];
        }

        return TimeSpan.Zero;
    }
}

/// <summary>A time without an entry.</summary>
internal sealed record Silence(TimeSpan Length, Sighting Before, Sighting After);
