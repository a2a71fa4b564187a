using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FaultMaven.ServiceDefaults.State.Redis;

/// <summary>
/// Keeps a process from starting on a store that a newer version has written. Where Redis does not answer yet, the process starts, and each
/// store looks before its first use.
/// </summary>
internal sealed class RedisLayoutCheck(IServiceProvider services) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var store in services.GetKeyedServices<StateStore>(KeyedService.AnyKey).OfType<RedisStateStore>())
        {
            try
            {
                await store.EnsureKnownAsync();
            }
            catch (StateStoreException exception) when (exception.InnerException is not RedisLayoutException)
            {
                // It does not answer.
                return;
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
