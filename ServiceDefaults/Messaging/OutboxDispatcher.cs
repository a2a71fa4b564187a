using System.Diagnostics;
using System.Text.Json;
using FaultMaven.ServiceDefaults.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace FaultMaven.ServiceDefaults.Messaging;

/// <summary>Publishes what waits in an <see cref="Outbox"/>, and takes it out once the bus has it.</summary>
internal sealed partial class OutboxDispatcher(
    Outbox outbox, IConnectionMultiplexer redis, IMessagePublisher publisher, TimeProvider time, ILogger<OutboxDispatcher> logger) : BackgroundService
{
    private const int BatchSize = 100;

    private static readonly ActivitySource s_activities = new("FaultMaven.Messaging");

    /// <summary>How often the outbox is looked at unasked: after a crash, a failed publish, or for another replica's messages.</summary>
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(2);

    private readonly IReadOnlyList<RedisKey> _keys = RedisKeys.InEverySlot(outbox.Service, Outbox.KeyName);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_interval, time);
        var tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
        while (!stoppingToken.IsCancellationRequested)
        {
            await DispatchAllAsync(stoppingToken);

            var wake = outbox.Wake.WaitToReadAsync(stoppingToken).AsTask();
            await Task.WhenAny(wake, tick);
            outbox.Wake.TryRead(out _);
            if (tick.IsCompleted)
            {
                tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
            }
        }
    }

    private async Task DispatchAllAsync(CancellationToken cancellationToken)
    {
        try
        {
            var database = redis.GetDatabase();
            var waiting = await Task.WhenAll(_keys.Select(key => database.ListLengthAsync(key)));
            foreach (var (key, count) in _keys.Zip(waiting))
            {
                if (count > 0)
                {
                    await DispatchAsync(database, key, cancellationToken);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopping; what is left waits for the next start.
        }
        catch (Exception exception) when (exception is RedisException or RedisTimeoutException)
        {
            LogWaiting(exception, outbox.Service);
        }
    }

    private async Task DispatchAsync(IDatabase database, RedisKey key, CancellationToken cancellationToken)
    {
        while (await database.ListRangeAsync(key, 0, BatchSize - 1) is { Length: > 0 } values)
        {
            foreach (var value in values)
            {
                if (!await TryPublishAsync(value, cancellationToken))
                {
                    // Order within a slot is kept: what follows waits with it.
                    return;
                }

                await database.ListRemoveAsync(key, value, 1);
            }
        }
    }

    private async Task<bool> TryPublishAsync(RedisValue value, CancellationToken cancellationToken)
    {
        try
        {
            var entry = JsonSerializer.Deserialize<OutboxEntry>(value.ToString())!;
            using var activity = s_activities.StartActivity("publish", ActivityKind.Producer, entry.TraceParent);
            var message = JsonSerializer.Deserialize(entry.Body, Type.GetType(entry.Type, throwOnError: true)!)!;
            await publisher.PublishAsync(message, cancellationToken);
            return true;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogWaiting(exception, outbox.Service);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Messages of {Service} could not be published and wait in its outbox.")]
    private partial void LogWaiting(Exception exception, string service);
}
