using FaultMaven.Data.Analysis.Measures;

namespace FaultMaven.Data.Analysis.Logs.Statistics;

/// <summary>A stretch of values that are at least twice as high or low as the others, by more than chance.</summary>
/// <param name="Start">The first value of the stretch.</param>
/// <param name="End">Behind its last; the number of values if it lasts.</param>
/// <param name="Before">The median of the others.</param>
/// <param name="After">The median of the stretch.</param>
internal readonly record struct LevelShift(int Start, int End, double Before, double After)
{
    private const double MinRatio = 2;
    private const int MinLength = 8;
    private const int Steps = 64;

    // Of the rank sum test. More stretches are tried than ends, so they must be plainer.
    private const double MinScoreOfEnd = 4.3;
    private const double MinScoreOfStretch = 5.5;

    /// <summary>
    /// Finds the plainest stretch, in the order of time; null if there is none. A stretch is less than half of the values, or their end.
    /// </summary>
    public static LevelShift? Find(ReadOnlySpan<double> values)
    {
        var ranks = RankSums(values);
        var step = Math.Max(1, values.Length / Steps);
        var (best, start, end) = (0.0, 0, 0);
        for (var i = step; i + MinLength <= values.Length; i += step)
        {
            for (var j = i + Math.Max(step, MinLength); j <= values.Length; j = j == values.Length ? j + 1
                : Math.Min(j + step, values.Length))
            {
                var isEnd = j == values.Length;
                if (i + (values.Length - j) < MinLength || (!isEnd && 2 * (j - i) > values.Length))
                {
                    continue;
                }

                var score = Math.Abs(Score(ranks, i, j)) - (isEnd ? MinScoreOfEnd : MinScoreOfStretch);
                if (score > best)
                {
                    (best, start, end) = (score, i, j);
                }
            }
        }

        if (best <= 0)
        {
            return null;
        }

        (start, end) = Refine(ranks, start, end, step);
        var after = SampleStatistics.UpperMedian(values[start..end].ToArray());
        var before = SampleStatistics.UpperMedian([.. values[..start], .. values[end..]]);
        return Math.Max(before, after) >= MinRatio * Math.Max(Math.Min(before, after), 1e-3) ? new LevelShift(start, end, before, after)
            : null;
    }

    // The ends to the value, where the search went by steps.
    private static (int Start, int End) Refine(double[] ranks, int start, int end, int step)
    {
        var (bestStart, bestEnd, best) = (start, end, Math.Abs(Score(ranks, start, end)));
        var lastEnd = end == ranks.Length - 1 ? end : Math.Min(ranks.Length - 1, end + step);
        for (var i = Math.Max(1, start - step); i <= start + step; i++)
        {
            for (var j = end == ranks.Length - 1 ? end : end - step; j <= lastEnd; j++)
            {
                if (j - i >= MinLength && Math.Abs(Score(ranks, i, j)) is var score && score > best)
                {
                    (bestStart, bestEnd, best) = (i, j, score);
                }
            }
        }

        return (bestStart, bestEnd);
    }

    private static double[] RankSums(ReadOnlySpan<double> values)
    {
        var order = new int[values.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        var sorted = values.ToArray();
        Array.Sort(sorted, order);
        var ranks = new double[values.Length];
        for (var i = 0; i < sorted.Length;)
        {
            var end = i + 1;
            while (end < sorted.Length && sorted[end] == sorted[i])
            {
                end++;
            }

            for (var k = i; k < end; k++)
            {
                ranks[order[k]] = (i + end + 1) / 2.0;
            }

            i = end;
        }

        var sums = new double[values.Length + 1];
        for (var i = 0; i < ranks.Length; i++)
        {
            sums[i + 1] = sums[i] + ranks[i];
        }

        return sums;
    }

    // How many standard deviations the rank sum of a stretch is off what chance gives.
    private static double Score(double[] ranks, int start, int end)
    {
        var all = ranks.Length - 1;
        var inside = end - start;
        var expected = inside * (all + 1) / 2.0;
        return (ranks[end] - ranks[start] - expected) / Math.Sqrt(inside * (double)(all - inside) * (all + 1) / 12);
    }
}
