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
        Signal("pod.oom_killed", "pod/web-1", "Container web of pod web-1 was OOM-killed, exit code 137",
            attributes: [("exit_code", "137")]),
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
    public async Task Removes_a_claim_that_says_what_its_citations_do_not(string text, string what)
    {
        var answer = await PassAsync(draft => draft.Claims.Add(Claim(text, s_signals.All[0].Citations[0])));

        Assert.DoesNotContain(answer.Claims, claim => claim.Text == text);
        var note = Assert.Single(answer.GateNotes);
        Assert.Contains(text, note, StringComparison.Ordinal);
        Assert.Contains($"({what})", note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Removes_a_claim_that_cites_nothing_or_what_does_not_exist()
    {
        var nowhere = new Citation { Evidence = "cases/c1/evidence/none", StartLine = 1, EndLine = 1 };

        var answer = await PassAsync(draft => draft.Claims.AddRange([Claim("It failed."), Claim("It broke.", nowhere)]));

        Assert.DoesNotContain(answer.Claims, claim => claim.Text is "It failed." or "It broke.");
        Assert.Equal(["It failed.", "It broke."], answer.GateNotes.Select(note => note.Split('"')[1]));
    }

    [Fact]
    public async Task Lowers_an_assurance_that_the_evidence_does_not_support_and_its_wording()
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
    public async Task Supports_no_cause_once_the_claim_that_states_it_was_removed()
    {
        var answer = await PassAsync(draft => draft.Claims[0].Text = "The root cause is that pod web-7 was OOM-killed.");

        Assert.Equal((Assurance.None, Verdict.ProbableCause), (answer.Assurance, answer.Verdict));
    }

    [Fact]
    public async Task Removes_a_sentence_that_no_claim_supports()
    {
        var answer = await PassAsync(draft => draft.Summary = "Pod web-1 was OOM-killed. The node had 4096 MiB.");

        Assert.Equal("Pod web-1 was OOM-killed.", answer.Summary);
    }

    [Fact]
    public async Task Removes_a_sentence_that_adds_figures_and_names_to_a_remedy_or_a_request()
    {
        var advice = new List<string>();
        var answer = await PassAsync(draft =>
        {
            draft.DataRequests.Add(new DataRequest { What = "The memory use over the last hours", Why = "A climb is a leak." });
            advice.AddRange(draft.Remedies.SelectMany(remedy =>
                new[] { remedy.Action.TrimEnd('.'), AnswerText.FirstStep(remedy).TrimEnd('.') }));
            advice.AddRange(draft.DataRequests.SelectMany(request => new[] { request.What, AnswerText.NextRequest(request).TrimEnd('.') }));
            draft.Summary = string.Join(' ', advice.Select(text => $"{text} of db-7, which leaked 93 GB."));
        });

        Assert.NotEmpty(advice);
        Assert.Equal("", answer.Summary);
        Assert.Equal(advice.Count, answer.GateNotes.Count);
    }

    [Fact]
    public async Task Keeps_the_advice_of_the_catalogue_as_it_is()
    {
        var advice = "";
        var answer = await PassAsync(draft => draft.Summary = advice = AnswerText.FirstStep(draft.Remedies[0]));

        Assert.Equal(advice, answer.Summary);
        Assert.Empty(answer.GateNotes);
    }

    [Fact]
    public async Task Quotes_in_the_summary_only_what_the_cited_lines_say()
    {
        var line = s_signals.All[0].Citations[0];
        var invented = line.Clone();
        invented.Quote = "node-99 left exit code 139";
        var answer = await PassAsync(draft =>
        {
            draft.Summary = "";
            draft.DecisiveLines.Add([new DecisiveLine { Citation = line }, new DecisiveLine { Citation = invented }]);
        });

        Assert.Equal(line, Assert.Single(answer.DecisiveLines).Citation);
        Assert.Contains(line.Quote, answer.Summary, StringComparison.Ordinal);
        Assert.DoesNotContain("node-99", answer.Summary, StringComparison.Ordinal);
        Assert.Contains("node-99", Assert.Single(answer.GateNotes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("The root cause is that it broke.", Assurance.Confirmed, "The root cause is that it broke.")]
    [InlineData("The root cause is that it broke.", Assurance.Mechanistic, "The root cause is probably that it broke.")]
    [InlineData("The root cause is probably that it broke.", Assurance.Mechanistic, "The root cause is probably that it broke.")]
    [InlineData("The root cause is probably that it broke.", Assurance.None, "The root cause may be that it broke.")]
    [InlineData("It definitely broke.", Assurance.None, "It broke.")]
    public void Holds_the_wording_to_the_assurance(string text, Assurance assurance, string held) =>
        Assert.Equal(held, Hedging.Hold(text, assurance));

    private static async Task<Answer> PassAsync(Action<Answer> change)
    {
        var investigation = new Investigation(s_catalogue);
        investigation.Begin();
        Assert.NotEmpty(investigation.Study(s_signals, "", []).ToList());
        var draft = AnswerDraft.Write("", investigation, [], []);
        draft.DecisiveLines.Clear();
        change(draft);

        return await new EvidenceGate(new Vocabulary(s_catalogue))
            .PassAsync(draft, investigation.Conclusion, s_signals, Lines(s_signals), TestContext.Current.CancellationToken);
    }

    private static Claim Claim(string text, params Citation[] citations) => new() { Text = text, Citations = { citations } };
}
