namespace FaultMaven.Data.Analysis.Classify;

/// <summary>
/// Turns what the marks add up to into how often such an answer is right. The points were read off the made-up corpus in tests/Data.Tests,
/// which also checks them on samples that they were not read off; in between it is a straight line.
/// </summary>
internal static class Calibration
{
    private static readonly (double Mark, double Right)[] s_points =
        [(0, 0), (0.5, 0.4), (0.59, 0.58), (0.65, 0.9), (0.75, 0.95), (0.9, 0.98), (0.98, 0.995), (1, 1)];

    public static double Of(double mark)
    {
        for (var i = 1; i < s_points.Length; i++)
        {
            var (from, to) = (s_points[i - 1], s_points[i]);
            if (mark <= to.Mark)
            {
                return Math.Round(from.Right + ((to.Right - from.Right) * (mark - from.Mark) / (to.Mark - from.Mark)), 3);
            }
        }

        return 1;
    }
}
