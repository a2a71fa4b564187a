namespace FaultMaven.Data.Analysis.Measures;

/// <summary>Robust statistics of a sample or series: a few outliers do not move them.</summary>
internal static class SampleStatistics
{
    public static double Median(IEnumerable<double> values) => Quantile(values, 0.5);

    /// <summary>The median, the upper one of an even number of values. The array is sorted.</summary>
    public static double UpperMedian(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }

    public static double Quantile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? 0 : sorted[(int)Math.Round((sorted.Length - 1) * share)];
    }

    /// <summary>The usual distance from <paramref name="centre"/>: the median absolute deviation, scaled to a standard deviation.</summary>
    public static double Noise(IEnumerable<double> values, double centre) =>
        1.4826 * Median(values.Select(value => Math.Abs(value - centre)));

    /// <summary>
    /// How much neighbours differ: the distance of values from the median of three, which a steady rise leaves at nothing.
    /// </summary>
    public static double LocalNoise(IReadOnlyList<double> values) =>
        2 * Median(Enumerable.Range(1, Math.Max(0, values.Count - 2)).Select(i =>
        Math.Abs(values[i] - Math.Max(Math.Min(values[i - 1], values[i]), Math.Min(Math.Max(values[i - 1], values[i]), values[i + 1])))));

    /// <summary>The longest run of values for which <paramref name="holds"/>: where it begins and how long it is.</summary>
    public static (int Start, int Length) LongestRun(IReadOnlyList<double> values, Func<double, bool> holds)
    {
        var best = (Start: 0, Length: 0);
        var length = 0;
        for (var i = 0; i < values.Count; i++)
        {
            length = holds(values[i]) ? length + 1 : 0;
            if (length > best.Length)
            {
                best = (i - length + 1, length);
            }
        }

        return best;
    }

    /// <summary>
    /// Where two levels explain the values best (least squares), with at least two values before and three after; 0 if there are too few.
    /// </summary>
    public static int ChangePoint(IReadOnlyList<double> values)
    {
        const int Before = 2;
        const int After = 3;
        if (values.Count < Before + After)
        {
            return 0;
        }

        var total = values.Sum();
        var left = 0.0;
        var best = (Index: 0, Gain: double.NegativeInfinity);
        for (var i = 1; i <= values.Count - After; i++)
        {
            left += values[i - 1];
            // What splitting takes off the sum of squares, but for a constant.
            var gain = (left * left / i) + ((total - left) * (total - left) / (values.Count - i));
            if (i >= Before && gain > best.Gain)
            {
                best = (i, gain);
            }
        }

        return best.Index;
    }

    /// <summary>
    /// The share of pairs in which the later value is above the earlier one: 1 if every value after is above every value before.
    /// </summary>
    public static double Separation(IEnumerable<double> before, IReadOnlyList<double> after)
    {
        var sorted = before.Order().ToArray();
        var below = 0L;
        foreach (var value in after)
        {
            var at = Array.BinarySearch(sorted, value);
            below += at < 0 ? ~at : at;
        }

        return (double)below / Math.Max(1, (long)sorted.Length * after.Count);
    }

    /// <summary>The slope per step through <paramref name="values"/>, from the medians of their first and last third.</summary>
    public static double Slope(IReadOnlyList<double> values)
    {
        var third = Math.Max(1, values.Count / 3);
        return (Median(values.Skip(values.Count - third)) - Median(values.Take(third))) / Math.Max(1, values.Count - third);
    }
}
