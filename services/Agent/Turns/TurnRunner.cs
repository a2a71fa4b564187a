using System.Diagnostics;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using Grpc.Core;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using State = FaultMaven.Protos.Agent.V1.Turn.Types.State;

namespace FaultMaven.Agents.Turns;

/// <summary>Runs one turn under a lease, whatever happens to the services it needs, and settles it once it has ended.</summary>
internal sealed partial class TurnRunner(
    TurnStore store, TurnQueue queue, TurnInvestigation investigation, IOptions<TurnOptions> options, TimeProvider time, ILogger<TurnRunner> logger)
{
    /// <summary>Runs or settles a turn. Does nothing if another worker has it.</summary>
    public async Task RunAsync(TurnName name, CancellationToken stoppingToken)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        if (!queue.TryStart(name, cancellation))
        {
            return;
        }

        var lease = Guid.NewGuid().ToString("N");
        try
        {
            if (!await store.TryTakeLeaseAsync(name, lease, options.Value.Lease))
            {
                return;
            }

            using var heart = time.CreateTimer(_ => _ = BeatAsync(name, lease, cancellation), null, options.Value.Lease / 3, options.Value.Lease / 3);
            await RunLeasedAsync(name, lease, cancellation.Token, stoppingToken);
        }
        catch (TurnLostException)
        {
            LogLost(name);
        }
        catch (Exception exception) when (cancellation.IsCancellationRequested && exception is OperationCanceledException or ServiceAwayException or RpcException)
        {
            LogLost(name);
        }
        catch (Exception exception) when (exception is RedisException or RedisTimeoutException or ServiceAwayException)
        {
            // The turn stays unsettled, so the sweep comes back to it.
            LogPostponed(exception, name);
        }
        finally
        {
            queue.Finish(name);
            await ReleaseAsync(name, lease);
        }
    }

    private async Task RunLeasedAsync(TurnName name, string lease, CancellationToken cancellationToken, CancellationToken stoppingToken)
    {
        using var activity = AgentTelemetry.Activities.StartActivity("turn", ActivityKind.Internal, await store.FindTraceAsync(name));
        activity?.SetTag(AgentTelemetry.TurnName, name.ToString());

        if (await store.FindAsync(name) is not { } turn)
        {
            await store.SettleAsync(name);
            return;
        }

        if (turn.State == State.Running)
        {
            var journal = new TurnJournal(store, name, lease, (await store.ListEventsAsync(name, 0)).Count);
            var (last, state) = await InvestigateAsync(name, turn, journal, cancellationToken);
            stoppingToken.ThrowIfCancellationRequested();
            await journal.EndAsync(last, state);
            LogEnded(name, state);
        }

        await store.SettleAsync(name);
    }

    private async Task<(Proto.TurnEvent Last, State State)> InvestigateAsync(
        TurnName name, Proto.Turn turn, TurnJournal journal, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.Value.TimeLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var answer = await investigation.RunAsync(name, turn, journal, either.Token);
            return (new() { Completed = answer }, State.Completed);
        }
        catch (ServiceAwayException exception) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed(ErrorReason.ServiceUnavailable, $"The {exception.Service} service did not answer within {options.Value.TimeLimit}; ask again once it does.");
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return Failed(ErrorReason.DeadlineExceeded, $"The turn did not finish within {options.Value.TimeLimit}; ask again.");
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && exception is not (TurnLostException or RedisException or RedisTimeoutException))
        {
            // Nobody above can answer the caller: a turn that our bug stops must end, or its watchers would wait for ever.
            LogBroken(exception, name);
            return Failed(ErrorReason.Internal, "Something went wrong on our side; the log of the agent service tells what.");
        }
    }

    private static (Proto.TurnEvent Last, State State) Failed(ErrorReason reason, string message) =>
        (new() { Failed = new() { Reason = RpcFault.NameOf(reason), Message = message } }, State.Failed);

    private async Task BeatAsync(TurnName name, string lease, CancellationTokenSource cancellation)
    {
        try
        {
            if (!await store.TryRenewLeaseAsync(name, lease, options.Value.Lease))
            {
                await cancellation.CancelAsync();
            }
        }
        catch (ObjectDisposedException)
        {
            // The last beat of a turn that has just ended.
        }
        catch (Exception exception) when (exception is RedisException or RedisTimeoutException)
        {
            LogPostponed(exception, name);
        }
    }

    private async Task ReleaseAsync(TurnName name, string lease)
    {
        try
        {
            await store.ReleaseLeaseAsync(name, lease);
        }
        catch (Exception exception) when (exception is RedisException or RedisTimeoutException or ObjectDisposedException)
        {
            // It expires by itself.
            LogPostponed(exception, name);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Turn} ended as {State}.")]
    private partial void LogEnded(TurnName turn, State state);

    [LoggerMessage(LogLevel.Debug, "{Turn} is no longer this worker's.")]
    private partial void LogLost(TurnName turn);

    [LoggerMessage(LogLevel.Warning, "{Turn} cannot go on now and will be taken up again.")]
    private partial void LogPostponed(Exception exception, TurnName turn);

    [LoggerMessage(LogLevel.Error, "{Turn} failed unexpectedly.")]
    private partial void LogBroken(Exception exception, TurnName turn);
}
