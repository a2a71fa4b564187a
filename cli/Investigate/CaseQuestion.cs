using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Data.V1;
using Grpc.Core;
using static FaultMaven.Protos.Agent.V1.AgentService;

namespace FaultMaven.Cli.Investigate;

/// <summary>Asks a question of a case, and follows the turn to its answer.</summary>
internal static class CaseQuestion
{
    private static readonly TimeSpan s_timeToCancel = TimeSpan.FromSeconds(2);

    /// <summary>Asks, shows the progress, and gives the answer. The turn is cancelled if this is.</summary>
    public static async Task<Investigation> AskAsync(
        CallInvoker calls,
        string caseName,
        string question,
        IReadOnlyList<Evidence> evidence,
        IProgressDisplay display,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var agent = new AgentServiceClient(calls);
        var turn = await agent.CreateTurnAsync(
            new() { Parent = caseName, Question = question, RequestId = $"{Guid.NewGuid():N}" }, cancellationToken: cancellationToken);
        try
        {
            var watch = new TurnWatch(agent, display);
            var answer = await watch.ToAnswerAsync(turn.Name, cancellationToken);
            return new(caseName, turn.Name, watch.Phases, answer, evidence);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            await CancelAsync(agent, turn.Name, time);
            throw;
        }
    }

    // No one will read its answer. If this call fails, the turn ends by itself.
    private static async Task CancelAsync(AgentServiceClient agent, string turn, TimeProvider time)
    {
        try
        {
            await agent.CancelTurnAsync(
                new() { Name = turn }, deadline: time.GetUtcNow().UtcDateTime + s_timeToCancel, cancellationToken: CancellationToken.None);
        }
        catch (RpcException)
        {
        }
    }
}
