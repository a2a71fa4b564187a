using FaultMaven.Agents.Catalogue;
using FaultMaven.Agents.Hypotheses;
using FaultMaven.Agents.Phases;
using FaultMaven.Agents.Signals;

namespace FaultMaven.Agents.Analysis;

/// <summary>
/// The analyst at work: walks the five phases over the signals of a case by the catalogue alone. The same signals always give the same
/// events and the same conclusion.
/// </summary>
internal sealed class Investigation(FailureCatalogue catalogue)
{
    // The first round takes signals that tell much; each round that ends with nothing takes what tells less.
    private static readonly double[] s_weightFloors = [0.5, 0.3, 0];

    private const int MaxFindings = 8;

    private readonly PhaseMachine _phases = new();
    private readonly Dictionary<string, Hypothesis> _hypotheses = [];
    private CaseSignals _signals = new([]);
    private bool _scopeAssessed;
    private bool _timelineEstablished;
    private int _round;

    public CaseSignals Signals => _signals;

    public IReadOnlyList<PhaseStep> Phases => _phases.History;

    /// <summary>Every hypothesis raised, the likeliest first.</summary>
    public IReadOnlyList<Hypothesis> Hypotheses =>
        [.. _hypotheses.Values.OrderByDescending(hypothesis => hypothesis.Likelihood).ThenBy(hypothesis => hypothesis.Mode.Id, StringComparer.Ordinal)];

    /// <summary>What came of it. Says "not enough" until <see cref="Study"/> has been enumerated.</summary>
    public Conclusion Conclusion { get; private set; } = Conclusion.NotEnough;

    /// <summary>Enters the first phase.</summary>
    public Proto.TurnEvent Begin() => Enter(Proto.Phase.DefineBlastRadius, "A question was asked.")!;

    /// <summary>Walks the phases up to proposing a solution.</summary>
    public IEnumerable<Proto.TurnEvent> Study(CaseSignals signals)
    {
        _signals = signals;
        _scopeAssessed = true;
        var scope = _signals.Symptoms.ToList();
        foreach (var symptom in scope.Take(MaxFindings))
        {
            yield return Finding(Proto.Phase.DefineBlastRadius, symptom);
        }

        yield return Enter(Proto.Phase.EstablishTimeline, scope.Count == 0
            ? "No symptom that still holds was found."
            : $"{scope.Count} symptoms at {scope.Select(symptom => symptom.Subject).Distinct().Count()} places still hold.")!;
        _timelineEstablished = true;
        var changes = _signals.Changes.Concat(_signals.Recovered).OrderBy(signal => signal.StartTime?.ToDateTimeOffset() ?? DateTimeOffset.MaxValue).ToList();
        foreach (var change in changes.Take(MaxFindings))
        {
            yield return Finding(Proto.Phase.EstablishTimeline, change);
        }

        yield return Enter(Proto.Phase.FormulateHypotheses, $"{changes.Count} changes and recoveries are in order.")!;
        foreach (var change in FormulateAndValidate())
        {
            yield return change;
        }

        Conclusion = new Judge(catalogue).Conclude(_signals, Hypotheses);
        yield return Enter(Proto.Phase.ProposeSolution, Conclusion.Cause is { } cause
            ? $"The evidence carries {cause.Mode.Id} with a likelihood of {cause.Likelihood:0.00}."
            : "No hypothesis is carried; what is missing will be asked for.")!;
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
            yield return Enter(Proto.Phase.ValidateHypotheses, $"{_hypotheses.Count} hypotheses are to be tested.") ?? NothingRaised();
            foreach (var hypothesis in Hypotheses.Where(hypothesis => hypothesis.IsLive).ToList())
            {
                var tested = hypothesis.Test(EvidenceMatch.Test(hypothesis.Mode, _signals));
                _hypotheses[hypothesis.Mode.Id] = tested;
                yield return Updated(tested);
            }

            if (AnchoringGuard.Check(Hypotheses) is not null && _round < s_weightFloors.Length)
            {
                // Alternatives are raised and tested at once: they are what keeps the crowd from deciding by number.
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

            if (Enter(Proto.Phase.FormulateHypotheses, "Every hypothesis was dropped; weaker signs are looked at.") is not { } back)
            {
                yield break;
            }

            yield return back;
        }
    }

    // Leaving the phase without a hypothesis is only right when weaker signs were looked at too; so look at all of them.
    private Proto.TurnEvent NothingRaised()
    {
        _round = s_weightFloors.Length;
        _ = Raise(s_weightFloors[^1]).ToList();
        return Enter(Proto.Phase.ValidateHypotheses, $"{_hypotheses.Count} hypotheses are to be tested; no strong sign raised any.")!;
    }

    private IEnumerable<Hypothesis> Raise(double weightFloor)
    {
        // Health is no hypothesis while something still fails.
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
