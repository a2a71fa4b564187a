using FaultMaven.Protos.Agent.V1;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using Grpc.Core;
using static FaultMaven.Agents.Tests.TestSignals;
using static FaultMaven.Agents.Tests.Turns.AgentHost;

namespace FaultMaven.Agents.Tests.Turns;

public class RunningATurn
{
    [Fact]
    public async Task Streams_the_phases_in_order_and_ends_with_a_cited_answer()
    {
        await using var host = await StartAsync();
        AddKilledPod(host);
        var caseName = await host.CreateCaseAsync();

        var turn = await host.AskAsync(caseName);
        var events = await host.WatchAsync(turn.Name);

        Assert.Equal(Enumerable.Range(1, events.Count).Select(sequence => (long)sequence), events.Select(next => next.Sequence));
        Assert.Equal(
            [Phase.DefineBlastRadius, Phase.EstablishTimeline, Phase.FormulateHypotheses, Phase.ValidateHypotheses, Phase.ProposeSolution],
            events.Where(next => next.PhaseEntered is not null).Select(next => next.PhaseEntered.Phase));
        var answer = events[^1].Completed;
        Assert.Equal(FailureCategory.ResourceExhaustion, answer.Category);
        Assert.Contains("137", answer.RootCause, StringComparison.Ordinal);
        Assert.NotEmpty(answer.Claims);
        Assert.All(answer.Claims, claim => Assert.NotEmpty(claim.Citations));
        Assert.Equal("runbooks/memory.md", Assert.Single(answer.References).Path);

        var kept = await host.Agent.GetTurnAsync(new() { Name = turn.Name }, cancellationToken: Cancel);
        Assert.Equal(Turn.Types.State.Completed, kept.State);
        Assert.Equal(answer, kept.Answer);
    }

    [Fact]
    public async Task Records_question_and_answer_in_the_case_and_redacts_them_first()
    {
        await using var host = await StartAsync();
        AddKilledPod(host);
        var caseName = await host.CreateCaseAsync();

        var turn = await host.AskAsync(caseName, $"Is {ScriptedRedaction.Secret} to blame?");
        await host.WatchAsync(turn.Name);
        var concluded = await ConcludedAsync(host, caseName);
        var messages = await host.Session.ListMessagesAsync(new() { Parent = caseName }, cancellationToken: Cancel);

        Assert.Equal("Is <SECRET_1> to blame?", turn.Question);
        Assert.Equal("Is <SECRET_1> to blame?", messages.Messages[0].Text);
        Assert.Equal(turn.Name, concluded);
    }

    [Fact]
    public async Task Is_the_same_turn_when_the_request_is_repeated()
    {
        await using var host = await StartAsync();
        var caseName = await host.CreateCaseAsync();

        var first = await host.AskAsync(caseName, "Why?", "r-1");
        var second = await host.AskAsync(caseName, "Why?", "r-1");
        var other = await Assert.ThrowsAsync<RpcException>(() => host.AskAsync(caseName, "Why not?", "r-1"));

        Assert.Equal(first.Name, second.Name);
        Assert.Equal(ErrorReason.RequestIdReused, RpcFault.ReasonOf(other));
        var turns = await host.Agent.ListTurnsAsync(new() { Parent = caseName }, cancellationToken: Cancel);
        Assert.Single(turns.Turns);
    }

    [Fact]
    public async Task Sends_only_what_comes_after_the_sequence_seen()
    {
        await using var host = await StartAsync();
        AddKilledPod(host);
        var turn = await host.AskAsync(await host.CreateCaseAsync());
        var all = await host.WatchAsync(turn.Name);

        var rest = await host.WatchAsync(turn.Name, all[2].Sequence);

        Assert.Equal(all.Skip(3), rest);
    }

    [Fact]
    public async Task Continues_after_a_restart_without_repeating_an_event()
    {
        await using var host = await StartAsync(("Agent:Turns:Lease", "00:00:01"));
        AddKilledPod(host);
        host.Data.Gate = new();
        var turn = await host.AskAsync(await host.CreateCaseAsync());
        await host.Data.Asked;

        await host.RestartAsync();
        host.Data.Gate.SetResult();
        var events = await host.WatchAsync(turn.Name);

        Assert.Equal(Enumerable.Range(1, events.Count).Select(sequence => (long)sequence), events.Select(next => next.Sequence));
        Assert.Single(events, next => next.PhaseEntered?.Phase == Phase.DefineBlastRadius);
        Assert.NotNull(events[^1].Completed);
    }

    [Fact]
    public async Task Ends_as_cancelled_when_it_is_cancelled()
    {
        await using var host = await StartAsync();
        host.Data.Gate = new();
        var turn = await host.AskAsync(await host.CreateCaseAsync());
        await host.Data.Asked;

        var cancelled = await host.Agent.CancelTurnAsync(new() { Name = turn.Name }, cancellationToken: Cancel);
        var events = await host.WatchAsync(turn.Name);
        var again = await host.Agent.CancelTurnAsync(new() { Name = turn.Name }, cancellationToken: Cancel);

        Assert.Equal(Turn.Types.State.Cancelled, cancelled.State);
        Assert.Equal(cancelled, again);
        Assert.Equal(((int)StatusCode.Cancelled, "ERROR_REASON_TURN_CANCELLED"),
            (events[^1].Failed.Error.Code, ReasonOf(events[^1].Failed)));
        Assert.Equal(events[^1].Failed.Error, cancelled.Error);
    }

    [Fact]
    public async Task Cannot_be_cancelled_once_it_is_completed()
    {
        await using var host = await StartAsync();
        var turn = await host.AskAsync(await host.CreateCaseAsync());
        await host.WatchAsync(turn.Name);

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await host.Agent.CancelTurnAsync(new() { Name = turn.Name }, cancellationToken: Cancel));

        Assert.Equal((StatusCode.FailedPrecondition, ErrorReason.TurnEnded), (refused.StatusCode, RpcFault.ReasonOf(refused)));
        Assert.Equal("STATE_COMPLETED", refused.GetRpcStatus()!.GetDetail<Google.Rpc.ErrorInfo>()!.Metadata["state"]);
    }

    [Fact]
    public async Task Is_written_in_few_batches()
    {
        await using var host = await StartAsync();
        AddKilledPod(host);

        // Each transaction increments the sequence of its slot. Of them the audit log has two for each call that changes something.
        var before = await host.CommandsAsync("incr");

        var turn = await host.AskAsync(await host.CreateCaseAsync());
        var events = await host.WatchAsync(turn.Name);

        Assert.True(events.Count > 12, $"{events.Count} events");
        Assert.InRange(await host.CommandsAsync("incr") - before, 1, 24);
    }

    [Fact]
    public async Task Is_refused_before_redaction_when_its_case_takes_no_questions()
    {
        await using var host = await StartAsync();
        var closed = await host.CreateCaseAsync();
        var turn = await host.AskAsync(closed, requestId: "r-1");
        await host.WatchAsync(turn.Name);
        await host.Session.CloseCaseAsync(new() { Name = closed, Resolution = Protos.Session.V1.Case.Types.Resolution.Abandoned },
            cancellationToken: Cancel);
        var before = host.Redaction.Calls;

        var unknown = await Assert.ThrowsAsync<RpcException>(() => host.AskAsync("cases/nope"));
        var late = await Assert.ThrowsAsync<RpcException>(() => host.AskAsync(closed, requestId: "r-2"));
        var tooLong = await Assert.ThrowsAsync<RpcException>(() => host.AskAsync(closed, new string('x', 10_001)));
        var malformedId = await Assert.ThrowsAsync<RpcException>(() => host.AskAsync(closed, requestId: "r-1\n"));
        var replayed = await host.AskAsync(closed, requestId: "r-1");

        Assert.Equal(ErrorReason.CaseNotFound, RpcFault.ReasonOf(unknown));
        Assert.Equal(ErrorReason.CaseStateConflict, RpcFault.ReasonOf(late));
        Assert.Equal("STATE_CLOSED", late.GetRpcStatus()!.GetDetail<Google.Rpc.ErrorInfo>()!.Metadata["state"]);
        Assert.Equal(ErrorReason.InvalidField, RpcFault.ReasonOf(tooLong));
        Assert.Equal(ErrorReason.InvalidField, RpcFault.ReasonOf(malformedId));
        Assert.Equal(turn.Name, replayed.Name);
        Assert.Equal(before, host.Redaction.Calls);
    }

    [Fact]
    public async Task Waits_for_a_service_that_comes_back()
    {
        await using var host = await StartAsync();
        AddKilledPod(host);
        host.Data.Away = 6;

        var turn = await host.AskAsync(await host.CreateCaseAsync());
        var events = await host.WatchAsync(turn.Name);

        Assert.NotNull(events[^1].Completed);
    }

    [Fact]
    public async Task Fails_with_a_reason_when_a_service_stays_away_for_too_long()
    {
        await using var host = await StartAsync(("Agent:Turns:TimeLimit", "00:00:01"));
        host.Data.Away = int.MaxValue;

        var turn = await host.AskAsync(await host.CreateCaseAsync());
        var events = await host.WatchAsync(turn.Name);

        Assert.Equal("ERROR_REASON_SERVICE_UNAVAILABLE", ReasonOf(events[^1].Failed));
    }

    [Fact]
    public async Task Continues_without_knowledge_and_says_so()
    {
        await using var host = await StartAsync();
        AddKilledPod(host);
        host.Knowledge.Down = true;

        var turn = await host.AskAsync(await host.CreateCaseAsync());
        var events = await host.WatchAsync(turn.Name);

        Assert.Empty(events[^1].Completed.References);
        Assert.StartsWith("Not available", events.Single(next => next.ToolCall?.Tool == "knowledge_search").ToolCall.Outcome,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_refused_when_the_case_is_unknown_or_the_question_cannot_be_redacted()
    {
        await using var host = await StartAsync();
        var caseName = await host.CreateCaseAsync();

        var unknown = await Assert.ThrowsAsync<RpcException>(() => host.AskAsync("cases/00000000000000000000000000000000"));
        host.Redaction.Down = true;
        var unredacted = await Assert.ThrowsAsync<RpcException>(() => host.AskAsync(caseName));
        var malformed = await Assert.ThrowsAsync<RpcException>(() => host.AskAsync("case 7"));
        var missing = await Assert.ThrowsAsync<RpcException>(async () =>
            await host.Agent.GetTurnAsync(new() { Name = $"{caseName}/turns/none" }, cancellationToken: Cancel));

        Assert.Equal((StatusCode.NotFound, ErrorReason.CaseNotFound), (unknown.StatusCode, RpcFault.ReasonOf(unknown)));
        Assert.Equal((StatusCode.Unavailable, ErrorReason.RedactionUnavailable), (unredacted.StatusCode, RpcFault.ReasonOf(unredacted)));
        Assert.Equal((StatusCode.InvalidArgument, ErrorReason.InvalidField), (malformed.StatusCode, RpcFault.ReasonOf(malformed)));
        Assert.Equal((StatusCode.NotFound, ErrorReason.TurnNotFound), (missing.StatusCode, RpcFault.ReasonOf(missing)));
    }

    [Fact]
    public async Task Lists_the_catalogue_page_by_page()
    {
        await using var host = await StartAsync();

        var first = await host.Agent.ListFailureModesAsync(new() { PageSize = 40 }, cancellationToken: Cancel);
        var second = await host.Agent.ListFailureModesAsync(new() { PageSize = 40, PageToken = first.NextPageToken },
            cancellationToken: Cancel);

        Assert.Equal(40, first.FailureModes.Count);
        Assert.Empty(second.NextPageToken);
        Assert.Empty(first.FailureModes.Select(mode => mode.Name).Intersect(second.FailureModes.Select(mode => mode.Name)));
    }

    [Fact]
    public async Task Gets_a_failure_mode_by_its_name()
    {
        await using var host = await StartAsync();

        var mode = await host.Agent.GetFailureModeAsync(new() { Name = "failureModes/kubernetes.oom_killed" }, cancellationToken: Cancel);
        var missing = await Assert.ThrowsAsync<RpcException>(
            async () => await host.Agent.GetFailureModeAsync(new() { Name = "failureModes/none" }, cancellationToken: Cancel));

        Assert.Equal(FailureCategory.ResourceExhaustion, mode.Category);
        Assert.Equal((StatusCode.NotFound, ErrorReason.FailureModeNotFound), (missing.StatusCode, RpcFault.ReasonOf(missing)));
    }

    [Fact]
    public async Task Is_cancelled_only_with_the_etag_it_has()
    {
        await using var host = await StartAsync();
        host.Data.Gate = new();
        var turn = await host.AskAsync(await host.CreateCaseAsync());
        await host.Data.Asked;
        var now = await host.Agent.GetTurnAsync(new() { Name = turn.Name }, cancellationToken: Cancel);

        var refused = await Assert.ThrowsAsync<RpcException>(
            async () => await host.Agent.CancelTurnAsync(new() { Name = turn.Name, Etag = "stale" }, cancellationToken: Cancel));
        var cancelled = await host.Agent.CancelTurnAsync(new() { Name = turn.Name, Etag = now.Etag }, cancellationToken: Cancel);

        Assert.Equal((StatusCode.Aborted, ErrorReason.EtagMismatch), (refused.StatusCode, RpcFault.ReasonOf(refused)));
        Assert.Equal(Turn.Types.State.Cancelled, cancelled.State);
        Assert.NotEqual(now.Etag, cancelled.Etag);
    }

    [Fact]
    public async Task Is_deleted_with_its_case_whether_it_runs_or_has_ended()
    {
        await using var host = await StartAsync();
        AddKilledPod(host);
        var caseName = await host.CreateCaseAsync();
        var ended = await host.AskAsync(caseName, requestId: "r-1");
        await host.WatchAsync(ended.Name);
        host.Data.Gate = new();
        var running = await host.AskAsync(caseName, requestId: "r-2");

        using var watch = host.Agent.WatchTurn(new() { Name = running.Name }, cancellationToken: Cancel);
        Assert.True(await watch.ResponseStream.MoveNext(Cancel));
        await host.Session.DeleteCaseAsync(new() { Name = caseName }, cancellationToken: Cancel);
        var lost = await Assert.ThrowsAsync<RpcException>(async () => await watch.ResponseStream.MoveNext(Cancel));
        var refused = await Assert.ThrowsAsync<RpcException>(
            async () => await host.Agent.ListTurnsAsync(new() { Parent = caseName }, cancellationToken: Cancel));

        Assert.Equal((StatusCode.NotFound, ErrorReason.TurnNotFound), (lost.StatusCode, RpcFault.ReasonOf(lost)));
        Assert.Equal((StatusCode.NotFound, ErrorReason.CaseNotFound), (refused.StatusCode, RpcFault.ReasonOf(refused)));
        Assert.False(await host.KeepsAnythingOfAsync(caseName));
    }

    [Fact]
    public async Task Is_listed_on_pages_that_do_not_shift()
    {
        await using var host = await StartAsync();
        var caseName = await host.CreateCaseAsync();
        var names = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            names.Add((await host.AskAsync(caseName)).Name);
        }

        var first = await host.Agent.ListTurnsAsync(new() { Parent = caseName, PageSize = 2 }, cancellationToken: Cancel);
        names.Add((await host.AskAsync(caseName)).Name);
        var second = await host.Agent.ListTurnsAsync(new() { Parent = caseName, PageSize = 2, PageToken = first.NextPageToken },
            cancellationToken: Cancel);

        Assert.Equal(names, first.Turns.Concat(second.Turns).Select(turn => turn.Name));
        Assert.Empty(second.NextPageToken);
    }

    private static string ReasonOf(TurnFailed failed) => failed.Error.GetDetail<Google.Rpc.ErrorInfo>()!.Reason;

    private static void AddKilledPod(AgentHost host) => host.Data.Signals.AddRange(
    [
        Signal("pod.oom_killed", "pod/web-1", "Container web of pod web-1 was OOM-killed with exit code 137",
            attributes: [("container", "web"), ("exit_code", "137")]),
        Signal("log.out_of_memory", "file/web.log", "Memory cgroup out of memory: Killed process 1", file: "web.log", line: 7, minute: 1),
    ]);

    // The case learns of the turn by a message, which may take a moment; its event stream says when.
    private static async Task<string> ConcludedAsync(AgentHost host, string caseName)
    {
        using var call = host.Session.WatchCase(new() { Name = caseName }, cancellationToken: Cancel);
        var turn = "";
        var answered = false;
        while ((turn.Length == 0 || !answered) && await call.ResponseStream.MoveNext(Cancel))
        {
            turn = call.ResponseStream.Current.TurnCompleted?.Turn ?? turn;
            answered |= call.ResponseStream.Current.MessageAdded is { Author: Protos.Session.V1.Message.Types.Author.Agent };
        }

        return turn;
    }
}
