using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FaultMaven.ServiceDefaults.State.Redis;

/// <summary>
/// Deletes records that have expired from the stores of this process. They are not read any more; this frees their memory. Replicas
/// may do it at the same time.
/// </summary>
internal sealed partial class RedisStateSweeper(
    RedisStateStoreProvider provider, TimeProvider time, ILogger<RedisStateSweeper> logger) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await SweepAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping; what is left waits for the next start.
        }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var store in provider.Stores)
            {
                await store.SweepAsync(cancellationToken);
            }
        }
        catch (StateStoreException exception)
        {
            LogFailed(logger, exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Records that have expired could not be deleted; this is tried again")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
