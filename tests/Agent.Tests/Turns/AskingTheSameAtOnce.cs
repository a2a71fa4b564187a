using FaultMaven.Protos.Agent.V1;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Session.V1;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.Tests.Shared;
using Grpc.Core;
using static FaultMaven.Agents.Tests.Turns.AgentHost;

namespace FaultMaven.Agents.Tests.Turns;

public class AskingTheSameAtOnce
{
    private const int Calls = 1_000;

    [Fact]
    public async Task Starts_one_turn_and_gives_every_caller_its_answer()
    {
        await using var host = await FaultMavenHost.StartAsync(Cancel);
        var (agent, session) = (new AgentService.AgentServiceClient(host.Channel), new SessionService.SessionServiceClient(host.Channel));
        var caseName = (await session.CreateCaseAsync(new() { Title = "Checkout is slow" }, cancellationToken: Cancel)).Name;

        var answers = await AskAsync(caseName, agent);

        await AssertOneAsync(answers, caseName, agent, session);
    }

    [Fact]
    public async Task Starts_one_turn_whichever_replica_is_asked()
    {
        await using var host = await StartAsync();
        await using var replica = await host.StartReplicaAsync();
        var caseName = await host.CreateCaseAsync();

        var answers = await AskAsync(caseName, host.Agent, replica.Agent);

        await AssertOneAsync(answers, caseName, replica.Agent, host.Session);
    }

    [Fact]
    public async Task Waits_for_another_replica_until_the_deadline()
    {
        await using var host = await StartAsync();
        await using var replica = await host.StartReplicaAsync();
        var caseName = await host.CreateCaseAsync();
        var held = new TaskCompletionSource();
        var reached = new TaskCompletionSource();
        host.SessionFaults.OnQuestion = () =>
        {
            reached.TrySetResult();
            return held.Task;
        };

        var first = host.AskAsync(caseName, requestId: "r-1");
        await reached.Task.WaitAsync(Cancel);
        var late = await Assert.ThrowsAsync<RpcException>(async () => await replica.Agent.CreateTurnAsync(
            new() { Parent = caseName, Question = "Why?", RequestId = "r-1" },
            deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(3),
            cancellationToken: Cancel));
        var second = replica.AskAsync(caseName, requestId: "r-1");
        held.SetResult();

        Assert.Equal(ErrorReason.RequestInProgress, RpcFault.ReasonOf(late));
        Assert.NotNull(late.GetRpcStatus()!.GetDetail<Google.Rpc.RetryInfo>());
        Assert.Equal(await first, await second);
    }

    [Fact]
    public async Task Runs_it_where_the_first_has_failed()
    {
        await using var host = await StartAsync();
        var caseName = await host.CreateCaseAsync();
        var questions = 0;
        host.SessionFaults.OnQuestion = () => Interlocked.Increment(ref questions) == 1
            ? throw RpcFault.Exhausted(ErrorReason.StorageFull, "full", ("store", "disk"))
            : Task.CompletedTask;

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => OutcomeAsync()));

        Assert.Single(outcomes, outcome => outcome is null);
        Assert.Single(outcomes.OfType<Turn>().Distinct());

        async Task<Turn?> OutcomeAsync()
        {
            try
            {
                return await host.AskAsync(caseName, requestId: "r-1");
            }
            catch (RpcException)
            {
                return null;
            }
        }
    }

    private static Task<Turn[]> AskAsync(string caseName, params AgentService.AgentServiceClient[] replicas)
    {
        var request = new CreateTurnRequest { Parent = caseName, Question = "Why?", RequestId = $"{Guid.NewGuid()}" };
        return Task.WhenAll(Enumerable.Range(0, Calls).Select(
            async i => await replicas[i % replicas.Length].CreateTurnAsync(request, cancellationToken: Cancel)));
    }

    private static async Task AssertOneAsync(
        Turn[] answers, string caseName, AgentService.AgentServiceClient agent, SessionService.SessionServiceClient session)
    {
        Assert.Equal(Calls, answers.Length);
        var answer = Assert.Single(answers.Distinct());
        var turns = await agent.ListTurnsAsync(new() { Parent = caseName }, cancellationToken: Cancel);
        Assert.Equal(answer.Name, Assert.Single(turns.Turns).Name);
        var messages = await session.ListMessagesAsync(new() { Parent = caseName }, cancellationToken: Cancel);
        Assert.Single(messages.Messages, message => message.Author == Message.Types.Author.User);
    }
}
