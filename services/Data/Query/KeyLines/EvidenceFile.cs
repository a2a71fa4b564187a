using System.Text.RegularExpressions;

namespace FaultMaven.Data.Query.KeyLines;

/// <summary>A piece of evidence as the ranking of its lines sees it.</summary>
/// <param name="Evidence">What is stored of it.</param>
/// <param name="Lines">How many lines it has.</param>
/// <param name="IsDiff">True if it has hunks of a unified diff.</param>
internal sealed partial record EvidenceFile(Proto.Evidence Evidence, long Lines, bool IsDiff)
{
    public Proto.EvidenceType Type => Evidence.Type;

    /// <summary>A file, by what was read of it.</summary>
    public static EvidenceFile Of(Proto.Evidence evidence, long lines, IEnumerable<LineGroup> read) =>
        new(evidence, lines, read.Any(line => Hunk().IsMatch(line.Text)));

    [GeneratedRegex(@"^(@@ |diff --git |\+\+\+ )")]
    private static partial Regex Hunk();
}
