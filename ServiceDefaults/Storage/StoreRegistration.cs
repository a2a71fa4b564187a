using FaultMaven.ServiceDefaults.Settings;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.ServiceDefaults.State.Redis;
using FaultMaven.ServiceDefaults.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace FaultMaven.ServiceDefaults.Storage;

/// <summary>Registers the connection to Redis.</summary>
public static class StoreRegistration
{
    /// <summary>
    /// Has services keep their state in the Redis that <c>ConnectionStrings:{name}</c> describes, with a health check and spans of the
    /// connection.
    /// </summary>
    public static void AddStore(this IHostApplicationBuilder builder, string name)
    {
        builder.Services.AddSingleton(new HostSetting($"ConnectionStrings:{name}", "The Redis where state is kept.")
        {
            MustBe = value => HasAddress(value) ? null : "the address of Redis, such as redis:6379 or redis:6379,password=…,ssl=true",
        });
        builder.AddRedisClient(name, settings => settings.DisableTracing |= !builder.ExportsTelemetry(), Configure);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<RedisStateStoreProvider>();
        builder.Services.AddSingleton<IStateStoreProvider>(services => services.GetRequiredService<RedisStateStoreProvider>());
        builder.Services.AddHostedService<RedisLayoutCheck>();
        builder.Services.AddHostedService<RedisStateSweeper>();
    }

    private static bool HasAddress(string connection)
    {
        try
        {
            return ConfigurationOptions.Parse(connection).EndPoints.Count > 0;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    // Aspire's binder has already set policies to the library's defaults, so StoreDefaults cannot supply these.
    private static void Configure(ConfigurationOptions options)
    {
        options.Defaults = new StoreDefaults();

        // Without a connection a command fails at once: the caller may retry instead of waiting until the command times out.
        options.BacklogPolicy = BacklogPolicy.FailFast;

        // From half a second to five. The default begins with half the connect time-out, and a server that is back would wait for that.
        options.ReconnectRetryPolicy = new ExponentialRetry(500, 5_000);
    }
}
