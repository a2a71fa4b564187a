namespace FaultMaven.Data.Query.KeyLines;

/// <summary>Picks the lines of a case that an engineer would quote.</summary>
internal static class KeyLineRanking
{
    // One loud file must not hide the others.
    private const int MaxOfFile = 3;

    /// <summary>At most <paramref name="count"/> lines with their probabilities, the best first; no two that differ in their values
    /// only.</summary>
    public static IReadOnlyList<(LineGroup Line, double Probability)> Rank(
        string question, IReadOnlyList<EvidenceFile> files, IReadOnlyList<LineGroup> lines, int count)
    {
        var features = new LineFeatures(question, files, lines);
        var ranked = lines.Select(line => (Line: line, Probability: KeyLineWeights.Probability(features.Of(line))))
            .OrderByDescending(pair => pair.Probability).ThenBy(pair => pair.Line.File).ThenBy(pair => pair.Line.Line)
            .DistinctBy(pair => (pair.Line.File, LineFeatures.Shape(pair.Line)))
            .ToList();
        var perFile = new Dictionary<int, int>();
        var most = Math.Max(MaxOfFile, count / Math.Max(1, files.Count));

        return [.. ranked.Where(pair => (perFile[pair.Line.File] = perFile.GetValueOrDefault(pair.Line.File) + 1) <= most).Take(count)];
    }
}
