using FaultMaven.Agents.Signals;

namespace FaultMaven.Agents.Facts;

/// <summary>Joins the signals of a case into facts.</summary>
internal static class FactReader
{
    // A signal that cites more lines than this is about a stretch of the evidence, not about one line of it.
    private const int MaxLines = 40;

    public static IReadOnlyList<Fact> Read(CaseSignals signals)
    {
        var groups = new List<List<Data.Signal>>();
        var byPlace = new Dictionary<(string Evidence, int Line), List<Data.Signal>>();
        foreach (var signal in signals.All.Where(signal => signal.State != Data.SignalState.Normal
            && (SignalMeaning.Of(signal) is not null || signal.Role() == SignalRole.Change)))
        {
            var places = Places(signal).ToList();
            var group = signal.Role() == SignalRole.Change ? null : places.Select(place => byPlace.GetValueOrDefault(place))
                .FirstOrDefault(known => known is not null);
            if (group is null)
            {
                groups.Add(group = []);
            }

            group.Add(signal);
            foreach (var place in places)
            {
                byPlace.TryAdd(place, group);
            }
        }

        return [.. groups.Select(ToFact).GroupBy(Key).Select(Join).OrderByDescending(fact => fact.Specificity)];
    }

    private static IEnumerable<(string, int)> Places(Data.Signal signal) => signal.Citations
        .Where(citation => citation.EndLine - citation.StartLine < MaxLines)
        .SelectMany(citation => Enumerable.Range((int)citation.StartLine, (int)(citation.EndLine - citation.StartLine) + 1)
            .Select(line => (citation.Evidence, line)));

    private static Fact ToFact(List<Data.Signal> signals)
    {
        // What names the kind of thing says more than the typed kind of the same line that does not.
        var lead = signals.MaxBy(signal => (SignalMeaning.Of(signal)?.Specificity ?? 0) + (signal.Kind.StartsWith("statement.",
            StringComparison.Ordinal) ? 0.05 : 0))!;
        var meaning = SignalMeaning.Of(lead) ?? new SignalMeaning(FactClass.Changed, "", 0.3);
        return new Fact(lead.Role() == SignalRole.Change ? FactClass.Changed : meaning.Class, meaning.ObjectKind, lead,
            [lead, .. signals.Where(signal => signal != lead)])
        {
            Specificity = meaning.Specificity,
            Names = NameReader.Of(signals),
        };
    }

    // The same thing said in two files is one fact with two sources.
    private static string Key(Fact fact) => fact.Object.Length > 0 && fact.ObjectKind.Length > 0 && !fact.IsChange
        ? $"{fact.Class}|{fact.ObjectKind}|{NameReader.Normalize(fact.Object)}"
        : Guid.NewGuid().ToString();

    private static Fact Join(IEnumerable<Fact> same)
    {
        var facts = same.ToList();
        var best = facts.MaxBy(fact => fact.Specificity)!;
        return facts.Count == 1 ? best : best with
        {
            Signals = [best.Lead, .. facts.SelectMany(fact => fact.Signals).Where(signal => signal != best.Lead)],
            Names = facts.SelectMany(fact => fact.Names).ToHashSet(StringComparer.Ordinal),
        };
    }
}
