namespace FaultMaven.Agents.Catalogue;

/// <summary>A way in which systems fail, or only seem to: one file of the catalogue.</summary>
internal sealed record FailureMode
{
    /// <summary>Its id, such as <c>kubernetes.oom_killed</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What it is called.</summary>
    public required string Title { get; init; }

    public required Proto.FailureCategory Category { get; init; }

    /// <summary>What it says of the system, filled in from the signals that carry it.</summary>
    public required StatementTemplate Statement { get; init; }

    /// <summary>What must be there before it is thought of: of each group at least one signal.</summary>
    public required IReadOnlyList<IReadOnlyList<SignalPattern>> Required { get; init; }

    /// <summary>Signals that speak for it besides.</summary>
    public required IReadOnlyList<SignalPattern> Supporting { get; init; }

    /// <summary>Signals that speak against it.</summary>
    public required IReadOnlyList<SignalPattern> Refuting { get; init; }

    /// <summary>What must be ruled out before it may be believed.</summary>
    public required IReadOnlyList<string> RuleOut { get; init; }

    /// <summary>What to fetch while it is undecided, the most telling first.</summary>
    public required IReadOnlyList<Proto.DataRequest> Fetch { get; init; }

    public required IReadOnlyList<Proto.Remedy> Remedies { get; init; }

    /// <summary>Ids of the failure modes that it brings about: where both hold, this one is the cause.</summary>
    public required IReadOnlyList<string> Causes { get; init; }

    /// <summary>Words that find documents about it.</summary>
    public required string KnowledgeQuery { get; init; }

    /// <summary>True if it stays the answer once the trouble is over, because what happened cannot un-happen: a failover.</summary>
    public required bool Lasting { get; init; }

    public bool IsHealthy => Category == Proto.FailureCategory.Healthy;

    /// <summary>All signals that speak for it.</summary>
    public IEnumerable<SignalPattern> For => [.. Required.SelectMany(group => group), .. Supporting];
}
