using FaultMaven.Agents.Answers;
using FaultMaven.Agents.Tests.Turns;
using FaultMaven.Protos.Agent.V1;
using FaultMaven.Protos.Data.V1;
using FaultMaven.Tests.Shared;
using static FaultMaven.Agents.Tests.TestSignals;

namespace FaultMaven.Agents.Tests.Models;

public class AskingAModel
{
    private const string Good = """
        {"category": "resource_exhaustion",
         "root_cause": "The root cause is probably that container web of pod web-1 ran out of memory.",
         "summary": "Container web of pod web-1 was killed with exit code 137.",
         "claims": [{"text": "Container web of pod web-1 was OOM-killed with exit code 137.", "signals": ["S1", "S2"]}]}
        """;

    [Fact]
    public async Task Gives_its_answer_once_the_gate_has_passed_it()
    {
        var (answer, model) = await AnswerAsync(Good);

        Assert.Equal("scripted", answer.Author);
        Assert.StartsWith("The root cause is probably that container web of pod web-1 ran out of memory.", answer.RootCause,
            StringComparison.Ordinal);
        Assert.NotEmpty(Assert.Single(answer.Claims).Citations);
        Assert.Contains("json_schema", Assert.Single(model.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sends_nothing_that_was_not_redacted()
    {
        var (_, model) = await AnswerAsync(Good);

        Assert.DoesNotContain(ScriptedRedaction.Secret, Assert.Single(model.Requests), StringComparison.Ordinal);
        Assert.Contains("SECRET_1", model.Requests[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sends_how_the_objects_are_related_those_first_that_do_not_hold()
    {
        await using var model = await ScriptedModel.StartAsync([Good], TestContext.Current.CancellationToken);
        await using var host = await AgentHost.StartAsync(("Agent:Model:Endpoint", model.Endpoint), ("Agent:Model:Id", "scripted"));
        host.Data.Signals.Add(Signal("pod.oom_killed", "pod/web-1", "Container web of pod web-1 was OOM-killed with exit code 137"));
        host.Data.Graph.Objects.Add(new CaseObject { Id = "pod/web-1", Kind = "pod", Name = "web-1", State = "Running, not ready" });
        host.Data.Graph.Relations.Add(Relation(RelationType.RunsOn, "pod/web-1", "node/n4", ""));
        host.Data.Graph.Relations.Add(Relation(RelationType.Selects, "service/web", "pod/web-1", "app=web"));
        host.Data.Graph.Relations[1].Unmet = true;

        var turn = await host.AskAsync(await host.CreateCaseAsync());
        var events = await host.WatchAsync(turn.Name);

        var request = Assert.Single(model.Requests);
        Assert.Contains("R1 [Selects, not met]: service/web -", request, StringComparison.Ordinal);
        Assert.Contains("R2 [RunsOn]: pod/web-1 -", request, StringComparison.Ordinal);
        Assert.Contains("O1: pod/web-1: Running, not ready", request, StringComparison.Ordinal);
        Assert.Equal("1 object, 2 relations.", events.Single(next => next.ToolCall?.Tool == "graph").ToolCall.Outcome);
    }

    [Fact]
    public async Task Repairs_an_answer_that_does_not_fit_the_schema_once()
    {
        var (answer, model) = await AnswerAsync("I think it is the memory.", Good);

        Assert.Equal("scripted", answer.Author);
        Assert.Equal(2, model.Requests.Count);
    }

    [Theory]
    [InlineData("I think it is the memory.")]
    [InlineData("""{"category": "bad_luck", "root_cause": "x", "summary": "x", "claims": [{"text": "x", "signals": ["S1"]}]}""")]
    [InlineData("""{"category": "infrastructure", "root_cause": "", "summary": "x", "claims": []}""")]
    [InlineData("""{"category": "infrastructure", "root_cause": "x", "summary": "x", "claims": [null]}""")]
    [InlineData("""{"category": "infrastructure", "root_cause": "x", "summary": "x", "claims": [{"text": "x", "signals": [null]}]}""")]
    [InlineData("""{"category": "infrastructure", "root_cause": "x", "summary": "x", "claims": [{"text": "x", "signals": null}]}""")]
    [InlineData("""{"category": 5, "root_cause": {}, "summary": [], "claims": "x"}""")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData(null)]
    public async Task Leaves_the_answer_to_the_analyst_when_the_model_gives_none(string? reply)
    {
        var (answer, _) = await AnswerAsync(reply);

        Assert.Equal(AnswerDraft.Analyst, answer.Author);
        Assert.Equal(FailureCategory.ResourceExhaustion, answer.Category);
    }

    [Theory]
    [InlineData("resource_exhaustion", "Container web of pod web-1 leaked 512 MiB.", "S1")]
    [InlineData("resource_exhaustion", "Container web of pod web-1 was OOM-killed with exit code 137.", "S9")]
    [InlineData("infrastructure", "Container web of pod web-1 was OOM-killed with exit code 137.", "S1")]
    [InlineData("healthy", "Container web of pod web-1 was OOM-killed with exit code 137.", "S1")]
    public async Task Leaves_the_answer_to_the_analyst_when_the_model_claims_what_evidence_does_not_support(string category, string claim,
        string signal)
    {
        var reply = $$"""
            {"category": "{{category}}", "root_cause": "Container web failed.", "summary": "It failed.",
             "claims": [{"text": "{{claim}}", "signals": ["{{signal}}"]}]}
            """;

        var (answer, _) = await AnswerAsync(reply);

        Assert.Equal(AnswerDraft.Analyst, answer.Author);
        Assert.Equal(FailureCategory.ResourceExhaustion, answer.Category);
        Assert.Contains(answer.GateNotes, note => note.Contains("scripted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sends_nothing_that_was_not_screened()
    {
        await using var model = await ScriptedModel.StartAsync([Good], TestContext.Current.CancellationToken);
        await using var host = await AgentHost.StartAsync(("Agent:Model:Endpoint", model.Endpoint), ("Agent:Model:Id", "scripted"));
        host.Redaction.Screens = false;
        host.Data.Signals.Add(Signal("pod.oom_killed", "pod/web-1", "Container web of pod web-1 was OOM-killed with exit code 137"));

        var turn = await host.AskAsync(await host.CreateCaseAsync());
        var events = await host.WatchAsync(turn.Name);

        Assert.Empty(model.Requests);
        Assert.Equal(AnswerDraft.Analyst, events[^1].Completed.Author);
    }

    private static ObjectRelation Relation(RelationType type, string from, string to, string detail) => new()
    {
        Type = type,
        From = from,
        To = to,
        Detail = detail,
        Citation = new() { Evidence = "cases/c/evidence/e", StartLine = 1, EndLine = 1, Quote = detail },
    };

    private static async Task<(Answer Answer, ScriptedModel Model)> AnswerAsync(params string?[] replies)
    {
        await using var model = await ScriptedModel.StartAsync(replies, TestContext.Current.CancellationToken);
        await using var host = await AgentHost.StartAsync(("Agent:Model:Endpoint", model.Endpoint), ("Agent:Model:Id", "scripted"));
        host.Data.Signals.AddRange(
        [
            Signal("pod.oom_killed", "pod/web-1", "Container web of pod web-1 was OOM-killed with exit code 137",
                attributes: [("container", "web"), ("exit_code", "137")]),
            Signal("log.out_of_memory", "file/web.log", $"Memory cgroup out of memory: Killed process 1 token {ScriptedRedaction.Secret}",
                file: "web.log", line: 7),
        ]);

        var turn = await host.AskAsync(await host.CreateCaseAsync());
        var events = await host.WatchAsync(turn.Name);
        return (events[^1].Completed, model);
    }
}
