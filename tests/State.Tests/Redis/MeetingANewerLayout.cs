using FaultMaven.ServiceDefaults.State;
using FaultMaven.ServiceDefaults.State.Redis;
using FaultMaven.Tests.Shared;
using StackExchange.Redis;

namespace FaultMaven.State.Tests.Redis;

public sealed class MeetingANewerLayout
{
    private readonly Partition _partition = new("local", "case");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reads_and_writes_nothing()
    {
        await using var server = await RedisServer.StartAsync(Cancel);
        await using var redis = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString);
        await redis.GetDatabase().StringSetAsync("{test:00}:layout", RedisLayout.Version + 1);
        var store = new RedisStateStoreProvider(redis, TimeProvider.System).Open("test");
        var transaction = new StateTransaction(_partition);
        transaction.Put("key", "value");

        var write = await Assert.ThrowsAsync<StateStoreException>(() => store.CommitAsync(transaction, Cancel));
        await Assert.ThrowsAsync<StateStoreException>(() => store.FindAsync(_partition, "key", Cancel));
        await Assert.ThrowsAsync<StateStoreException>(() => store.GetLengthAsync(_partition, "stream", Cancel));

        Assert.Contains("A newer version of FaultMaven wrote the state of test", write.Message, StringComparison.Ordinal);
        Assert.Equal(1, await redis.GetServers().Single().DatabaseSizeAsync());
    }

    [Fact]
    public async Task Keeps_a_process_from_starting()
    {
        await using var server = await RedisServer.StartAsync(Cancel);
        await using (var redis = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString))
        {
            await redis.GetDatabase().StringSetAsync("{session:00}:layout", RedisLayout.Version + 1);
        }

        using var host = StateInRedis.Host(server, "session");
        var refused = await Assert.ThrowsAsync<StateStoreException>(() => host.StartAsync(Cancel));

        Assert.Contains("of session in Redis", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Writes_its_version_into_a_new_store()
    {
        await using var server = await RedisServer.StartAsync(Cancel);
        using var host = StateInRedis.Host(server, "session");
        await host.StartAsync(Cancel);

        await using var redis = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString);
        Assert.Equal(RedisLayout.Version, (int)await redis.GetDatabase().StringGetAsync("{session:00}:layout"));
        await host.StopAsync(Cancel);
    }
}
