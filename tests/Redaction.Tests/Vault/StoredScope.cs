using FaultMaven.ServiceDefaults.Storage;
using StackExchange.Redis;

namespace FaultMaven.Redaction.Tests.Vault;

/// <summary>What a store holds for a scope, for tests that look behind the service.</summary>
internal sealed class StoredScope(IConnectionMultiplexer redis, string scope)
{
    public IDatabase Database { get; } = redis.GetDatabase();

    public RedisKey Head => RedisKeys.For("redaction", scope, "head");

    /// <summary>The keys of digests.</summary>
    public Task<RedisKey[]> DigestsAsync() => KeysAsync("digests");

    /// <summary>The keys of blocks of sealed values.</summary>
    public Task<RedisKey[]> ValuesAsync() => KeysAsync("values");

    public static RedisKey Values(string scope, string block) => RedisKeys.For("redaction", scope, "values", block);

    /// <summary>How long the values are kept, the same for all of them.</summary>
    public async Task<TimeSpan> TimeLeftAsync()
    {
        var times = await Task.WhenAll((await ValuesAsync())
            .Select(async key => await Database.KeyTimeToLiveAsync(key) ?? TimeSpan.MaxValue));
        Assert.NotEmpty(times);
        Assert.InRange(times.Max(), times.Min(), times.Min() + TimeSpan.FromMinutes(2));
        return times.Min();
    }

    private async Task<RedisKey[]> KeysAsync(string kind)
    {
        var keys = new List<RedisKey>();
        await foreach (var key in redis.GetServers()[0].KeysAsync(pattern: $"*:{scope}:{kind}:*"))
        {
            keys.Add(key);
        }

        return [.. keys.OrderBy(key => $"{key}", StringComparer.Ordinal)];
    }
}
