using System.Globalization;
using StackExchange.Redis;

namespace FaultMaven.ServiceDefaults.State.Redis;

/// <summary>
/// Keeps this program from a store that a newer one has laid out in another way. A store without a version is a new one, or of the first
/// version, and gets one.
/// </summary>
/// <param name="service">Whose store it is.</param>
/// <param name="redis">The connection.</param>
internal sealed class RedisLayout(string service, IConnectionMultiplexer redis)
{
    /// <summary>The version that this program writes.</summary>
    public const int Version = 1;

    private readonly RedisKey _key = new RedisSlot(service, RedisPartition.Shards[0].Name).Layout;
    private volatile bool _isKnown;

    /// <summary>Looks once; later calls cost nothing.</summary>
    /// <exception cref="RedisLayoutException">A newer version wrote it.</exception>
    public ValueTask EnsureKnownAsync() => _isKnown ? ValueTask.CompletedTask : new(LookAsync());

    private async Task LookAsync()
    {
        var database = redis.GetDatabase();
        await database.StringSetAsync(_key, Version, when: When.NotExists);
        var version = int.Parse((string)(await database.StringGetAsync(_key))!, CultureInfo.InvariantCulture);
        if (version > Version)
        {
            throw new RedisLayoutException(service, version);
        }

        _isKnown = true;
    }
}

/// <summary>A newer version of FaultMaven wrote what is in Redis.</summary>
internal sealed class RedisLayoutException(string service, int version) : Exception(
    $"A newer version of FaultMaven wrote the state of {service} in Redis: it has layout {version}, and this program knows "
    + $"{RedisLayout.Version}. Use that version, or restore a backup of before.");
