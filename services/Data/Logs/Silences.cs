using System.Numerics;

namespace FaultMaven.Data.Logs;

/// <summary>The longest times without an entry, and how long such times usually are.</summary>
internal sealed class Silences
{
    private const int Kept = 3;
    private static readonly TimeSpan s_minLength = TimeSpan.FromSeconds(10);

    // By the power of two of the milliseconds.
    private readonly long[] _histogram = new long[48];
    private readonly List<Silence> _longest = [];

    public long Total { get; private set; }

    public IReadOnlyList<Silence> Longest => _longest;

    /// <summary>Counts a silence; true if it is long enough to be kept.</summary>
    public bool Count(TimeSpan length)
    {
        if (length < TimeSpan.Zero)
        {
            return false;
        }

        Total++;
        _histogram[Math.Min(_histogram.Length - 1, BitOperations.Log2((ulong)(length.Ticks / TimeSpan.TicksPerMillisecond) + 1))]++;
        return length >= s_minLength && (_longest.Count < Kept || _longest[^1].Length < length);
    }

    public void Keep(TimeSpan length, Sighting before, Sighting after)
    {
        _longest.Add(new Silence(length, before, after));
        _longest.Sort((a, b) => b.Length.CompareTo(a.Length));
        if (_longest.Count > Kept)
        {
            _longest.RemoveAt(Kept);
        }
    }

    /// <summary>A length that 99 in 100 do not exceed.</summary>
    public TimeSpan Usual()
    {
        var rest = Total / 100;
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
