using FaultMaven.Agents.Catalogue;
using FaultMaven.Agents.Hypotheses;
using static FaultMaven.Agents.Tests.TestSignals;
using State = FaultMaven.Protos.Agent.V1.Hypothesis.Types.State;

namespace FaultMaven.Agents.Tests.Hypotheses;

public class WeighingEvidence
{
    private static readonly FailureMode s_mode = FailureCatalogue.Load(null).Find("kubernetes.oom_killed")!;

    [Theory]
    [InlineData(0.5, 0, 0, 0.5)]
    [InlineData(0.5, 1, 0, 0.65)]
    [InlineData(0.5, 2, 0, 0.8)]
    [InlineData(0.5, 4, 0, 1)]
    [InlineData(0.5, 0, 1, 0.3)]
    [InlineData(0.5, 0, 3, 0)]
    [InlineData(0.4, 2, 1, 0.5)]
    public void Moves_by_fifteen_hundredths_for_support_and_twenty_against(double initial, int supporting, int refuting,
        double likelihood) =>
        Assert.Equal(likelihood, Likelihood.Of(initial, supporting, refuting, 0), 4);

    [Theory]
    [InlineData(1, 0.8)]
    [InlineData(2, 0.578)]
    [InlineData(3, 0.4913)]
    public void Decays_from_the_second_iteration_without_progress(int stalled, double likelihood) =>
        Assert.Equal(likelihood, Likelihood.Of(0.5, 2, 0, stalled), 4);

    [Theory]
    [InlineData(0.5, 2, 0, State.Validated)]
    [InlineData(0.7, 1, 0, State.Inconclusive)]
    [InlineData(0.5, 0, 2, State.Refuted)]
    [InlineData(0.4, 0, 1, State.Retired)]
    [InlineData(0.5, 1, 1, State.Inconclusive)]
    public void Decides_by_likelihood_and_number_of_links(double initial, int supporting, int refuting, State state) =>
        Assert.Equal(state, Hypothesis(initial, supporting, refuting).State);

    [Fact]
    public void Is_captured_when_raised_and_active_once_more_supports_it()
    {
        Assert.Equal(State.Captured, new Hypothesis(s_mode, 0.5, Links(1, 0)).State);
        Assert.Equal(State.Active, new Hypothesis(s_mode, 0.5, Links(2, 0)).State);
    }

    [Fact]
    public void Counts_an_iteration_that_changes_less_than_five_hundredths_as_stalled()
    {
        var first = new Hypothesis(s_mode, 0.5, Links(1, 0)).Test(Links(1, 0));
        var second = first.Test(Links(1, 0));

        Assert.Equal(0, first.StalledIterations);
        Assert.Equal(1, second.StalledIterations);
        Assert.Equal(0, second.Test(Links(2, 0)).StalledIterations);
    }

    [Fact]
    public void Asks_for_alternatives_when_four_of_one_category_are_live()
    {
        var crowd = Enumerable.Range(0, 4).Select(_ => Hypothesis(0.5, 1, 0)).ToList();

        Assert.NotNull(AnchoringGuard.Check(crowd));
        Assert.Null(AnchoringGuard.Check(crowd[..3]));
    }

    [Fact]
    public void Asks_for_alternatives_when_the_likeliest_stalls_below_seventy()
    {
        Assert.NotNull(AnchoringGuard.Check([Hypothesis(0.5, 1, 0) with { StalledIterations = 3 }]));
        Assert.NotNull(AnchoringGuard.Check(
            [Hypothesis(1, 2, 0) with { StalledIterations = 3 }, Hypothesis(1, 2, 0) with { StalledIterations = 3 }]));
        Assert.Null(AnchoringGuard.Check([Hypothesis(0.5, 1, 0) with { StalledIterations = 2 }]));
    }

    private static Hypothesis Hypothesis(double initial, int supporting, int refuting) =>
        new(s_mode, initial, Links(supporting, refuting), Tested: true);

    private static List<EvidenceLink> Links(int supporting, int refuting) =>
    [
        .. Enumerable.Range(0, supporting).Select(i => new EvidenceLink(Signal("pod.oom_killed", $"pod/p{i}", "killed"), 1, true)),
        .. Enumerable.Range(0, refuting).Select(i => new EvidenceLink(Signal("metric.within_bounds", $"metric/m{i}", "fine"), 1, false)),
    ];
}
