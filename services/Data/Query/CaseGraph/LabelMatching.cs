namespace FaultMaven.Data.Query.CaseGraph;

/// <summary>Works out which pods the selectors of a case select, and which they were meant to but do not.</summary>
internal sealed class LabelMatching
{
    private const int MaxSelectors = 2_000;
    private const int MaxLabelled = 5_000;
    private const int MaxSelected = 50;
    private const int MaxNear = 2;

    private readonly List<Selecting> _selectors = [];
    private readonly List<Labelled> _labelled = [];

    /// <summary>Notes a selector.</summary>
    /// <param name="from">The object that selects.</param>
    /// <param name="scope">The namespace in which it selects.</param>
    /// <param name="selector">What it demands.</param>
    /// <param name="ports">The ports of the pods that it sends to; empty if it names none.</param>
    /// <param name="note">What the selection is for; empty for the usual.</param>
    /// <param name="citation">Where it says so.</param>
    public void AddSelector(GraphObject from, string scope, LabelSelector selector, IReadOnlyList<string> ports, string note,
        Proto.Citation citation)
    {
        if (_selectors.Count < MaxSelectors)
        {
            _selectors.Add(new Selecting(from, scope, selector, ports, note, citation));
        }
    }

    /// <summary>Notes the labels of a pod, or of the pods that a workload makes.</summary>
    public void AddLabels(GraphObject of, string scope, IReadOnlyDictionary<string, string> labels, IReadOnlyList<string> ports)
    {
        if (_labelled.Count < MaxLabelled)
        {
            _labelled.Add(new Labelled(of, scope, labels, ports));
        }
    }

    public IEnumerable<GraphRelation> Match() => _selectors.SelectMany(Match);

    private IEnumerable<GraphRelation> Match(Selecting selecting)
    {
        var there = _labelled.Where(labelled => labelled.Scope == selecting.Scope || labelled.Scope.Length == 0
            || selecting.Scope.Length == 0).ToList();

        // Pods show what is selected; the workload that makes them does only where they are not in the evidence.
        var selected = there.Where(labelled => selecting.Selector.Matches(labelled.Labels)).ToList();
        var pods = selected.Where(labelled => labelled.Of.Kind == ObjectKind.Pod).ToList();
        selected = pods.Count > 0 ? pods : selected;
        if (selected.Count > 0)
        {
            return selected.Take(MaxSelected).Select(labelled => Relate(selecting, labelled, PortProblem(selecting, labelled), false));
        }

        return there.Where(labelled => selecting.Selector.IsNear(labelled.Labels))
            .OrderByDescending(labelled => selecting.Selector.MatchCount(labelled.Labels))
            .ThenByDescending(labelled => Alike(selecting.From.Name, labelled.Of.Name))
            .Take(MaxNear)
            .Where(labelled => selecting.Selector.MatchCount(labelled.Labels) > 0 || Alike(selecting.From.Name, labelled.Of.Name))
            .Select(labelled => Relate(selecting, labelled, selecting.Selector.Difference(labelled.Labels), true));
    }

    private static bool Alike(string one, string other) =>
        other.StartsWith(one, StringComparison.Ordinal) || one.StartsWith(other, StringComparison.Ordinal);

    // A service sends to a port that no container declares. Declaring is optional, so the relation holds all the same.
    private static string PortProblem(Selecting selecting, Labelled labelled) =>
        labelled.Ports.Count == 0 ? ""
            : string.Join(", ", selecting.Ports.Where(port => !labelled.Ports.Contains(port))
                .Select(port => $"port {port} is not among its ports ({string.Join(", ", labelled.Ports)})"));

    private static GraphRelation Relate(Selecting selecting, Labelled labelled, string problem, bool isUnmet) => new(
        Proto.RelationType.Selects,
        selecting.From,
        labelled.Of,
        string.Join("; ", new[] { selecting.Note, $"{selecting.Selector}", problem }.Where(part => part.Length > 0)),
        isUnmet,
        selecting.Citation);

    private sealed record Selecting(
        GraphObject From, string Scope, LabelSelector Selector, IReadOnlyList<string> Ports, string Note, Proto.Citation Citation);

    private sealed record Labelled(
        GraphObject Of, string Scope, IReadOnlyDictionary<string, string> Labels, IReadOnlyList<string> Ports);
}
