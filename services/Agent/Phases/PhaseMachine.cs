namespace FaultMaven.Agents.Phases;

/// <summary>
/// Where an investigation stands. It goes forward one phase at a time and only when the criteria of the phase it leaves are met;
/// it goes back only from validating to formulating, at most <see cref="MaxLoopBacks"/> times.
/// </summary>
internal sealed class PhaseMachine
{
    public const int MaxLoopBacks = 3;

    private readonly List<PhaseStep> _history = [];

    public Proto.Phase Phase { get; private set; }

    public int LoopBacks { get; private set; }

    /// <summary>Every phase entered, and why.</summary>
    public IReadOnlyList<PhaseStep> History => _history;

    /// <summary>Moves to a phase. Says why not if that is not allowed, and stays; null if it moved.</summary>
    /// <param name="target">The phase to enter.</param>
    /// <param name="state">What was worked out so far.</param>
    /// <param name="reason">Why it moves, in a sentence.</param>
    public string? TryEnter(Proto.Phase target, PhaseState state, string reason)
    {
        if (target == Proto.Phase.FormulateHypotheses && Phase == Proto.Phase.ValidateHypotheses)
        {
            if (LoopBacks == MaxLoopBacks)
            {
                return $"It went back {MaxLoopBacks} times already.";
            }

            if (state.LiveHypotheses > 0)
            {
                return "There are live hypotheses left.";
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

/// <summary>What an investigation has worked out so far, as far as the gates between its phases ask.</summary>
/// <param name="ScopeAssessed">What is affected was looked for.</param>
/// <param name="TimelineEstablished">What happened when was put in order.</param>
/// <param name="Hypotheses">How many possible causes were raised.</param>
/// <param name="LiveHypotheses">How many of them are neither refuted nor retired.</param>
/// <param name="UntestedHypotheses">How many were not held against the evidence yet.</param>
/// <param name="Exhausted">There is nothing left that could be raised.</param>
internal sealed record PhaseState(
    bool ScopeAssessed, bool TimelineEstablished, int Hypotheses, int LiveHypotheses, int UntestedHypotheses, bool Exhausted);

/// <summary>The criteria for leaving each phase.</summary>
internal static class PhaseGate
{
    /// <summary>What is still to be done in a phase before it may be left. Null if nothing is.</summary>
    public static string? Unmet(Proto.Phase phase, PhaseState state) => phase switch
    {
        Proto.Phase.DefineBlastRadius when !state.ScopeAssessed => "What is affected is not known yet.",
        Proto.Phase.EstablishTimeline when !state.TimelineEstablished => "What happened when is not known yet.",
        Proto.Phase.FormulateHypotheses when state.Hypotheses == 0 && !state.Exhausted => "No hypothesis was raised.",
        Proto.Phase.ValidateHypotheses when state.UntestedHypotheses > 0 => $"{state.UntestedHypotheses} hypotheses were not tested.",
        Proto.Phase.ValidateHypotheses when state.Hypotheses > 0 && state.LiveHypotheses == 0 && !state.Exhausted =>
            "Every hypothesis was dropped, and there are others to raise.",
        _ => null,
    };
}
