namespace FaultMaven.Agents.Phases;

/// <summary>
/// The phase of an investigation. It moves forward one phase at a time and only when the criteria of the phase it leaves are met;
/// it moves back only from validating to formulating, at most <see cref="MaxLoopBacks"/> times.
/// </summary>
internal sealed class PhaseMachine
{
    public const int MaxLoopBacks = 3;

    private readonly List<PhaseStep> _history = [];

    public Proto.Phase Phase { get; private set; }

    public int LoopBacks { get; private set; }

    /// <summary>Every phase entered, and why.</summary>
    public IReadOnlyList<PhaseStep> History => _history;

    /// <summary>Moves to a phase. Null if it moved; if the move is not allowed, the reason, and the phase stays.</summary>
    /// <param name="target">The phase to enter.</param>
    /// <param name="state">What is known so far.</param>
    /// <param name="reason">Why it moves, in a sentence.</param>
    public string? TryEnter(Proto.Phase target, PhaseState state, string reason)
    {
        if (target == Proto.Phase.FormulateHypotheses && Phase == Proto.Phase.ValidateHypotheses)
        {
            if (LoopBacks == MaxLoopBacks)
            {
                return $"It has already gone back {MaxLoopBacks} times.";
            }

            if (state.LiveHypotheses > 0)
            {
                return "Live hypotheses remain.";
            }

            LoopBacks++;
        }
        else if (target != Phase + 1)
        {
            return $"{target} does not follow {Phase}: no phase may be skipped or repeated.";
        }
        else if (PhaseGate.Unmet(Phase, state) is { } unmet)
        {
            return unmet;
        }

        Phase = target;
        _history.Add(new(target, reason));
        return null;
    }
}

/// <summary>A phase entered.</summary>
/// <param name="Phase">The phase.</param>
/// <param name="Reason">Why, in a sentence.</param>
internal sealed record PhaseStep(Proto.Phase Phase, string Reason);

/// <summary>What an investigation knows so far, as the gates between its phases need it.</summary>
/// <param name="ScopeAssessed">The affected parts were looked for.</param>
/// <param name="TimelineEstablished">What happened when was put in order.</param>
/// <param name="Hypotheses">How many possible causes were raised.</param>
/// <param name="LiveHypotheses">How many of them are neither refuted nor retired.</param>
/// <param name="UntestedHypotheses">How many were not tested against the evidence yet.</param>
/// <param name="Exhausted">No further hypothesis can be raised.</param>
internal sealed record PhaseState(
    bool ScopeAssessed, bool TimelineEstablished, int Hypotheses, int LiveHypotheses, int UntestedHypotheses, bool Exhausted);

/// <summary>The criteria for leaving each phase.</summary>
internal static class PhaseGate
{
    /// <summary>What is missing before a phase may be left. Null if nothing is.</summary>
    public static string? Unmet(Proto.Phase phase, PhaseState state) => phase switch
    {
        Proto.Phase.DefineBlastRadius when !state.ScopeAssessed => "The blast radius is not known yet.",
        Proto.Phase.EstablishTimeline when !state.TimelineEstablished => "The timeline is not known yet.",
        Proto.Phase.FormulateHypotheses when state.Hypotheses == 0 && !state.Exhausted => "No hypothesis was raised.",
        Proto.Phase.ValidateHypotheses when state.UntestedHypotheses > 0 =>
            $"{Count.Of(state.UntestedHypotheses, "hypothesis", "hypotheses")} not tested yet.",
        Proto.Phase.ValidateHypotheses when state.Hypotheses > 0 && state.LiveHypotheses == 0 && !state.Exhausted =>
            "All hypotheses were ruled out, and others can be raised.",
        _ => null,
    };
}
