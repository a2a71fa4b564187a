using FaultMaven.Agents.Catalogue;
using FaultMaven.Agents.Signals;

namespace FaultMaven.Agents.Hypotheses;

/// <summary>Holds failure modes against the signals of a case.</summary>
internal static class EvidenceMatch
{
    // One pattern that matches a hundred pods says little more than one that matches two.
    private const int LinksPerPattern = 2;

    /// <summary>Raises a hypothesis if all signals that the mode requires are there. Null otherwise.</summary>
    public static Hypothesis? Raise(FailureMode mode, CaseSignals signals)
    {
        var required = mode.Required.Select(pattern => Links(pattern, signals, true)).ToList();
        var any = mode.AnyOf.SelectMany(pattern => Links(pattern, signals, true)).ToList();
        if (required.Any(links => links.Count == 0) || (mode.AnyOf.Count > 0 && any.Count == 0))
        {
            return null;
        }

        List<EvidenceLink> raising = [.. required.SelectMany(links => links), .. any];
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
