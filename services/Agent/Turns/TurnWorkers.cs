using FaultMaven.ServiceDefaults.Flags;
using FaultMaven.ServiceDefaults.State;
using Microsoft.Extensions.Options;

namespace FaultMaven.Agents.Turns;

/// <summary>Runs the turns that wait, and finds those that a crashed process left unfinished.</summary>
internal sealed partial class TurnWorkers(
    TurnStore store,
    TurnQueue queue,
    TurnRunner runner,
    TurnWorkerHealth health,
    IOptions<TurnOptions> options,
    [FromKeyedServices(ResourceNames.Agent)] FlagValues flags,
    TimeProvider time,
    ILogger<TurnWorkers> logger) : BackgroundService
{
    private static readonly TimeSpan s_restartDelay = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
    [
        KeepRunningAsync("The sweep for unfinished turns", SweepAsync, stoppingToken),
        .. Enumerable.Range(0, options.Value.Parallel)
            .Select(worker => KeepRunningAsync($"Worker {worker}", token => WorkAsync(worker, token), stoppingToken)),
    ]);

    // A loop that ends unseen leaves the service running without doing its work; so whatever ends it is logged, counted, and it begins
    // again.
    private async Task KeepRunningAsync(string loop, Func<CancellationToken, Task> run, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await run(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogRestarted(exception, loop);
                AgentTelemetry.CountWorkerRestart();
                await Task.Delay(s_restartDelay, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task WorkAsync(int worker, CancellationToken stoppingToken)
    {
        while (true)
        {
            await flags.WaitForAsync(AgentFlags.TurnsAtOnce, most => worker < most, stoppingToken);
            var turn = await queue.TakeAsync(stoppingToken);
            if (worker >= flags.Get(AgentFlags.TurnsAtOnce))
            {
                // Switched while it waited: the turn is another worker's, now or later.
                queue.Offer(turn);
                continue;
            }

            health.Began(worker);
            try
            {
                await runner.RunAsync(turn, stoppingToken);
            }
            finally
            {
                health.Finished(worker);
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
                queue.OfferAll([.. await store.ListUnsettledAsync()]);
                health.Swept();
            }
            catch (StateStoreException exception)
            {
                LogNotSwept(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(LogLevel.Warning, "Looking for unfinished turns failed.")]
    private partial void LogNotSwept(Exception exception);

    [LoggerMessage(LogLevel.Error, "{Loop} failed and is started again.")]
    private partial void LogRestarted(Exception exception, string loop);
}
