using FaultMaven.Agents.Catalogue;
using FaultMaven.Agents.Signals;

namespace FaultMaven.Agents.Hypotheses;

/// <summary>Matches failure modes with the signals of a case.</summary>
internal static class EvidenceMatch
{
    // A pattern that matches a hundred pods is hardly stronger evidence than one that matches two.
    private const int LinksPerPattern = 2;

    /// <summary>Raises a hypothesis if every group that the mode requires has a signal. Null otherwise.</summary>
    public static Hypothesis? Raise(FailureMode mode, CaseSignals signals)
    {
        var groups = mode.Required.Select(group => group.SelectMany(pattern => Links(pattern, signals, true)).ToList()).ToList();
        if (groups.Any(links => links.Count == 0))
        {
            return null;
        }

        var raising = groups.SelectMany(links => links).ToList();
        return new Hypothesis(mode, Likelihood.PerWeight * raising.Max(link => link.Weight), Distinct(raising));
    }

    /// <summary>All signals that support or contradict a mode.</summary>
    public static IReadOnlyList<EvidenceLink> Test(FailureMode mode, CaseSignals signals) => Distinct(
    [
        .. mode.For.SelectMany(pattern => Links(pattern, signals, true)),
        .. mode.Refuting.SelectMany(pattern => Links(pattern, signals, false)),
    ]);

    private static List<EvidenceLink> Links(SignalPattern pattern, CaseSignals signals, bool supports) =>
    [
        .. signals.All.Where(pattern.Matches)
            .DistinctBy(signal => (signal.Kind, signal.Subject))
            .Take(LinksPerPattern)
            .Select(signal => new EvidenceLink(signal, pattern.Weight, supports)),
    ];

    // A signal that matches two patterns counts once, with the stronger one.
    private static IReadOnlyList<EvidenceLink> Distinct(IEnumerable<EvidenceLink> links) =>
    [
        .. links.OrderByDescending(link => link.Supports).ThenByDescending(link => link.Weight).DistinctBy(link => link.Signal),
    ];
}
