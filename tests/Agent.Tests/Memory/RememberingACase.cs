using System.Text.RegularExpressions;
using FaultMaven.Agents.Memory;
using FaultMaven.Agents.Tests.Turns;
using FaultMaven.Agents.Turns;
using FaultMaven.Protos.Agent.V1;
using FaultMaven.Protos.Data.V1;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.Tests.Shared;
using Grpc.Core;
using static FaultMaven.Agents.Tests.TestSignals;

namespace FaultMaven.Agents.Tests.Memory;

public partial class RememberingACase
{
    private const string Moved = "The payments team moved build 4711 to the west region at 09:40.";
    private const string WhichBuild = "Which build did the payments team move?";

    [Fact]
    public async Task Answers_at_turn_60_what_was_said_in_turn_2_and_stays_within_its_budget()
    {
        const int budget = 600;
        await using var model = await ScriptedModel.StartAsync(["no answer"], TestContext.Current.CancellationToken);
        await using var host = await AgentHost.StartAsync(("Agent:Model:Endpoint", model.Endpoint), ("Agent:Model:Id", "scripted"),
            ("Agent:Memory:Tokens", $"{budget}"));
        AddKill(host);
        var name = await host.CreateCaseAsync();

        await CompleteAsync(host, name, "Why is the web pod restarting?");
        await CompleteAsync(host, name, $"{Moved} Is that related?");
        for (var turn = 3; turn < 60; turn++)
        {
            await CompleteAsync(host, name, $"Attempt {turn} of the on-call team changed nothing. What next?");
        }

        model.Requests.Clear();
        var events = await CompleteAsync(host, name, WhichBuild);

        var answer = events[^1].Completed;
        Assert.Contains(Moved, answer.Answer_, StringComparison.Ordinal);
        Assert.Equal(Moved, answer.Remembered[0].Text);
        Assert.StartsWith("person:", answer.Remembered[0].Actor, StringComparison.Ordinal);
        Assert.Contains("build 4711", model.Requests[0], StringComparison.Ordinal);
        Assert.Contains("earlier turns", model.Requests[0], StringComparison.Ordinal);
        Assert.InRange(TokensOf(events), 300, budget);

        // What is kept of sixty turns about one cause: what was said, what was found, and one conclusion.
        var memory = await host.Agent.GetCaseMemoryAsync(new() { Parent = name }, cancellationToken: AgentHost.Cancel);
        Assert.Equal(60, memory.TurnCount);
        Assert.Equal(60, Assert.Single(memory.Conclusions).TurnCount);
        Assert.Contains(memory.Facts, fact => fact is { Actor: "", Citations.Count: > 0 });
    }

    [Fact]
    public async Task Remembers_what_colleagues_write_into_the_case_and_who_it_was()
    {
        await using var host = await AgentHost.StartAsync();
        AddKill(host);
        var name = await host.CreateCaseAsync();
        await host.Session.CreateMessageAsync(new() { Parent = name, Text = $"{Moved}\nWho can look at it?" },
            cancellationToken: AgentHost.Cancel);

        var answer = (await CompleteAsync(host, name, WhichBuild))[^1].Completed;

        var fact = Assert.Single(answer.Remembered);
        Assert.Equal(Moved, fact.Text);
        Assert.StartsWith($"{name}/messages/", fact.Message, StringComparison.Ordinal);
        Assert.Empty(fact.Citations);
        Assert.StartsWith($"{fact.Actor["person:".Length..]} said earlier, at ", answer.Answer_, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_a_question_about_the_cause_from_evidence_and_not_from_what_was_said()
    {
        await using var host = await AgentHost.StartAsync();
        AddKill(host);
        var name = await host.CreateCaseAsync();
        await host.Session.CreateMessageAsync(new() { Parent = name, Text = "The web pod is killed because of the network." },
            cancellationToken: AgentHost.Cancel);

        var answer = (await CompleteAsync(host, name, "Why is the web pod killed, is it the network?"))[^1].Completed;

        Assert.DoesNotContain("said earlier", answer.Answer_, StringComparison.Ordinal);
        Assert.DoesNotContain("network", answer.RootCause, StringComparison.Ordinal);
        Assert.Single(answer.Remembered);
    }

    [Fact]
    public async Task Does_not_answer_a_question_by_its_own_words()
    {
        await using var host = await AgentHost.StartAsync();
        AddKill(host);
        var name = await host.CreateCaseAsync();

        var answer = (await CompleteAsync(host, name, $"{Moved} {WhichBuild}"))[^1].Completed;

        Assert.Empty(answer.Remembered);
    }

    [Fact]
    public async Task Forgets_what_rested_on_evidence_that_is_deleted()
    {
        await using var host = await AgentHost.StartAsync();
        AddKill(host);
        var name = await host.CreateCaseAsync();
        await CompleteAsync(host, name, "Why?");
        Assert.NotEmpty((await MemoryAsync(host, name)).Facts);

        host.Data.Evidence.Clear();
        host.Data.Signals.Clear();

        Assert.Empty((await MemoryAsync(host, name)).Facts);
    }

    [Fact]
    public async Task Gives_the_same_memory_turn_by_turn_and_all_at_once()
    {
        await using var host = await AgentHost.StartAsync();
        AddKill(host);
        var name = await host.CreateCaseAsync();
        foreach (var question in new[] { "Why?", $"{Moved} Why?", "We restarted it twice. Is it up?", $"{Moved} And now?" })
        {
            await CompleteAsync(host, name, question);
        }

        var grown = await MemoryAsync(host, name);
        using (TestIdentity.Work())
        {
            var transaction = new StateTransaction(TurnKeys.PartitionOf(name.Split('/')[1]));
            transaction.IfPresent(TurnKeys.Memory);
            transaction.Delete(TurnKeys.Memory);
            Assert.NotNull(await host.State.CommitAsync(transaction, AgentHost.Cancel));
        }

        Assert.Equal(grown, await MemoryAsync(host, name));
        Assert.Single(grown.Facts, fact => fact.Text == Moved);
    }

    [Fact]
    public async Task Has_no_memory_of_a_case_that_does_not_exist()
    {
        await using var host = await AgentHost.StartAsync();

        var refusal = await Assert.ThrowsAsync<RpcException>(() => MemoryAsync(host, "cases/nowhere"));

        Assert.Equal(StatusCode.NotFound, refusal.StatusCode);
        Assert.Equal(ErrorReason.CaseNotFound, RpcFault.ReasonOf(refusal));
    }

    [Theory]
    [InlineData("We doubled the connection pool of orders on Tuesday.", "When was the connection pool doubled?", true)]
    [InlineData("We doubled the connection pool of orders on Tuesday.", "When was the disk doubled?", false)]
    [InlineData("The certificate of api-7 was renewed.", "What happened to api-7?", true)]
    [InlineData("The primary is db-2.", "Is the primary up?", false)]
    [InlineData("The primary is db-2.", "Is the deployment of checkout complete?", false)]
    public void Recalls_a_fact_only_where_it_bears_on_the_question(string fact, string question, bool isRecalled)
    {
        RememberedFact[] facts =
        [
            new() { Text = fact, Actor = "person:ann" },
            new() { Text = "Nothing else happened on that day in the shop.", Actor = "person:bob" },
        ];

        var found = MemoryRecall.Find(facts, question);

        Assert.Equal(isRecalled, found.Any(entry => entry.Fact.Text == fact));
    }

    [Theory]
    [InlineData("Why is it slow? We rolled back at 10:05. Please check the logs.", "We rolled back at 10:05.")]
    [InlineData("Could you look at orders", "")]
    [InlineData("ok thanks", "")]
    [InlineData("Version 2.1.7 of the gateway went live. Is it that?", "Version 2.1.7 of the gateway went live.")]
    public void Takes_statements_and_not_questions_or_requests(string message, string stated) =>
        Assert.Equal(stated, string.Join('|', SaidSentences.In(message)));

    [Fact]
    public void Keeps_what_was_said_when_there_is_too_much()
    {
        var memory = new CaseMemory();
        MemoryFold.Add(memory, Said(1, Moved));
        for (var index = 0; index < 500; index++)
        {
            MemoryFold.Add(memory, Found(index));
        }

        Assert.Equal(400, memory.Facts.Count);
        Assert.Equal(Moved, memory.Facts[0].Text);
        Assert.Equal("Finding 499.", memory.Facts[^1].Text);
    }

    private static Protos.Session.V1.CaseEvent Said(long version, string text) => new()
    {
        Version = version,
        Actor = "person:ann",
        MessageAdded = new() { Author = Protos.Session.V1.Message.Types.Author.User, Text = text },
    };

    private static Turn Found(int index) => new()
    {
        Name = $"cases/c1/turns/t{index}",
        State = Turn.Types.State.Completed,
        Answer = new()
        {
            RootCause = "The disk is full.",
            Claims =
            {
                new Claim { Text = $"Finding {index}.", Citations = { new Citation { Evidence = "e", StartLine = index } } },
            },
        },
    };

    private static void AddKill(AgentHost host)
    {
        host.Data.Evidence.Add(new Protos.Data.V1.Evidence { Name = $"{TestSignals.Evidence}events-json", FileName = "events.json" });
        host.Data.Signals.Add(Signal("pod.oom_killed", "pod/web-1", "Container web of pod web-1 was OOM-killed with exit code 137",
            attributes: [("container", "web"), ("exit_code", "137")]));
    }

    private static async Task<List<TurnEvent>> CompleteAsync(AgentHost host, string name, string question)
    {
        var turn = await host.AskAsync(name, question);
        var events = await host.WatchAsync(turn.Name);
        Assert.NotNull(events[^1].Completed);
        return events;
    }

    private static async Task<CaseMemory> MemoryAsync(AgentHost host, string name) =>
        await host.Agent.GetCaseMemoryAsync(new() { Parent = name }, cancellationToken: AgentHost.Cancel);

    private static int TokensOf(List<TurnEvent> events) => int.Parse(
        Tokens().Match(events.Single(next => next.ToolCall?.Tool == "memory_window").ToolCall.Outcome).Groups[1].Value,
        System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(@"in (\d+) tokens")]
    private static partial Regex Tokens();
}
