namespace FaultMaven.Agents.Catalogue;

/// <summary>A known way to fail, or to look like a failure: one file of the catalogue.</summary>
internal sealed record FailureMode
{
    /// <summary>Its id, such as <c>kubernetes.oom_killed</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What it is called.</summary>
    public required string Title { get; init; }

    public required Proto.FailureCategory Category { get; init; }

    /// <summary>The statement about the system, filled in from the supporting signals.</summary>
    public required StatementTemplate Statement { get; init; }

    /// <summary>What raises it as a hypothesis: at least one signal of each group.</summary>
    public required IReadOnlyList<IReadOnlyList<SignalPattern>> Required { get; init; }

    /// <summary>Further signals that support it.</summary>
    public required IReadOnlyList<SignalPattern> Supporting { get; init; }

    /// <summary>Signals that contradict it.</summary>
    public required IReadOnlyList<SignalPattern> Refuting { get; init; }

    /// <summary>Other explanations to rule out.</summary>
    public required IReadOnlyList<string> RuleOut { get; init; }

    /// <summary>What to collect while it is undecided, the most useful first.</summary>
    public required IReadOnlyList<Proto.DataRequest> Fetch { get; init; }

    public required IReadOnlyList<Proto.Remedy> Remedies { get; init; }

    /// <summary>Ids of the failure modes that it leads to: where both apply, this one is the cause.</summary>
    public required IReadOnlyList<string> Causes { get; init; }

    /// <summary>Words that find documents about it.</summary>
    public required string KnowledgeQuery { get; init; }

    /// <summary>True if it remains the answer when the failure is over, such as a failover.</summary>
    public required bool Lasting { get; init; }

    public bool IsHealthy => Category == Proto.FailureCategory.Healthy;

    /// <summary>All signals that support it.</summary>
    public IEnumerable<SignalPattern> For => [.. Required.SelectMany(group => group), .. Supporting];
}
