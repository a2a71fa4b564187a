namespace FaultMaven.Data.Analysis.Logs.Statistics;

/// <summary>Finds stretches of bins with much more in them than bins near them and bins elsewhere usually hold.</summary>
internal static class ErrorBursts
{
    private const int Least = 5;

    // Bins near a bin, on both sides, that say what is usual there; those next to it may belong to a burst themselves.
    private const int Far = 24;
    private const int Near = 3;

    /// <summary>The first and last bin of every burst, in order.</summary>
    public static List<(int Start, int End)> Find(ReadOnlySpan<int> counts)
    {
        var usual = Trimmed(counts);
        var bursts = new List<(int Start, int End)>();
        for (var i = 0; i < counts.Length; i++)
        {
            // Bins may be narrow: three of them together count as one.
            var limit = Limit(3 * Math.Max(usual, Around(counts, i)));
            var dense = 3 * counts[i] >= limit
                && counts[i] + (i > 0 ? counts[i - 1] : 0) + (i + 1 < counts.Length ? counts[i + 1] : 0) >= limit;
            if (dense && bursts.Count > 0 && i - bursts[^1].End <= 3)
            {
                bursts[^1] = (bursts[^1].Start, i);
            }
            else if (dense)
            {
                bursts.Add((i, i));
            }
        }

        // Errors all along are not a burst.
        var used = counts.Length;
        bursts.RemoveAll(burst => (burst.End - burst.Start + 1) * 2 > used && used > 4);
        return bursts;
    }

    // Far beyond what chance makes of errors that come independently, and at least two and a half times as much.
    private static double Limit(double expected) =>
        Math.Max(Least, expected == 0 ? 0 : Math.Max(2.5 * expected, expected + (5 * Math.Sqrt(expected)) + 4));

    // The mean without the fullest tenth: a burst does not make itself usual.
    private static double Trimmed(ReadOnlySpan<int> counts)
    {
        var sorted = counts.ToArray();
        Array.Sort(sorted);
        var kept = sorted.AsSpan(0, Math.Max(1, sorted.Length * 9 / 10));
        var sum = 0L;
        foreach (var count in kept)
        {
            sum += count;
        }

        return (double)sum / kept.Length;
    }

    private static double Around(ReadOnlySpan<int> counts, int at)
    {
        Span<int> near = stackalloc int[2 * Far];
        var found = 0;
        for (var i = Math.Max(0, at - Far); i < Math.Min(counts.Length, at + Far + 1); i++)
        {
            if (Math.Abs(i - at) > Near && found < near.Length)
            {
                near[found++] = counts[i];
            }
        }

        near = near[..found];
        near.Sort();
        return found == 0 ? 0 : near[found / 2];
    }
}
