using System.Globalization;
using FaultMaven.Data.Analysis.Statements;

namespace FaultMaven.Data.Query.KeyLines;

/// <summary>The weights of <see cref="LineFeatures"/>, as <c>key-line-weights.txt</c> gives them.</summary>
internal static class KeyLineWeights
{
    private const string Bias = "bias";

    private static readonly Dictionary<string, double> s_byName = Vocabulary.Lines(typeof(KeyLineWeights), "key-line-weights.txt")
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .ToDictionary(pair => pair[0], pair => double.Parse(pair[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);

    private static readonly double[] s_weights = [.. LineFeatures.Names.Select(name => s_byName[name])];

    /// <summary>The probability, 0 to 1, that a line with these features is worth quoting.</summary>
    public static double Probability(ReadOnlySpan<double> features)
    {
        var sum = s_byName[Bias];
        for (var i = 0; i < features.Length; i++)
        {
            sum += features[i] * s_weights[i];
        }

        return 1 / (1 + Math.Exp(-sum));
    }
}
