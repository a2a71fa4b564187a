using FaultMaven.Protos.Agent.V1;
using FaultMaven.Protos.Data.V1;
using static FaultMaven.Agents.Tests.TestSignals;
using static FaultMaven.Agents.Tests.Turns.AgentHost;

namespace FaultMaven.Agents.Tests.Turns;

public class AskingAgain
{
    [Fact]
    public async Task Says_that_nothing_changed_when_nothing_did()
    {
        await using var host = await StartAsync();
        AddKilledPod(host);
        var caseName = await host.CreateCaseAsync();

        var first = await host.AskAsync(caseName, "Why does web-1 stop?");
        var before = await AnswerAsync(host, first);
        var after = await AnswerAsync(host, await host.AskAsync(caseName, "When did it start?"));

        Assert.Null(before.SinceLastAnswer);
        Assert.StartsWith("Nothing changed", after.SinceLastAnswer.Summary, StringComparison.Ordinal);
        Assert.Equal(new AnswerChange { PreviousTurn = first.Name, Summary = after.SinceLastAnswer.Summary }, after.SinceLastAnswer);
    }

    [Fact]
    public async Task Says_what_new_evidence_changed()
    {
        await using var host = await StartAsync();
        var caseName = await host.CreateCaseAsync();
        host.Data.Evidence.Add(File(caseName, "notes.txt", signals: 0));
        var before = await AnswerAsync(host, await host.AskAsync(caseName));

        AddKilledPod(host);
        host.Data.Evidence.Add(File(caseName, "pods.json", signals: 2));
        var change = (await AnswerAsync(host, await host.AskAsync(caseName))).SinceLastAnswer;

        Assert.Equal(Verdict.NotEnoughEvidence, before.Verdict);
        Assert.Equal((Verdict.NotEnoughEvidence, Assurance.None), (change.PreviousVerdict, change.PreviousAssurance));
        Assert.Equal(before.RootCause, change.PreviousRootCause);
        Assert.Equal("pods.json", Assert.Single(change.NewEvidence).FileName);
        Assert.Contains("New evidence was read: pods.json.", change.Summary, StringComparison.Ordinal);
        Assert.Contains("it was \"not enough evidence\"", change.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_that_the_conclusion_is_the_same_when_new_evidence_shows_nothing()
    {
        await using var host = await StartAsync();
        AddKilledPod(host);
        host.Data.Evidence.Add(File("cases/c1", "pods.json", signals: 2));
        var caseName = await host.CreateCaseAsync();
        await AnswerAsync(host, await host.AskAsync(caseName));

        host.Data.Evidence.Add(File("cases/c1", "holiday.txt", signals: 0));
        var answer = await AnswerAsync(host, await host.AskAsync(caseName));

        Assert.Equal("New evidence was read: holiday.txt. The conclusion is the same.", answer.SinceLastAnswer.Summary);
        Assert.Empty(answer.SinceLastAnswer.PreviousRootCause);
        Assert.Equal("holiday.txt", Assert.Single(answer.FilesWithoutFindings).FileName);
        Assert.Contains("Nothing was found in holiday.txt.", answer.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_that_evidence_was_deleted()
    {
        await using var host = await StartAsync();
        AddKilledPod(host);
        host.Data.Evidence.AddRange([File("cases/c1", "pods.json", signals: 2), File("cases/c1", "wrong.txt", signals: 0)]);
        var caseName = await host.CreateCaseAsync();
        await AnswerAsync(host, await host.AskAsync(caseName));

        host.Data.Evidence.RemoveAt(1);
        var change = (await AnswerAsync(host, await host.AskAsync(caseName))).SinceLastAnswer;

        Assert.Equal(1, change.DeletedEvidenceCount);
        Assert.Equal("1 file was deleted. The conclusion is the same.", change.Summary);
    }

    [Fact]
    public async Task Finds_new_files_among_more_than_an_answer_keeps()
    {
        await using var host = await StartAsync();
        AddKilledPod(host);
        host.Data.Evidence.AddRange(Enumerable.Range(0, 500).Select(i => File("cases/c1", $"{i:000}.log", signals: 1)));
        var caseName = await host.CreateCaseAsync();
        var before = await AnswerAsync(host, await host.AskAsync(caseName));

        host.Data.Evidence.AddRange(Enumerable.Range(500, 60).Select(i => File("cases/c1", $"{i:000}.log", signals: 1)));
        var change = (await AnswerAsync(host, await host.AskAsync(caseName))).SinceLastAnswer;

        Assert.Equal(200, before.EvidenceRead.Count);
        Assert.Equal((60, 50, 0), (change.NewEvidenceCount, change.NewEvidence.Count, change.DeletedEvidenceCount));
        Assert.Contains("500.log, 501.log, 502.log and 57 more files", change.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("When did it start?", "Why does web-1 stop? When did it start?")]
    [InlineData("What of web-2?", "What of web-2?")]
    public async Task Takes_a_question_that_names_nothing_to_be_about_what_was_asked_before(string question, string understood)
    {
        await using var host = await StartAsync();
        AddKilledPod(host);
        host.Data.Signals.Add(Signal("pod.crash_loop", "pod/web-2", "Container web of pod web-2 restarts"));
        var caseName = await host.CreateCaseAsync();
        await AnswerAsync(host, await host.AskAsync(caseName, "Why does web-1 stop?"));

        var turn = await host.AskAsync(caseName, question);
        await AnswerAsync(host, turn);

        Assert.Equal(question, turn.Question);
        Assert.Equal(understood, host.Data.Questions[^1]);
    }

    private static async Task<Answer> AnswerAsync(AgentHost host, Turn turn) => (await host.WatchAsync(turn.Name))[^1].Completed;

    private static Evidence File(string caseName, string name, int signals) =>
        new() { Name = $"{caseName}/evidence/{name}", FileName = name, SignalCount = signals };

    private static void AddKilledPod(AgentHost host) => host.Data.Signals.Add(
        Signal("pod.oom_killed", "pod/web-1", "Container web of pod web-1 was OOM-killed with exit code 137",
            attributes: [("container", "web"), ("exit_code", "137")]));
}
