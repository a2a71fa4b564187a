using FaultMaven.Agents.Catalogue;
using FaultMaven.Agents.Signals;

namespace FaultMaven.Agents.Hypotheses;

/// <summary>Holds failure modes against the signals of a case.</summary>
internal static class EvidenceMatch
{
    // One pattern that matches a hundred pods says little more than one that matches two.
    private const int LinksPerPattern = 2;

    /// <summary>Raises a hypothesis if of every group that the mode requires a signal is there. Null otherwise.</summary>
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

    /// <summary>Everything that speaks for or against a mode.</summary>
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

    // The same signal may match two patterns; it counts once, as the most telling one.
    private static IReadOnlyList<EvidenceLink> Distinct(IEnumerable<EvidenceLink> links) =>
    [
        .. links.OrderByDescending(link => link.Supports).ThenByDescending(link => link.Weight).DistinctBy(link => link.Signal),
    ];
}
