using FaultMaven.Agents.Catalogue;
using FaultMaven.Agents.Signals;
using State = FaultMaven.Protos.Agent.V1.Hypothesis.Types.State;

namespace FaultMaven.Agents.Hypotheses;

/// <summary>A possible cause: a failure mode, and the evidence for and against it.</summary>
/// <param name="Mode">The failure mode.</param>
/// <param name="Initial">How likely it was when it was raised, 0 to 1.</param>
/// <param name="Links">What supports and contradicts it, the strongest first.</param>
/// <param name="Tested">True once it was tested against all signals.</param>
/// <param name="StalledIterations">How many iterations in a row it made no progress.</param>
internal sealed record Hypothesis(
    FailureMode Mode, double Initial, IReadOnlyList<EvidenceLink> Links, bool Tested = false, int StalledIterations = 0)
{
    /// <summary>What it says, if it is not a failure mode of the catalogue that says it.</summary>
    public string Said { get; init; } = "";

    public double Likelihood => Said.Length > 0 ? Initial :
        Hypotheses.Likelihood.Of(Initial, Links.Count(link => link.Supports), Links.Count(link => !link.Supports), StalledIterations);

    public IEnumerable<EvidenceLink> Supporting => Links.Where(link => link.Supports);

    public IEnumerable<EvidenceLink> Refuting => Links.Where(link => !link.Supports);

    /// <summary>The strongest supporting signal.</summary>
    public Data.Signal Lead => Supporting.First().Signal;

    public State State => this switch
    {
        { Tested: false } => Links.Count > 1 ? State.Active : State.Captured,
        { Likelihood: >= Hypotheses.Likelihood.Validated } when Supporting.Count() >= Hypotheses.Likelihood.LinksToDecide =>
            State.Validated,
        { Likelihood: <= Hypotheses.Likelihood.Refuted } when Refuting.Count() >= Hypotheses.Likelihood.LinksToDecide => State.Refuted,
        { Likelihood: < Hypotheses.Likelihood.Retired } => State.Retired,
        _ => State.Inconclusive,
    };

    public bool IsLive => State is not (State.Refuted or State.Retired);

    /// <summary>
    /// When its first supporting signal started. Null if one of them has no time, because that one may have been the first.
    /// </summary>
    public DateTimeOffset? Start => Supporting.All(link => link.Signal.StartTime is not null)
        ? Supporting.Min(link => link.Signal.StartTime.ToDateTimeOffset())
        : null;

    /// <summary>The same hypothesis after another iteration that brought these links.</summary>
    public Hypothesis Test(IReadOnlyList<EvidenceLink> links)
    {
        var tested = this with { Links = links, Tested = true, StalledIterations = 0 };
        var tried = new Hypothesis(Mode, Initial, links, true);
        var progressed = !Tested || Math.Abs(tried.Likelihood - Likelihood) >= Hypotheses.Likelihood.Progress;
        return progressed ? tested : new Hypothesis(Mode, Initial, links, true, StalledIterations + 1);
    }

    /// <summary>Its statement, filled in from its signals.</summary>
    public string Statement => Said.Length > 0 ? Said : SignalText.Clause(Mode.Statement.Fill(
    [
        .. Supporting.Select(link => link.Signal)
            .Where(signal => signal == Lead || signal.State != Data.SignalState.Normal)
            .Select(signal => (Func<string, string?>)(place => Find(signal, place))),
    ]));

    /// <summary>Why it was dropped. Empty while it is live.</summary>
    public string Reason => IsLive ? "" : Refuting.ToList() switch
    {
        [] => "Supported only by weak evidence.",
        var against => $"Ruled out: {string.Join("; ", against.Take(2).Select(link => SignalText.Clause(link.Signal.Summary)))}.",
    };

    public Proto.Hypothesis ToProto() => new()
    {
        Id = Mode.Id,
        Statement = SignalText.Sentence(Statement),
        Category = Mode.Category,
        Likelihood = Math.Round(Likelihood, 2),
        State = State,
        Links = { Links.Select(link => link.ToProto()) },
        Reason = Reason,
    };

    private static string? Find(Data.Signal signal, string place) => place switch
    {
        AttributeCondition.Subject => SignalText.Subject(signal),
        AttributeCondition.Summary => SignalText.Clause(signal.Summary),
        _ => signal.Attributes.GetValueOrDefault(place) is { Length: > 0 } value ? SignalText.Value(value) : null,
    };
}
