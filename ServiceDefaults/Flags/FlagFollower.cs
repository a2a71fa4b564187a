using FaultMaven.ServiceDefaults.State;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FaultMaven.ServiceDefaults.Flags;

/// <summary>
/// Keeps the values of a service's flags what they are in its store. While the store does not answer they stay what they were, and are the
/// defaults before the first answer.
/// </summary>
internal sealed partial class FlagFollower(FlagValues values, FlagStore store, TimeProvider time, ILogger<FlagFollower> logger)
    : BackgroundService
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    /// <summary>Takes what is set, and logs what is another value than before.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken) => Take(await store.ReadAsync(cancellationToken));

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Before anything works with the defaults.
        try
        {
            await RefreshAsync(cancellationToken);
        }
        catch (StateStoreException exception)
        {
            LogNotRead(exception);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await foreach (var settings in store.FollowAsync(stoppingToken))
                {
                    Take(settings);
                }
            }
            catch (StateStoreException exception)
            {
                LogNotRead(exception);
                await Task.Delay(s_pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private void Take(IReadOnlyDictionary<string, FlagSetting> settings)
    {
        foreach (var (flag, from, to) in values.Take(settings))
        {
            LogChanged(flag.Id, to?.Value ?? flag.Default, from, to is null ? "reset" : $"set by {to.Setter}");
        }
    }

    [LoggerMessage(LogLevel.Information, "The flag {Flag} is {Value}; it was {Former} ({Cause}).")]
    private partial void LogChanged(string flag, string value, string former, string cause);

    [LoggerMessage(LogLevel.Warning, "Flags could not be read; they stay what they are, and this is tried again.")]
    private partial void LogNotRead(Exception exception);
}
