using System.Globalization;
using FaultMaven.Agents.Catalogue;

namespace FaultMaven.Agents.Analysis;

/// <summary>How likely it is that nothing is failing now, by weights that were learnt from labelled incidents.</summary>
internal static class QuietEstimate
{
    private const string Bias = "bias";

    private static readonly Dictionary<string, double> s_byName = EmbeddedText.Read("quiet-weights.txt")
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Where(line => !line.StartsWith('#'))
        .Select(line => line.Split(' '))
        .ToDictionary(pair => pair[0], pair => double.Parse(pair[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);

    /// <summary>The probability, 0 to 1.</summary>
    /// <param name="question">What was asked.</param>
    /// <param name="lines">The lines that bear on it, the most telling first.</param>
    public static double Probability(string question, IReadOnlyList<Data.KeyLine> lines)
    {
        var sum = s_byName[Bias] + QuietFeatures.Names.Zip(QuietFeatures.Of(question, lines))
            .Sum(pair => s_byName[pair.First] * pair.Second);
        return 1 / (1 + Math.Exp(-sum));
    }
}
