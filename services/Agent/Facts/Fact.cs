namespace FaultMaven.Agents.Facts;

/// <summary>
/// One thing that the evidence says, however many signals say it. Evidence counts once: signals that cite the same lines are one fact.
/// </summary>
/// <param name="Class">What it says.</param>
/// <param name="ObjectKind">What kind of thing it is about, such as <c>file descriptors</c>; empty if unknown.</param>
/// <param name="Lead">The signal that says it best.</param>
/// <param name="Signals">All signals that say it, the lead first.</param>
internal sealed record Fact(FactClass Class, string ObjectKind, Data.Signal Lead, IReadOnlyList<Data.Signal> Signals)
{
    /// <summary>How near to a cause it is by what it says alone, 0 to 1.</summary>
    public required double Specificity { get; init; }

    /// <summary>What it names: services, hosts, pods, queues, files; in lower case.</summary>
    public required IReadOnlySet<string> Names { get; init; }

    /// <summary>The thing it is about in the words of the evidence; empty if it does not say.</summary>
    public string Object => Attribute("object");

    /// <summary>The peer it is about; empty if none.</summary>
    public string Peer => Attribute("peer") is { Length: > 0 } peer ? peer : Attribute("target");

    public string Quantity => Attribute("quantity");

    public string Limit => Attribute("limit");

    /// <summary>How often it was said.</summary>
    public long Count => Signals.Max(signal => long.TryParse(signal.Attributes.GetValueOrDefault("count"), out var count) ? count : 1);

    /// <summary>The decisive line.</summary>
    public string Quote => Lead.Citations.FirstOrDefault()?.Quote ?? "";

    public DateTimeOffset? Start => Signals.Where(signal => signal.StartTime is not null)
        .Min(signal => (DateTimeOffset?)signal.StartTime.ToDateTimeOffset());

    public DateTimeOffset? End => Signals.Where(signal => (signal.EndTime ?? signal.StartTime) is not null)
        .Max(signal => (DateTimeOffset?)(signal.EndTime ?? signal.StartTime).ToDateTimeOffset());

    /// <summary>True if it still holds at the end of what was seen. What a known kind of signal says of the same lines decides: it knows
    /// the state of things.</summary>
    public bool IsActive => (Signals.Where(signal => !SignalMeaning.IsStatement(signal)).ToList() is { Count: > 0 } known ? known : Signals)
        .Any(signal => signal.State == Data.SignalState.Active);

    public bool IsChange => Class == FactClass.Changed;

    /// <summary>The pieces of evidence that say it.</summary>
    public IEnumerable<string> Sources => Signals.SelectMany(signal => signal.Citations).Select(citation => citation.Evidence).Distinct();

    public Data.Severity Severity => Signals.Max(signal => signal.Severity);

    private string Attribute(string name) => Signals.Select(signal => signal.Attributes.GetValueOrDefault(name, ""))
        .FirstOrDefault(value => value.Length > 0) ?? "";
}
