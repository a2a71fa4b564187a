using FaultMaven.Agents.Turns;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Names;
using FaultMaven.Protos.Session.V1;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.Tests.Shared;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using static FaultMaven.Agents.Tests.TestSignals;
using static FaultMaven.Agents.Tests.Turns.AgentHost;

namespace FaultMaven.Agents.Tests.Turns;

public class OutlivingFailures
{
    private static readonly (string Key, string Value)[] s_oneWorker = [("Agent:Turns:Parallel", "1"), ("Agent:Turns:Lease", "00:00:01")];

    [Fact]
    public async Task A_caller_cannot_take_the_id_of_an_answer()
    {
        await using var host = await StartAsync(s_oneWorker);
        AddKilledPod(host);
        host.Data.Gate = new();
        var caseName = await host.CreateCaseAsync();
        var turn = await host.AskAsync(caseName);
        await host.Data.Asked;

        await host.Session.CreateMessageAsync(
            new() { Parent = caseName, Text = "Mine", RequestId = $"answer-{turn.Name.Split('/')[^1]}" }, cancellationToken: Cancel);
        host.Data.Gate.SetResult();
        var events = await host.WatchAsync(turn.Name);

        Assert.Equal([events[^1].Completed.Summary], await AnswersAsync(host, caseName));
    }

    [Theory]
    [InlineData(ErrorReason.StorageFull)]
    [InlineData(ErrorReason.StoreUnavailable)]
    public async Task A_session_that_is_full_or_unavailable_only_delays_the_answer(ErrorReason reason)
    {
        await using var host = await StartAsync([.. s_oneWorker, ("Agent:Turns:MaxAttempts", "1")]);
        AddKilledPod(host);
        var caseName = await host.CreateCaseAsync();
        host.SessionFaults.Fault = _ => host.SessionFaults.Refusals < 3 ? FaultOf(reason) : null;

        var turn = await host.AskAsync(caseName);
        var events = await host.WatchAsync(turn.Name);

        Assert.Equal([events[^1].Completed.Summary], await AnswersAsync(host, caseName));
        Assert.Equal(3, host.SessionFaults.Refusals);

        static RpcException FaultOf(ErrorReason reason) => reason == ErrorReason.StorageFull
            ? RpcFault.Exhausted(reason, "full", ("store", "disk"))
            : RpcFault.Unavailable(reason, "away", ("store", "redis"));
    }

    [Theory]
    [InlineData(ErrorReason.InvalidField)]
    [InlineData(ErrorReason.Internal)]
    public async Task An_answer_is_given_though_session_never_says_that_it_is_recorded_and_the_next_turn_runs(ErrorReason reason)
    {
        await using var host = await StartAsync([.. s_oneWorker, ("Agent:Turns:MaxAttempts", "2"), ("Agent:Turns:TimeLimit", "00:00:05")]);
        AddKilledPod(host);
        var refusing = await host.CreateCaseAsync();
        var other = await host.CreateCaseAsync();
        host.SessionFaults.Fault = watch => watch.Name != refusing ? null
            : reason == ErrorReason.Internal ? RpcFault.Internal()
            : RpcFault.InvalidField("name", "is not liked");

        var first = await host.AskAsync(refusing);
        var second = await host.AskAsync(other);

        Assert.NotNull((await host.WatchAsync(second.Name))[^1].Completed);
        Assert.NotNull((await host.WatchAsync(first.Name))[^1].Completed);
        Assert.NotEmpty(await AnswersAsync(host, other));
    }

    [Fact]
    public async Task A_turn_that_cannot_be_read_is_given_up_and_the_next_turn_runs()
    {
        using var work = TestIdentity.Work();
        await using var host = await StartAsync([.. s_oneWorker, ("Agent:Turns:MaxAttempts", "2")]);
        AddKilledPod(host);
        var unreadable = new TurnName(new CaseName("broken"), "t1");
        var broken = new StateTransaction(TurnKeys.PartitionOf(unreadable));
        broken.Put(TurnKeys.Turn(unreadable), "not a turn");
        broken.Shard.Put(TurnKeys.Unsettled(unreadable), unreadable.ToString());
        await host.State.CommitAsync(broken, Cancel);

        await EventuallyAsync(async () => !await host.IsUnsettledAsync($"{unreadable}"));
        var turn = await host.AskAsync(await host.CreateCaseAsync());

        Assert.NotNull((await host.WatchAsync(turn.Name))[^1].Completed);
    }

    [Fact]
    public async Task The_answer_is_among_the_messages_of_its_case_once_the_turn_is_completed()
    {
        await using var host = await StartAsync();
        AddKilledPod(host);
        for (var i = 0; i < 5; i++)
        {
            var caseName = await host.CreateCaseAsync();
            var turn = await host.AskAsync(caseName);
            var events = await host.WatchAsync(turn.Name);

            Assert.Equal([events[^1].Completed.Summary], await AnswersAsync(host, caseName));
        }
    }

    [Fact]
    public async Task Workers_that_run_show_in_readiness()
    {
        await using var host = await StartAsync();

        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Cancel);

        Assert.Equal(HealthStatus.Healthy, report.Entries["turn-workers"].Status);
    }

    private static async Task<IEnumerable<string>> AnswersAsync(AgentHost host, string caseName)
    {
        var messages = await host.Session.ListMessagesAsync(new() { Parent = caseName }, cancellationToken: Cancel);
        return messages.Messages.Where(message => message.Author == Message.Types.Author.Agent).Select(message => message.Text);
    }

    // The store has no signal for what a test changes behind the service's back.
    private static async Task EventuallyAsync(Func<Task<bool>> holds)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!await holds())
        {
            await timer.WaitForNextTickAsync(Cancel);
        }
    }

    private static void AddKilledPod(AgentHost host) => host.Data.Signals.AddRange(
    [
        Signal("pod.oom_killed", "pod/web-1", "Container web of pod web-1 was OOM-killed with exit code 137",
            attributes: [("container", "web"), ("exit_code", "137")]),
        Signal("log.out_of_memory", "file/web.log", "Memory cgroup out of memory: Killed process 1", file: "web.log", line: 7, minute: 1),
    ]);
}
