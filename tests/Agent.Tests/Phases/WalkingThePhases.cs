using FaultMaven.Agents.Phases;
using FaultMaven.Protos.Agent.V1;

namespace FaultMaven.Agents.Tests.Phases;

public class WalkingThePhases
{
    private static readonly PhaseState s_fresh = new(false, false, 0, 0, 0, false);
    private static readonly PhaseState s_ready = new(true, true, 2, 1, 0, false);
    private static readonly PhaseState s_dropped = s_ready with { LiveHypotheses = 0 };

    [Fact]
    public void Goes_forward_one_phase_at_a_time_and_keeps_the_reasons()
    {
        var phases = Validating();

        Assert.Null(phases.TryEnter(Phase.ProposeSolution, s_ready, "supported"));
        Assert.Equal(
            [Phase.DefineBlastRadius, Phase.EstablishTimeline, Phase.FormulateHypotheses, Phase.ValidateHypotheses, Phase.ProposeSolution],
            phases.History.Select(step => step.Phase));
        Assert.Equal("supported", phases.History[^1].Reason);
    }

    [Fact]
    public void Refuses_to_skip_a_phase_and_says_why()
    {
        var phases = new PhaseMachine();
        phases.TryEnter(Phase.DefineBlastRadius, s_ready, "asked");

        Assert.NotNull(phases.TryEnter(Phase.FormulateHypotheses, s_ready, "impatient"));
        Assert.Equal(Phase.DefineBlastRadius, phases.Phase);
    }

    [Fact]
    public void Stays_until_the_criteria_of_the_phase_are_met()
    {
        var phases = new PhaseMachine();
        phases.TryEnter(Phase.DefineBlastRadius, s_fresh, "asked");

        Assert.NotNull(phases.TryEnter(Phase.EstablishTimeline, s_fresh, "go"));
        Assert.Equal(Phase.DefineBlastRadius, phases.Phase);
        Assert.Null(phases.TryEnter(Phase.EstablishTimeline, s_fresh with { ScopeAssessed = true }, "go"));
    }

    [Fact]
    public void Goes_back_to_hypotheses_when_all_were_dropped_but_at_most_three_times()
    {
        var phases = Validating();

        for (var i = 0; i < PhaseMachine.MaxLoopBacks; i++)
        {
            Assert.Null(phases.TryEnter(Phase.FormulateHypotheses, s_dropped, "all dropped"));
            Assert.Null(phases.TryEnter(Phase.ValidateHypotheses, s_dropped, "again"));
        }

        Assert.Contains("3 times", phases.TryEnter(Phase.FormulateHypotheses, s_dropped, "once more"), StringComparison.Ordinal);
    }

    [Fact]
    public void Does_not_go_back_while_a_hypothesis_is_live() =>
        Assert.NotNull(Validating().TryEnter(Phase.FormulateHypotheses, s_ready, "why not"));

    [Fact]
    public void Proposes_nothing_before_every_hypothesis_was_tested() =>
        Assert.NotNull(Validating().TryEnter(Phase.ProposeSolution, s_ready with { UntestedHypotheses = 1 }, "hurry"));

    private static PhaseMachine Validating()
    {
        var phases = new PhaseMachine();
        for (var phase = Phase.DefineBlastRadius; phase <= Phase.ValidateHypotheses; phase++)
        {
            Assert.Null(phases.TryEnter(phase, s_ready, "next"));
        }

        return phases;
    }
}
