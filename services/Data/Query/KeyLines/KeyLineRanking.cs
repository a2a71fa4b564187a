namespace FaultMaven.Data.Query.KeyLines;

/// <summary>Picks the lines of a case that an engineer would quote.</summary>
internal static class KeyLineRanking
{
    // One loud file must not hide the others.
    private const int MaxOfFile = 3;

    // Lines of a file that share as much of their words say the same.
    private const double Alike = 0.6;

    /// <summary>At most <paramref name="count"/> lines with their probabilities, the best first; no two of a file that
    /// say the same.</summary>
    public static IReadOnlyList<(LineGroup Line, double Probability)> Rank(
        string question, IReadOnlyList<EvidenceFile> files, IReadOnlyList<LineGroup> lines, int count) =>
        Rank(question, files, lines, count, features => KeyLineWeights.Probability(features));

    /// <summary>The same, by other weights than the learnt ones.</summary>
    public static IReadOnlyList<(LineGroup Line, double Probability)> Rank(
        string question, IReadOnlyList<EvidenceFile> files, IReadOnlyList<LineGroup> lines, int count, Func<double[], double> probability)
    {
        var features = new LineFeatures(question, files, lines);
        var ranked = lines.Select(line => (Line: line, Probability: probability(features.Of(line))))
            .OrderByDescending(pair => pair.Probability).ThenBy(pair => pair.Line.File).ThenBy(pair => pair.Line.Line)
            .DistinctBy(pair => (pair.Line.File, LineFeatures.Shape(pair.Line)))
            .ToList();
        var most = Math.Max(MaxOfFile, count / Math.Max(1, files.Count));
        var picked = new List<(LineGroup Line, double Probability)>();
        foreach (var pair in ranked)
        {
            var ofFile = picked.Where(other => other.Line.File == pair.Line.File).ToList();
            if (ofFile.Count < most && !ofFile.Exists(other => IsAlike(other.Line, pair.Line)))
            {
                picked.Add(pair);
                if (picked.Count == count)
                {
                    break;
                }
            }
        }

        return picked;
    }

    // What was taken away and what came instead are alike, and both tell.
    private static bool IsAlike(LineGroup one, LineGroup other)
    {
        if (LineFeatures.IsChangedLine(one.Text) && LineFeatures.IsChangedLine(other.Text) && one.Text[0] != other.Text[0])
        {
            return false;
        }

        var shared = one.Words.Count(other.Words.Contains);
        return shared > 0 && shared >= Alike * (one.Words.Count + other.Words.Count - shared);
    }
}
