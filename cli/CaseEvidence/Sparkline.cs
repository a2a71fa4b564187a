namespace FaultMaven.Cli.CaseEvidence;

/// <summary>Counts as a row of bars: <c>··▁▁▃█▂·</c>.</summary>
internal static class Sparkline
{
    private const string Bars = "▁▂▃▄▅▆▇█";
    private const char Nothing = '·';

    /// <summary>One character for each count; the highest bar is the largest of them.</summary>
    public static string Of(IReadOnlyList<long> counts)
    {
        var max = counts.Count == 0 ? 0 : counts.Max();

        return string.Concat(counts.Select(count => count == 0 ? Nothing : Bars[(int)((count * Bars.Length - 1) / max)]));
    }
}
