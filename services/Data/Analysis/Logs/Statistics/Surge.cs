namespace FaultMaven.Data.Analysis.Logs.Statistics;

/// <summary>A while in which the messages of one template came many times as often as near it, and as nowhere else in the log.</summary>
/// <param name="Start">Its first bin.</param>
/// <param name="End">Its last bin.</param>
/// <param name="Count">How many messages it has.</param>
/// <param name="Usual">How many a bin near it has.</param>
internal readonly record struct Surge(int Start, int End, long Count, double Usual)
{
    private const int MinBins = 16;
    private const int MinPeak = 20;
    private const int MinElsewhere = 30;
    private const int Far = 24;

    /// <summary>Finds the greatest surge; null if there is none.</summary>
    public static Surge? Find(ReadOnlySpan<int> counts)
    {
        if (counts.Length < MinBins)
        {
            return null;
        }

        var peak = 0;
        for (var i = 1; i < counts.Length; i++)
        {
            peak = counts[i] > counts[peak] ? i : peak;
        }

        var usual = Near(counts, peak, peak);
        var (start, end) = (peak, peak);
        while (start > 0 && counts[start - 1] > (2 * usual) + 5)
        {
            start--;
        }

        while (end + 1 < counts.Length && counts[end + 1] > (2 * usual) + 5)
        {
            end++;
        }

        usual = Near(counts, start, end);
        var (inside, elsewhere, rival) = Compare(counts, start, end);
        var isSurge = (end - start + 1) * 8 <= counts.Length && counts[peak] >= MinPeak
            && counts[peak] >= (3 * usual) + (8 * Math.Sqrt(usual + 1)) && elsewhere >= MinElsewhere && counts[peak] >= 2.5 * rival;
        return isSurge ? new Surge(start, end, inside, usual) : null;
    }

    private static double Near(ReadOnlySpan<int> counts, int start, int end)
    {
        var near = new List<int>(2 * Far);
        for (var i = Math.Max(0, start - Far); i < Math.Min(counts.Length, end + Far + 1); i++)
        {
            if (i < start - 1 || i > end + 1)
            {
                near.Add(counts[i]);
            }
        }

        near.Sort();
        return near.Count == 0 ? 0 : near[near.Count / 2];
    }

    // What comes back, such as a job, has rivals: the third highest bin elsewhere.
    private static (long Inside, long Elsewhere, int Rival) Compare(ReadOnlySpan<int> counts, int start, int end)
    {
        var (inside, elsewhere) = (0L, 0L);
        var (first, second, third) = (0, 0, 0);
        for (var i = 0; i < counts.Length; i++)
        {
            var count = counts[i];
            if (i >= start && i <= end)
            {
                inside += count;
                continue;
            }

            elsewhere += count;
            if (i < start - 1 || i > end + 1)
            {
                (first, second, third) = count > first ? (count, first, second) : count > second ? (first, count, second) : count > third
                    ? (first, second, count) : (first, second, third);
            }
        }

        return (inside, elsewhere, third);
    }
}
