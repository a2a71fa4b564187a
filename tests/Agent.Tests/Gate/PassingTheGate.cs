using FaultMaven.Agents.Analysis;
using FaultMaven.Agents.Answers;
using FaultMaven.Agents.Catalogue;
using FaultMaven.Agents.Gate;
using FaultMaven.Agents.Signals;
using FaultMaven.Protos.Agent.V1;
using FaultMaven.Protos.Data.V1;
using static FaultMaven.Agents.Tests.TestSignals;

namespace FaultMaven.Agents.Tests.Gate;

public class PassingTheGate
{
    private static readonly FailureCatalogue s_catalogue = FailureCatalogue.Load(null);

    private static readonly CaseSignals s_signals = Case(
        Signal("pod.oom_killed", "pod/web-1", "Container web of pod web-1 was OOM-killed, exit code 137", attributes: [("exit_code", "137")]),
        Signal("pod.crash_loop", "pod/web-1", "Container web of pod web-1 restarted 1,204 times", line: 2));

    [Theory]
    [InlineData("Container web of pod web-1 left exit code 137.")]
    [InlineData("Container web restarted 1204 times.")]
    [InlineData("It was OOM-killed.")]
    public async Task Keeps_a_claim_whose_figures_and_names_are_cited(string text)
    {
        var answer = await PassAsync(draft => draft.Claims.Add(Claim(text, s_signals.All[0].Citations[0], s_signals.All[1].Citations[0])));

        Assert.Contains(answer.Claims, claim => claim.Text == text);
        Assert.Empty(answer.GateNotes);
    }

    [Theory]
    [InlineData("Container web left exit code 139.", "139")]
    [InlineData("Pod web-2 was killed.", "web-2")]
    [InlineData("FreeableMemory was used up.", "FreeableMemory")]
    public async Task Strikes_a_claim_that_says_what_its_citations_do_not(string text, string what)
    {
        var answer = await PassAsync(draft => draft.Claims.Add(Claim(text, s_signals.All[0].Citations[0])));

        Assert.DoesNotContain(answer.Claims, claim => claim.Text == text);
        Assert.Equal($"Struck: \"{text}\" says what its citations do not: {what}.", Assert.Single(answer.GateNotes));
    }

    [Fact]
    public async Task Strikes_a_claim_that_cites_nothing_or_what_does_not_exist()
    {
        var nowhere = new Citation { Evidence = "cases/c1/evidence/none", StartLine = 1, EndLine = 1 };

        var answer = await PassAsync(draft => draft.Claims.AddRange([Claim("It failed."), Claim("It broke.", nowhere)]));

        Assert.Equal(["Struck: \"It failed.\" cites nothing.", "Struck: \"It broke.\" cites what does not exist."], answer.GateNotes);
    }

    [Fact]
    public async Task Lowers_an_assurance_that_the_evidence_does_not_carry_and_its_wording()
    {
        var answer = await PassAsync(draft =>
        {
            draft.Assurance = Assurance.Confirmed;
            draft.RootCause = "The root cause is clearly that pod web-1 was OOM-killed.";
        });

        Assert.Equal(Assurance.Mechanistic, answer.Assurance);
        Assert.Equal("The root cause is probably that pod web-1 was OOM-killed.", answer.RootCause);
        Assert.Equal(2, answer.GateNotes.Count);
    }

    [Fact]
    public async Task Carries_no_cause_once_the_claim_that_states_it_was_struck()
    {
        var answer = await PassAsync(draft => draft.Claims[0].Text = "The root cause is that pod web-7 was OOM-killed.");

        Assert.Equal((Assurance.None, Verdict.ProbableCause), (answer.Assurance, answer.Verdict));
    }

    [Fact]
    public async Task Strikes_a_sentence_that_no_claim_carries()
    {
        var answer = await PassAsync(draft => draft.Summary = "Pod web-1 was OOM-killed. The node had 4096 MiB.");

        Assert.Equal("Pod web-1 was OOM-killed.", answer.Summary);
    }

    [Theory]
    [InlineData("The root cause is that it broke.", Assurance.Confirmed, "The root cause is that it broke.")]
    [InlineData("The root cause is that it broke.", Assurance.Mechanistic, "The root cause is probably that it broke.")]
    [InlineData("The root cause is probably that it broke.", Assurance.Mechanistic, "The root cause is probably that it broke.")]
    [InlineData("The root cause is probably that it broke.", Assurance.None, "The root cause may be that it broke.")]
    [InlineData("It definitely broke.", Assurance.None, "It broke.")]
    public void Holds_the_wording_to_the_assurance(string text, Assurance assurance, string held) => Assert.Equal(held, Hedging.Hold(text, assurance));

    private static async Task<Answer> PassAsync(Action<Answer> change)
    {
        var investigation = new Investigation(s_catalogue);
        investigation.Begin();
        Assert.NotEmpty(investigation.Study(s_signals).ToList());
        var draft = AnswerDraft.Write(investigation, [], []);
        change(draft);

        return await new EvidenceGate(new Vocabulary(s_catalogue)).PassAsync(draft, investigation.Conclusion, s_signals, Lines(s_signals), TestContext.Current.CancellationToken);
    }

    private static Claim Claim(string text, params Citation[] citations) => new() { Text = text, Citations = { citations } };
}
