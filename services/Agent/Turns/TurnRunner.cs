using System.Diagnostics;
using FaultMaven.Protos.Names;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.ServiceDefaults.Storage;
using Grpc.Core;
using Microsoft.Extensions.Options;
using State = FaultMaven.Protos.Agent.V1.Turn.Types.State;

namespace FaultMaven.Agents.Turns;

/// <summary>
/// Runs one turn under a lease until it is settled. A turn that cannot run for a reason outside it is postponed for as long as that lasts;
/// one that fails by itself is tried <see cref="TurnOptions.MaxAttempts"/> times.
/// </summary>
internal sealed partial class TurnRunner(
    TurnStore store,
    TurnQueue queue,
    TurnInvestigation investigation,
    CaseMessages messages,
    IOptions<TurnOptions> options,
    TimeProvider time,
    ILogger<TurnRunner> logger)
{
    // How long a worker waits for Session before it takes another turn and comes back to this one later.
    private static readonly TimeSpan s_recordingWait = TimeSpan.FromSeconds(15);

    /// <summary>Runs or settles a turn. Does nothing if another worker has it. Throws nothing that the turn is to blame for.</summary>
    public async Task RunAsync(QueuedTurn turn, CancellationToken stoppingToken)
    {
        using var work = turn.Identity.Enter(ResourceNames.Agent);
        var name = turn.Name;
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        if (!queue.TryStart(turn.Key, cancellation))
        {
            return;
        }

        var lease = Guid.NewGuid().ToString("N");
        var isLeased = false;
        var isCounted = false;
        try
        {
            isLeased = await store.TryTakeLeaseAsync(name, lease, options.Value.Lease);
            if (!isLeased)
            {
                return;
            }

            using var heartbeat = time.CreateTimer(
                _ => _ = RenewLeaseAsync(turn, lease, cancellation), null, options.Value.Lease / 3, options.Value.Lease / 3);
            var attempt = await store.BeginAttemptAsync(name);
            isCounted = true;
            await RunLeasedAsync(name, lease, attempt, cancellation.Token);
        }
        catch (TurnLostException)
        {
            LogLost(name);
        }
        catch (Exception exception) when (
            cancellation.IsCancellationRequested && exception is OperationCanceledException or ServiceUnavailableException or RpcException)
        {
            LogLost(name);
            await ForgetAttemptAsync(name, isCounted);
        }
        catch (Exception exception) when (IsPassing(exception))
        {
            // The turn stays unsettled, so the sweep finds it again.
            LogPostponed(exception, name);
            queue.Postpone(turn.Key);
            await ForgetAttemptAsync(name, isCounted);
        }
        catch (Exception exception)
        {
            // The turn itself may be the reason. Letting this through would end the worker, and the next one that takes the turn.
            LogAttemptFailed(exception, name);
            queue.Postpone(turn.Key);
        }
        finally
        {
            queue.Finish(turn.Key);
            await ReleaseLeaseAsync(name, lease, isLeased);
        }
    }

    private async Task RunLeasedAsync(TurnName name, string lease, long attempt, CancellationToken cancellationToken)
    {
        using var activity = AgentTelemetry.Activities.StartActivity("turn", ActivityKind.Internal, await store.FindTraceAsync(name));
        activity?.SetTag(AgentTelemetry.TurnName, name.ToString());

        if (attempt > options.Value.MaxAttempts)
        {
            await GiveUpAsync(name, lease);
        }
        else if (await store.LoadAsync(name) is { Turn.State: State.Running } found)
        {
            await FinishAsync(name, found, lease, cancellationToken);
        }
        else
        {
            await store.SettleAsync(name);
        }
    }

    private async Task FinishAsync(TurnName name, StoredTurn found, string lease, CancellationToken cancellationToken)
    {
        var journal = new TurnJournal(store, name, found, lease);
        var prepared = found.Prepared;
        if (prepared is null)
        {
            var (answer, error) = await InvestigateAsync(name, found.Turn, journal, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            if (answer is null)
            {
                await EndAsync(name, journal, new() { Failed = new() { Error = error } }, State.Failed);
                return;
            }

            prepared = await journal.PrepareAsync(answer);
        }

        await WaitUntilRecordedAsync(name, prepared, cancellationToken);
        await EndAsync(name, journal, new() { Completed = prepared.Completed }, State.Completed);
    }

    private async Task<(Proto.Answer? Answer, Google.Rpc.Status? Error)> InvestigateAsync(
        TurnName name, Proto.Turn turn, TurnJournal journal, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.Value.TimeLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return (await investigation.RunAsync(name, turn, journal, either.Token), null);
        }
        catch (ServiceUnavailableException exception) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, TurnErrors.ServiceUnavailable(exception.Service, options.Value.TimeLimit));
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return (null, TurnErrors.OutOfTime(options.Value.TimeLimit));
        }
        catch (Exception exception) when (
            !cancellationToken.IsCancellationRequested && exception is not (TurnLostException or StateStoreException))
        {
            // A bug of ours meets every attempt, so the turn ends at once and its watchers get an end.
            LogBroken(exception, name);
            return (null, TurnErrors.Internal());
        }
    }

    // The answer is among the messages of its case before the turn is completed: a caller that sees the end finds the message. A Session
    // that is unavailable for longer than a turn may take gets the message later; the outbox keeps it.
    private async Task WaitUntilRecordedAsync(TurnName name, Proto.TurnEvent prepared, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(s_recordingWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await messages.WaitForAnswerAsync(name, either.Token);
        }
        catch (ServiceUnavailableException exception) when (
            !cancellationToken.IsCancellationRequested
                && time.GetUtcNow() - prepared.CreateTime.ToDateTimeOffset() > options.Value.TimeLimit)
        {
            LogRecordedLater(exception, name);
        }
    }

    // After the last attempt: what is there of the turn is settled, whatever it is.
    private async Task GiveUpAsync(TurnName name, string lease)
    {
        LogGivenUp(name, options.Value.MaxAttempts);
        try
        {
            if (await store.LoadAsync(name) is { Turn.State: State.Running } found)
            {
                var journal = new TurnJournal(store, name, found, lease);
                await (found.Prepared is { } prepared
                    ? EndAsync(name, journal, new() { Completed = prepared.Completed }, State.Completed)
                    : EndAsync(name, journal, new() { Failed = new() { Error = TurnErrors.Internal() } }, State.Failed));
            }
        }
        catch (Exception exception) when (exception is not TurnLostException && !IsPassing(exception))
        {
            LogUnreadable(exception, name);
        }

        await store.SettleAsync(name);
    }

    private async Task EndAsync(TurnName name, TurnJournal journal, Proto.TurnEvent last, State state)
    {
        var ended = await journal.EndAsync(last, state);
        AgentTelemetry.RecordTurn(ended.EndTime.ToDateTimeOffset() - ended.CreateTime.ToDateTimeOffset(), state,
            TurnErrors.ReasonOf(last.Failed?.Error));
        LogEnded(name, state);
    }

    private async Task RenewLeaseAsync(QueuedTurn turn, string lease, CancellationTokenSource cancellation)
    {
        using var work = turn.Identity.Enter(ResourceNames.Agent);
        var name = turn.Name;
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
        catch (StateStoreException exception)
        {
            LogNotRenewed(exception, name);
        }
    }

    private async Task ReleaseLeaseAsync(TurnName name, string lease, bool isLeased)
    {
        try
        {
            if (isLeased)
            {
                await store.ReleaseLeaseAsync(name, lease);
            }
        }
        catch (Exception exception) when (exception is StateStoreException or ObjectDisposedException)
        {
            // It expires by itself.
            LogNotReleased(exception, name);
        }
    }

    private async Task ForgetAttemptAsync(TurnName name, bool isCounted)
    {
        try
        {
            if (isCounted)
            {
                await store.ForgetAttemptAsync(name);
            }
        }
        catch (Exception exception) when (exception is StateStoreException or ObjectDisposedException)
        {
            // The attempt stays counted; there are several.
            LogNotReleased(exception, name);
        }
    }

    private static bool IsPassing(Exception exception) =>
        exception is ServiceUnavailableException || StoreFailure.Of(exception) is not null;

    [LoggerMessage(LogLevel.Information, "{Turn} ended as {State}.")]
    private partial void LogEnded(TurnName turn, State state);

    [LoggerMessage(LogLevel.Debug, "Lost the lease on {Turn}.")]
    private partial void LogLost(TurnName turn);

    [LoggerMessage(LogLevel.Warning, "{Turn} is postponed: a service or the store that it needs is unavailable.")]
    private partial void LogPostponed(Exception exception, TurnName turn);

    [LoggerMessage(LogLevel.Error, "An attempt to run {Turn} failed.")]
    private partial void LogAttemptFailed(Exception exception, TurnName turn);

    [LoggerMessage(LogLevel.Error, "{Turn} ended with an unexpected error.")]
    private partial void LogBroken(Exception exception, TurnName turn);

    [LoggerMessage(LogLevel.Error, "{Turn} is given up after {Attempts} attempts.")]
    private partial void LogGivenUp(TurnName turn, int attempts);

    [LoggerMessage(LogLevel.Error, "{Turn} cannot be read or ended.")]
    private partial void LogUnreadable(Exception exception, TurnName turn);

    [LoggerMessage(LogLevel.Warning,
        "{Turn} is completed before its answer is recorded in its case, because the session service is unavailable.")]
    private partial void LogRecordedLater(Exception exception, TurnName turn);

    [LoggerMessage(LogLevel.Warning, "The lease on {Turn} could not be renewed.")]
    private partial void LogNotRenewed(Exception exception, TurnName turn);

    [LoggerMessage(LogLevel.Warning, "The lease on {Turn} could not be released; it expires.")]
    private partial void LogNotReleased(Exception exception, TurnName turn);
}
