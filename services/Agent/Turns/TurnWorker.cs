using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace FaultMaven.Agents.Turns;

/// <summary>Runs the turns that wait, and finds those that a crashed process left behind.</summary>
internal sealed partial class TurnWorker(
    TurnStore store, TurnQueue queue, TurnRunner runner, IOptions<TurnOptions> options, TimeProvider time, ILogger<TurnWorker> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, options.Value.Parallel).Select(_ => WorkAsync(stoppingToken)).Append(SweepAsync(stoppingToken)));

    private async Task WorkAsync(CancellationToken stoppingToken)
    {
        while (await queue.Waiting.WaitToReadAsync(stoppingToken))
        {
            if (queue.Waiting.TryRead(out var name))
            {
                await runner.RunAsync(name, stoppingToken);
            }
        }
    }

    private async Task SweepAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Lease / 3, time);
        do
        {
            try
            {
                foreach (var name in await store.ListUnsettledAsync())
                {
                    queue.Offer(name);
                }
            }
            catch (Exception exception) when (exception is RedisException or RedisTimeoutException)
            {
                LogSweepFailed(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(LogLevel.Warning, "Turns left behind could not be looked for.")]
    private partial void LogSweepFailed(Exception exception);
}
