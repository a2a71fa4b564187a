using System.Diagnostics;
using System.Text.Json;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.ServiceDefaults.Storage;
using Google.Protobuf;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FaultMaven.ServiceDefaults.Messaging;

/// <summary>
/// Publishes what waits in an <see cref="Outbox"/>, and removes it once the bus has it. An event that fails is tried again with growing
/// pauses; meanwhile the events of its own partition wait behind it, those of other partitions do not. What fails for good becomes a
/// <see cref="DeadLetter"/>.
/// </summary>
internal sealed partial class OutboxDispatcher(
    Outbox outbox,
    OutboxStore store,
    IMessagePublisher publisher,
    IOptions<OutboxOptions> options,
    TimeProvider time,
    ILogger<OutboxDispatcher> logger) : BackgroundService
{
    private const int BatchSize = 100;
    private const int MaxErrorLength = 500;

    /// <summary>How often the outbox is looked at unasked: after a crash, a failed attempt, or for another replica's events.</summary>
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(2);

    // When each failed entry is due again. Lost with the process, which then tries at once.
    private readonly Dictionary<string, DateTimeOffset> _due = [];

    private readonly TagList _tags = new() { { MessagingTelemetry.Service, outbox.Service } };

    private DateTimeOffset? _waitingSince;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_interval, time);
        var pulse = new Pulse(outbox.Wake, timer);
        while (!stoppingToken.IsCancellationRequested)
        {
            await DispatchAllAsync(stoppingToken);
            await pulse.WaitAsync(stoppingToken);
        }
    }

    private async Task DispatchAllAsync(CancellationToken cancellationToken)
    {
        try
        {
            var waiting = await store.CountWaitingAsync(cancellationToken);
            foreach (var (shard, count) in store.Shards.Zip(waiting))
            {
                if (count > 0)
                {
                    await DispatchAsync(shard, cancellationToken);
                }
            }

            await ReportAsync(waiting.Sum() > 0, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopping; what is left waits for the next start.
        }
        catch (Exception exception) when (StoreFailure.Of(exception) is not null)
        {
            LogStoreAway(exception, outbox.Service);
        }
        catch (Exception exception)
        {
            // The next round may succeed; a dispatcher that ends would stop all events without anyone noticing.
            LogBroken(exception, outbox.Service);
        }
    }

    private async Task ReportAsync(bool waited, CancellationToken cancellationToken)
    {
        var waiting = waited ? (await store.CountWaitingAsync(cancellationToken)).Sum() : 0;
        _waitingSince = waiting == 0 ? null : _waitingSince ?? time.GetUtcNow();
        if (waiting == 0)
        {
            // Another replica may have published what failed here.
            _due.Clear();
        }

        MessagingTelemetry.Waiting.Record(waiting, _tags);
        MessagingTelemetry.OldestAge.Record(_waitingSince is { } since ? (time.GetUtcNow() - since).TotalSeconds : 0, _tags);
        MessagingTelemetry.DeadLetters.Record(await store.CountDeadAsync(cancellationToken), _tags);
    }

    private async Task DispatchAsync(Partition shard, CancellationToken cancellationToken)
    {
        var blocked = new HashSet<string>();
        StateRecord? last = null;
        while (await store.ReadWaitingAsync(shard, last, BatchSize, cancellationToken) is { Count: > 0 } waiting)
        {
            foreach (var entry in waiting)
            {
                if (await DispatchAsync(shard, entry, blocked, cancellationToken) is Outcome.BusAway)
                {
                    return;
                }
            }

            last = waiting[^1];
        }
    }

    private async Task<Outcome> DispatchAsync(
        Partition shard, StateRecord record, HashSet<string> blocked, CancellationToken cancellationToken)
    {
        var id = OutboxEntry.IdOf(record.Value);
        OutboxEntry? entry = null;
        try
        {
            entry = OutboxEntry.Read(record.Value);
            if (blocked.Contains(entry.Partition) || (_due.TryGetValue(id, out var due) && time.GetUtcNow() < due))
            {
                blocked.Add(entry.Partition);
                return Outcome.Stays;
            }

            var message = entry.ReadEvent();
            using var activity = MessagingTelemetry.Activities.StartActivity("publish", ActivityKind.Producer, entry.TraceParent);
            await publisher.PublishAsync(message, entry.Identity, cancellationToken);
        }
        catch (BusAwayException exception)
        {
            LogBusAway(exception.InnerException!, outbox.Service);
            MessagingTelemetry.Failed.Add(1, _tags);
            return Outcome.BusAway;
        }
        catch (Exception exception) when (exception is JsonException or UnknownEventException or InvalidProtocolBufferException)
        {
            await BuryAsync(shard, record, id, attempts: 1, exception, cancellationToken);
            return Outcome.Removed;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            MessagingTelemetry.Failed.Add(1, _tags);
            var attempts = await store.CountAttemptAsync(shard, record, cancellationToken);
            if (attempts >= options.Value.MaxAttempts)
            {
                await BuryAsync(shard, record, id, attempts, exception, cancellationToken);
                return Outcome.Removed;
            }

            var pause = PauseAfter(attempts);
            _due[id] = time.GetUtcNow() + pause;
            blocked.Add(entry!.Partition);
            LogFailed(exception, outbox.Service, id, entry.Type, attempts, pause);
            return Outcome.Stays;
        }

        await store.RemoveAsync(shard, record, cancellationToken);
        _due.Remove(id);
        MessagingTelemetry.Published.Add(1, _tags);
        return Outcome.Removed;
    }

    private async Task BuryAsync(
        Partition shard, StateRecord record, string id, int attempts, Exception exception, CancellationToken cancellationToken)
    {
        var letter = new DeadLetter(id, record.Value.ToArray(), attempts, time.GetUtcNow(), Describe(exception));
        await store.BuryAsync(shard, record, letter, cancellationToken);
        _due.Remove(id);
        LogBuried(exception, outbox.Service, id, attempts);
    }

    private TimeSpan PauseAfter(int attempts)
    {
        var pause = options.Value.FirstPause * Math.Pow(2, Math.Min(attempts - 1, 30));
        return pause < options.Value.LongestPause ? pause : options.Value.LongestPause;
    }

    private static string Describe(Exception exception)
    {
        var text = $"{exception.GetType().Name}: {exception.Message}";
        return text.Length <= MaxErrorLength ? text : text[..MaxErrorLength];
    }

    private enum Outcome
    {
        /// <summary>The entry is no longer in the queue.</summary>
        Removed,

        /// <summary>It waits for its next attempt, or for one before it.</summary>
        Stays,

        /// <summary>The bus takes nothing now.</summary>
        BusAway,
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The outbox of {Service} cannot be read because the store did not answer.")]
    private partial void LogStoreAway(Exception exception, string service);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Events of {Service} wait in its outbox because the bus does not take them.")]
    private partial void LogBusAway(Exception exception, string service);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Event {Id} ({Type}) of {Service} could not be published, attempt {Attempt}; the next one is in {Pause}.")]
    private partial void LogFailed(Exception exception, string service, string id, string type, int attempt, TimeSpan pause);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Event {Id} of {Service} could not be published (attempts: {Attempts}) and is a dead letter now; see fm outbox list.")]
    private partial void LogBuried(Exception exception, string service, string id, int attempts);

    [LoggerMessage(Level = LogLevel.Error, Message = "Dispatching the outbox of {Service} failed unexpectedly; it continues.")]
    private partial void LogBroken(Exception exception, string service);
}
