using FaultMaven.Protos.Session.V1;

namespace FaultMaven.Agents.Reports;

/// <summary>What is kept of a case, from which a report is made.</summary>
/// <param name="Case">The case.</param>
/// <param name="Events">Its log, oldest first.</param>
/// <param name="Turn">Its last completed turn; null if it has none.</param>
/// <param name="Lines">The lines of each citation of that turn that still resolves, by <see cref="Key"/>.</param>
/// <param name="LogRate">How many log entries there are over time; null if no log has times.</param>
/// <param name="Series">Its metrics over time.</param>
internal sealed record CaseMaterial(
    Case Case,
    IReadOnlyList<CaseEvent> Events,
    Proto.Turn? Turn,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Lines,
    Data.EvidenceTimeline? LogRate,
    IReadOnlyList<Data.MetricSeries> Series)
{
    public Proto.Answer? Answer => Turn?.Answer;

    /// <summary>What the same lines have in common.</summary>
    public static string Key(Data.Citation citation) => $"{citation.Evidence}#{citation.StartLine}-{citation.EndLine}";
}
