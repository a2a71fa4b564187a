using System.Collections.Concurrent;
using StackExchange.Redis;

namespace FaultMaven.ServiceDefaults.State.Redis;

/// <summary>Opens the stores of services in one Redis. It closes nothing: the connection is shared.</summary>
internal sealed class RedisStateStoreProvider(IConnectionMultiplexer redis, TimeProvider time) : IStateStoreProvider
{
    private readonly ConcurrentDictionary<string, RedisStateStore> _stores = [];

    /// <summary>What was opened.</summary>
    public IEnumerable<RedisStateStore> Stores => _stores.Values;

    public StateStore Open(string service) => _stores.GetOrAdd(service, name => new RedisStateStore(name, redis, time));
}
