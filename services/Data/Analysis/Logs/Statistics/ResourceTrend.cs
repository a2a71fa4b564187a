using FaultMaven.Data.Analysis.Measures;

namespace FaultMaven.Data.Analysis.Logs.Statistics;

/// <summary>A resource whose use rises steadily, or has come near the limit that the messages state.</summary>
/// <param name="Before">How much was in use at first.</param>
/// <param name="After">How much at last.</param>
/// <param name="Limit">The limit; 0 if none is stated.</param>
/// <param name="IsNear">Whether it is near the limit.</param>
internal readonly record struct ResourceTrend(double Before, double After, double Limit, bool IsNear)
{
    private const int MinPoints = 16;
    private const int Parts = 8;
    private const double NearLimit = 0.9;
    private const double FarFromLimit = 0.8;
    private const double MinShareOfLimit = 0.25;
    private const double MinRatio = 1.5;

    // So much of the whole rise may be lost again from one part to the next.
    private const double MaxDip = 0.1;

    /// <summary>Finds it in the readings of one resource; null if there is none.</summary>
    public static ResourceTrend? Of(IReadOnlyList<(double Value, double Limit, Occurrence Occurrence)> points)
    {
        if (points.Count < MinPoints)
        {
            return null;
        }

        var limit = points[^1].Limit;
        var last = Median(points, points.Count - Math.Max(4, points.Count / 16), points.Count);
        var half = Median(points, 0, points.Count / 2);
        if (limit > 0 && last >= NearLimit * limit && half < FarFromLimit * limit)
        {
            return new ResourceTrend(half, last, limit, IsNear: true);
        }

        var parts = new double[Parts];
        for (var i = 0; i < Parts; i++)
        {
            parts[i] = Median(points, i * points.Count / Parts, (i + 1) * points.Count / Parts);
        }

        var rise = parts[^1] - parts[0];
        for (var i = 1; i < Parts; i++)
        {
            if (parts[i] < parts[i - 1] - (MaxDip * rise) || rise <= 0)
            {
                return null;
            }
        }

        // Steps up and then level is not a steady rise, and the load of the day goes up and down with the messages.
        var isSteady = parts[Parts / 2] - parts[0] >= 0.2 * rise && parts[^1] - parts[Parts / 2] >= 0.2 * rise;
        var isMuch = limit > 0 && rise >= MinShareOfLimit * limit ? last >= 0.5 * limit
            : parts[^1] >= MinRatio * Math.Max(1, parts[0]) * Math.Max(1, Traffic(points));
        return isSteady && isMuch ? new ResourceTrend(parts[0], parts[^1], limit, IsNear: limit > 0 && last >= NearLimit * limit) : null;
    }

    /// <summary>How much denser the log became, going by how many entries lie between two readings; 1 if it has no times.</summary>
    private static double Traffic(IReadOnlyList<(double Value, double Limit, Occurrence Occurrence)> points)
    {
        var quarter = points.Count / 4;
        var (first, last) =
            (Rate(points[0].Occurrence, points[quarter].Occurrence), Rate(points[^(quarter + 1)].Occurrence, points[^1].Occurrence));

        return first > 0 && last > 0 ? last / first : 1;
    }

    private static double Rate(Occurrence from, Occurrence to) =>
        from.Time is { } start && to.Time is { } end && end > start ? (to.Order - from.Order) / (end - start).TotalSeconds : 0;

    private static double Median(IReadOnlyList<(double Value, double Limit, Occurrence Occurrence)> points, int start, int end)
    {
        var values = new double[end - start];
        for (var i = start; i < end; i++)
        {
            values[i - start] = points[i].Value;
        }

        return SampleStatistics.UpperMedian(values);
    }
}
