using FaultMaven.Agents.Analysis;

namespace FaultMaven.Agents.Facts;

/// <summary>The lines of a case that bear on the question, the most telling first.</summary>
internal sealed class KeyLines(IReadOnlyList<Data.KeyLine> lines)
{
    // What comes after these is seldom worth quoting.
    private const int MaxTelling = 6;

    private static readonly HashSet<string> s_calm = ["statement.recovered", "statement.fine"];

    private static readonly HashSet<string> s_causes =
        ["statement.exhausted", "statement.denied", "statement.missing", "statement.invalid", "statement.expired", "statement.corrupt",
            "statement.misconfigured", "statement.conflict"];

    public bool IsEmpty => lines.Count == 0;

    /// <summary>The most telling ones.</summary>
    public IReadOnlyList<Data.KeyLine> Telling { get; } = [.. lines.Take(MaxTelling)];

    /// <summary>The most telling line that was changed, or is a setting; null if none is telling.</summary>
    public Data.KeyLine? Change => Telling.FirstOrDefault(line => line.Changed)
        ?? Telling.FirstOrDefault(line => line.EvidenceType == Data.EvidenceType.Config);

    /// <summary>The most telling line that says that something works, works again or was meant to happen; null if none does.</summary>
    public Data.KeyLine? Reassuring => lines.FirstOrDefault(QuietFeatures.IsReassuring);

    /// <summary>True if one of the most telling lines says that something is wrong: an entry of a log by its level, any line by what it
    /// says is exhausted, refused to someone, gone or invalid.</summary>
    public bool SayProblem => Telling.Any(line => line.StatementKind is { Length: > 0 } kind && !s_calm.Contains(kind)
        && (line.Level >= Data.EntryLevel.Warning || s_causes.Contains(kind)));

    /// <summary>True if one of the most telling lines is in a text that is not a log: the output of a command, a setting, a note.</summary>
    public bool InOtherTexts => Telling.Any(line => line.EvidenceType is Data.EvidenceType.CommandOutput or Data.EvidenceType.Config
        or Data.EvidenceType.Text or Data.EvidenceType.Documentation);

    /// <summary>How telling the lines of a fact are, 0 to 1: the best of them against the best of all.</summary>
    public double ShareOf(Fact fact) => lines.Count == 0 ? 0
        : lines.Where(line => fact.Signals.SelectMany(signal => signal.Citations).Any(citation => IsOf(line, citation)))
            .Select(line => line.Probability).DefaultIfEmpty().Max() / lines[0].Probability;

    /// <summary>True if one of the citations holds one of the lines.</summary>
    public bool Cites(IEnumerable<Data.Citation> citations) => citations.Any(citation => lines.Any(line => IsOf(line, citation)));

    private static bool IsOf(Data.KeyLine line, Data.Citation citation) => citation.Evidence == line.Citation.Evidence
        && citation.StartLine <= line.Citation.StartLine && citation.EndLine >= line.Citation.StartLine;
}
