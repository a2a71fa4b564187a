namespace FaultMaven.Data.Logs;

/// <summary>A place in a series from which on its level is another, lastingly.</summary>
/// <param name="At">The first value of the new level.</param>
/// <param name="Before">The level before: a mean of counts, a median of values.</param>
/// <param name="After">The level after.</param>
internal readonly record struct ChangePoint(int At, double Before, double After)
{
    private const double MinRateRatio = 4;
    private const double MinLevelRatio = 2;

    /// <summary>Finds where counts became at least four times as high or low; null if they did not, or not for a tenth of the time.</summary>
    public static ChangePoint? OfRate(ReadOnlySpan<int> counts)
    {
        var margin = Math.Max(3, counts.Length / 10);
        if (counts.Length < 2 * margin)
        {
            return null;
        }

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
        return best is { } found && bestGain > 12 && Ratio(found.Before, found.After) >= MinRateRatio && Lasts(counts, found) ? found : null;
    }

    /// <summary>Finds where values became at least twice as high or low; null if they did not.</summary>
    public static ChangePoint? OfLevel(double[] values)
    {
        var best = default(ChangePoint?);
        var bestRatio = MinLevelRatio;
        var margin = Math.Max(8, values.Length / 10);
        for (var i = margin; i <= values.Length - margin; i += Math.Max(1, values.Length / 64))
        {
            var (left, right) = (values[..i], values[i..]);
            Array.Sort(left);
            Array.Sort(right);
            var (before, after) = (left[left.Length / 2], right[right.Length / 2]);
            var apart = after > before ? right[right.Length / 4] > left[left.Length * 3 / 4] : right[right.Length * 3 / 4] < left[left.Length / 4];
            if (apart && Ratio(before, after) >= bestRatio * 1.02)
            {
                bestRatio = Ratio(before, after);
                best = new ChangePoint(i, before, after);
            }
        }

        return best;
    }

    // Of a Poisson process, up to a constant.
    private static double Gain(long count, int bins) => count == 0 ? 0 : count * Math.Log((double)count / bins);

    private static double Ratio(double a, double b) => Math.Max(a, b) / Math.Max(Math.Min(a, b), 1e-3);

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
