namespace FaultMaven.Data.Analysis.Logs.Statistics;

/// <summary>A point in a series after which its level is permanently different.</summary>
/// <param name="At">The first value of the new level.</param>
/// <param name="Before">The mean of the counts before.</param>
/// <param name="After">The mean of the counts after.</param>
internal readonly record struct ChangePoint(int At, double Before, double After)
{
    private const double MinRateRatio = 4;
    private const double MinStep = 2.5;

    /// <summary>
    /// Finds where counts became at least four times as high or low; null if they did not, or not for a tenth of the time.
    /// </summary>
    /// <param name="counts">How often something came, over time.</param>
    /// <param name="all">How often anything came, over the same time: what changes with all else is the hour of the day.</param>
    public static ChangePoint? OfRate(ReadOnlySpan<int> counts, ReadOnlySpan<int> all)
    {
        var margin = Math.Max(3, counts.Length / 10);
        if (counts.Length < 2 * margin)
        {
            return null;
        }

        // A burst is not a change of rate.
        counts = Capped(counts);
        var total = 0L;
        foreach (var count in counts)
        {
            total += count;
        }

        var best = default(ChangePoint?);
        var bestGain = 0.0;
        var before = 0L;
        for (var i = 0; i < counts.Length; i++)
        {
            if (i >= margin && i <= counts.Length - margin)
            {
                var (left, right) = ((double)before / i, (double)(total - before) / (counts.Length - i));
                var gain = Gain(before, i) + Gain(total - before, counts.Length - i) - Gain(total, counts.Length);
                if (gain > bestGain)
                {
                    bestGain = gain;
                    best = new ChangePoint(i, left, right);
                }
            }

            before += counts[i];
        }

        // A gain of 12 in log likelihood is far beyond chance; a lasting change shows in the halves of both sides too.
        return best is { } found && bestGain > 12 && Ratio(found.Before, found.After) >= MinRateRatio && Lasts(counts, found)
            && IsStep(counts, found.At) && IsOwn(counts, all, found)
            ? found
            : null;
    }

    private static int[] Capped(ReadOnlySpan<int> counts)
    {
        var sorted = counts.ToArray();
        Array.Sort(sorted);
        var some = sorted.AsSpan(counts.Count(0));
        var cap = some.IsEmpty ? 0 : (3 * some[some.Length / 2]) + 2;
        var capped = counts.ToArray();
        for (var i = 0; i < capped.Length; i++)
        {
            capped[i] = Math.Min(capped[i], cap);
        }

        return capped;
    }

    // Of a Poisson process, up to a constant.
    private static double Gain(long count, int bins) => count == 0 ? 0 : count * Math.Log((double)count / bins);

    private static double Ratio(double a, double b) => Math.Max(a, b) / Math.Max(Math.Min(a, b), 1e-3);

    // A day's rhythm changes slowly, a fault at once.
    private static bool IsStep(ReadOnlySpan<int> counts, int at)
    {
        var width = Math.Max(3, counts.Length / 16);
        return Ratio(Mean(counts[Math.Max(0, at - width)..at]), Mean(counts[at..Math.Min(counts.Length, at + width)])) >= MinStep;
    }

    private static bool IsOwn(ReadOnlySpan<int> counts, ReadOnlySpan<int> all, ChangePoint change)
    {
        var (restBefore, restAfter) = (Mean(all[..change.At]) - change.Before, Mean(all[change.At..]) - change.After);
        return restBefore < change.Before || restAfter < change.After
            || Ratio(change.Before / restBefore, change.After / restAfter) >= MinStep;
    }

    private static double Mean(ReadOnlySpan<int> counts)
    {
        var sum = 0L;
        foreach (var count in counts)
        {
            sum += count;
        }

        return (double)sum / Math.Max(1, counts.Length);
    }

    private static bool Lasts(ReadOnlySpan<int> counts, ChangePoint change)
    {
        var middle = (change.Before + change.After) / 2;
        var (right, wrong) = (0, 0);
        for (var i = 0; i < counts.Length; i++)
        {
            var high = counts[i] > middle;
            var expected = i < change.At ? change.Before > middle : change.After > middle;
            right += high == expected ? 1 : 0;
            wrong += high == expected ? 0 : 1;
        }

        return right >= 4 * wrong;
    }
}
