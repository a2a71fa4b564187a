namespace FaultMaven.Agents.Facts;

/// <summary>The lines of a case that bear on the question, the most telling first.</summary>
internal sealed class KeyLines(IReadOnlyList<Data.KeyLine> lines)
{
    // What comes after these is seldom worth quoting.
    private const int MaxTelling = 6;

    public bool IsEmpty => lines.Count == 0;

    /// <summary>The most telling ones.</summary>
    public IReadOnlyList<Data.KeyLine> Telling { get; } = [.. lines.Take(MaxTelling)];

    /// <summary>The most telling line that was changed, or is a setting; null if none is telling.</summary>
    public Data.KeyLine? Change => Telling.FirstOrDefault(line => line.Changed)
        ?? Telling.FirstOrDefault(line => line.EvidenceType == Data.EvidenceType.Config);

    /// <summary>True if one of the most telling entries of a log says that something is wrong.</summary>
    public bool SayProblem => Telling.Any(line => line.Level >= Data.EntryLevel.Warning
        && line.StatementKind is { Length: > 0 } kind && kind is not ("statement.recovered" or "statement.fine"));

    /// <summary>How telling the lines of a fact are, 0 to 1: the best of them against the best of all.</summary>
    public double ShareOf(Fact fact) => lines.Count == 0 ? 0
        : lines.Where(line => fact.Signals.SelectMany(signal => signal.Citations).Any(citation => IsOf(line, citation)))
            .Select(line => line.Probability).DefaultIfEmpty().Max() / lines[0].Probability;

    /// <summary>True if one of the citations holds one of the lines.</summary>
    public bool Cites(IEnumerable<Data.Citation> citations) => citations.Any(citation => lines.Any(line => IsOf(line, citation)));

    private static bool IsOf(Data.KeyLine line, Data.Citation citation) => citation.Evidence == line.Citation.Evidence
        && citation.StartLine <= line.Citation.StartLine && citation.EndLine >= line.Citation.StartLine;
}
