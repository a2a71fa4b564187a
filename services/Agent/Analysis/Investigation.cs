using FaultMaven.Agents.Catalogue;
using FaultMaven.Agents.Hypotheses;
using FaultMaven.Agents.Phases;
using FaultMaven.Agents.Signals;

namespace FaultMaven.Agents.Analysis;

/// <summary>
/// The analyst: goes through the five phases over the signals of a case, by the catalogue alone. The same signals always give the same
/// events and the same conclusion.
/// </summary>
internal sealed class Investigation(FailureCatalogue catalogue)
{
    // The first round takes strong signals; each round that ends without a hypothesis takes weaker ones.
    private static readonly double[] s_weightFloors = [0.5, 0.3, 0];

    private const int MaxFindings = 8;

    private readonly PhaseMachine _phases = new();
    private readonly Dictionary<string, Hypothesis> _hypotheses = [];
    private CaseSignals _signals = new([]);
    private bool _scopeAssessed;
    private bool _timelineEstablished;
    private int _round;

    public CaseSignals Signals => _signals;

    /// <summary>The lines that bear on the question, the most telling first.</summary>
    public IReadOnlyList<Data.KeyLine> KeyLines { get; private set; } = [];

    public IReadOnlyList<PhaseStep> Phases => _phases.History;

    /// <summary>Every hypothesis raised, the likeliest first.</summary>
    public IReadOnlyList<Hypothesis> Hypotheses =>
        [.. _hypotheses.Values.OrderByDescending(hypothesis => hypothesis.Likelihood)
            .ThenBy(hypothesis => hypothesis.Mode.Id, StringComparer.Ordinal)];

    /// <summary>The result. Not enough evidence until <see cref="Study"/> has been enumerated.</summary>
    public Conclusion Conclusion { get; private set; } = Conclusion.NotEnough;

    /// <summary>Enters the first phase.</summary>
    public Proto.TurnEvent Begin() => Enter(Proto.Phase.DefineBlastRadius, "A question was asked.")!;

    /// <summary>Goes through the phases up to proposing a solution.</summary>
    /// <param name="signals">The signals of the case.</param>
    /// <param name="question">What was asked.</param>
    /// <param name="keyLines">The lines that bear on it, the most telling first.</param>
    public IEnumerable<Proto.TurnEvent> Study(CaseSignals signals, string question, IReadOnlyList<Data.KeyLine> keyLines)
    {
        _signals = signals;
        KeyLines = keyLines;
        _scopeAssessed = true;
        var scope = _signals.Symptoms.ToList();
        foreach (var symptom in scope.Take(MaxFindings))
        {
            yield return Finding(Proto.Phase.DefineBlastRadius, symptom);
        }

        var places = scope.Select(symptom => symptom.Subject).Distinct().Count();
        yield return Enter(Proto.Phase.EstablishTimeline, scope.Count == 0
            ? "No active symptoms were found."
            : $"{Count.Of(scope.Count, "active symptom")} in {Count.Of(places, "place")}.")!;
        _timelineEstablished = true;
        var changes = _signals.Changes.Concat(_signals.Recovered)
            .OrderBy(signal => signal.StartTime?.ToDateTimeOffset() ?? DateTimeOffset.MaxValue).ToList();
        foreach (var change in changes.Take(MaxFindings))
        {
            yield return Finding(Proto.Phase.EstablishTimeline, change);
        }

        yield return Enter(Proto.Phase.FormulateHypotheses,
            $"{Count.Of(changes.Count, "change or recovery", "changes and recoveries")} found.")!;
        foreach (var change in FormulateAndValidate())
        {
            yield return change;
        }

        Conclusion = new FactAnalyst(question, _signals, keyLines).Weigh(new VerdictCalculator(catalogue).Conclude(_signals, Hypotheses));
        if (Conclusion.Cause is { Said.Length: > 0 } generic)
        {
            _hypotheses[generic.Mode.Id] = generic;
            yield return Updated(generic);
        }

        yield return Enter(Proto.Phase.ProposeSolution, Conclusion.Cause is { } cause
            ? $"The evidence supports {cause.Mode.Id} (likelihood {cause.Likelihood:0.00})."
            : "No hypothesis is supported yet; the missing data will be requested.")!;
    }

    private IEnumerable<Proto.TurnEvent> FormulateAndValidate()
    {
        while (true)
        {
            foreach (var raised in Raise(s_weightFloors[_round]))
            {
                yield return Updated(raised);
            }

            _round++;
            yield return Enter(Proto.Phase.ValidateHypotheses, $"{Count.Of(_hypotheses.Count, "hypothesis", "hypotheses")} to test.")
                ?? NothingRaised();
            foreach (var hypothesis in Hypotheses.Where(hypothesis => hypothesis.IsLive).ToList())
            {
                var tested = hypothesis.Test(EvidenceMatch.Test(hypothesis.Mode, _signals));
                _hypotheses[hypothesis.Mode.Id] = tested;
                yield return Updated(tested);
            }

            if (AnchoringGuard.Check(Hypotheses) is not null && _round < s_weightFloors.Length)
            {
                // Alternatives are raised and tested at once, so that the number of similar hypotheses does not decide.
                foreach (var alternative in Raise(s_weightFloors[_round]).ToList())
                {
                    var tested = alternative.Test(EvidenceMatch.Test(alternative.Mode, _signals));
                    _hypotheses[alternative.Mode.Id] = tested;
                    yield return Updated(tested);
                }
            }

            if (_hypotheses.Values.Any(hypothesis => hypothesis.IsLive) || _round == s_weightFloors.Length)
            {
                yield break;
            }

            if (Enter(Proto.Phase.FormulateHypotheses, "All hypotheses were ruled out; looking at weaker evidence.") is not { } back)
            {
                yield break;
            }

            yield return back;
        }
    }

    // The phase may be left without a hypothesis only when weaker evidence was looked at too; so look at all of it.
    private Proto.TurnEvent NothingRaised()
    {
        _round = s_weightFloors.Length;
        _ = Raise(s_weightFloors[^1]).ToList();
        return Enter(Proto.Phase.ValidateHypotheses,
            $"{Count.Of(_hypotheses.Count, "hypothesis", "hypotheses")} to test, from weak evidence only.")!;
    }

    private IEnumerable<Hypothesis> Raise(double weightFloor)
    {
        // Healthy modes are not hypotheses while something still fails.
        var failing = _signals.Symptoms.Any();
        foreach (var mode in catalogue.Modes.Where(mode => !_hypotheses.ContainsKey(mode.Id) && !(failing && mode.IsHealthy)))
        {
            if (EvidenceMatch.Raise(mode, _signals) is { } hypothesis && hypothesis.Links.Any(link => link.Weight >= weightFloor))
            {
                _hypotheses.Add(mode.Id, hypothesis);
                yield return hypothesis;
            }
        }
    }

    private Proto.TurnEvent? Enter(Proto.Phase phase, string reason)
    {
        var state = new PhaseState(
            _scopeAssessed,
            _timelineEstablished,
            _hypotheses.Count,
            _hypotheses.Values.Count(hypothesis => hypothesis.IsLive),
            _hypotheses.Values.Count(hypothesis => !hypothesis.Tested),
            _round >= s_weightFloors.Length);

        return _phases.TryEnter(phase, state, reason) is null
            ? new() { PhaseEntered = new() { Phase = phase, Reason = reason } }
            : null;
    }

    private static Proto.TurnEvent Updated(Hypothesis hypothesis) => new() { HypothesisUpdated = hypothesis.ToProto() };

    private static Proto.TurnEvent Finding(Proto.Phase phase, Data.Signal signal) => new()
    {
        FindingAdded = new() { Phase = phase, Finding = new() { Text = SignalText.Sentence(signal), Citations = { signal.Citations } } },
    };
}
