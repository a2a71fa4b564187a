using Aspire.StackExchange.Redis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Microsoft.Extensions.Hosting;

/// <summary>Registers a Redis connection by the name of its connection string.</summary>
public static class AspireRedisExtensions
{
    private const string HealthCheckName = "StackExchange.Redis";

    /// <summary>
    /// Registers an <see cref="IConnectionMultiplexer"/> that connects to <c>ConnectionStrings:{connectionName}</c> at start and keeps trying when
    /// nobody answers, and a health check that pings it. A second call with the same name changes nothing but the settings it passes.
    /// </summary>
    public static void AddRedisClient(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<StackExchangeRedisSettings>? configureSettings = null,
        Action<ConfigurationOptions>? configureOptions = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(connectionName);

        var settings = new StackExchangeRedisSettings { ConnectionString = builder.Configuration.GetConnectionString(connectionName) };
        configureSettings?.Invoke(settings);

        builder.Services.AddSingleton<IConnectionMultiplexer>(services => Connect(services, connectionName, settings, configureOptions));

        if (!settings.DisableAutoActivation)
        {
            builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, RedisActivation>());
        }

        if (!settings.DisableHealthChecks && builder.Properties.TryAdd(HealthCheckName, true))
        {
            builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
                HealthCheckName,
                services => new RedisHealthCheck(services.GetRequiredService<IConnectionMultiplexer>()),
                failureStatus: null,
                tags: null));
        }
    }

    private static ConnectionMultiplexer Connect(
        IServiceProvider services, string connectionName, StackExchangeRedisSettings settings, Action<ConfigurationOptions>? configureOptions)
    {
        var options = ConfigurationOptions.Parse(settings.ConnectionString ?? "");
        options.Defaults = new RetryingDefaults();
        configureOptions?.Invoke(options);

        if (options.EndPoints.Count == 0)
        {
            throw new InvalidOperationException(
                $"No endpoints specified. Ensure a valid connection string was provided in 'ConnectionStrings:{connectionName}'.");
        }

        options.LoggerFactory ??= services.GetService<ILoggerFactory>();
        return ConnectionMultiplexer.Connect(options);
    }
}
