using FaultMaven.ServiceDefaults.Audit;
using FaultMaven.ServiceDefaults.Limits;
using FaultMaven.ServiceDefaults.State.Redis;
using FaultMaven.ServiceDefaults.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace FaultMaven.ServiceDefaults.State;

/// <summary>Registers where services keep their state.</summary>
public static class StateRegistration
{
    // The name of the resource in the distributed system, and so of the connection string.
    private const string RedisConnection = "redis";

    /// <summary>
    /// Makes the <see cref="StateStore"/> of a service injectable by the service's name as key, and has the service's audit log kept there.
    /// </summary>
    /// <remarks>
    /// Opened by the <see cref="IStateStoreProvider"/> that the host registered before; without one the state is in Redis, by the
    /// connection string <c>redis</c>, and the health of that connection is part of the host's.
    /// </remarks>
    public static void AddState(this IHostApplicationBuilder builder, string service)
    {
        if (!builder.Services.Any(registered => registered.ServiceType == typeof(IStateStoreProvider)))
        {
            builder.AddStore(RedisConnection);
        }

        builder.Services.TryAddKeyedSingleton(
            service, (services, _) => services.GetRequiredService<IStateStoreProvider>().Open(service));
        builder.AddAuditLog(service);
    }

    /// <summary>Makes <see cref="ITokenBuckets"/> injectable: in Redis where state is, in memory where it is embedded.</summary>
    public static void AddTokenBuckets(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton<LocalTokenBuckets>();
        builder.Services.TryAddSingleton<ITokenBuckets>(services => services.GetService<IConnectionMultiplexer>() is { } redis
            ? ActivatorUtilities.CreateInstance<RedisTokenBuckets>(services, redis)
            : services.GetRequiredService<LocalTokenBuckets>());
    }
}
