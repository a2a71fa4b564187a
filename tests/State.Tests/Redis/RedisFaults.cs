using System.Collections.Concurrent;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.ServiceDefaults.State.Redis;
using FaultMaven.ServiceDefaults.Storage;
using FaultMaven.Tests.Shared;
using StackExchange.Redis;

namespace FaultMaven.State.Tests.Redis;

public sealed class RedisFaults
{
    private const int Writers = 16;
    private const int AcknowledgedBeforeKill = 400;

    private static readonly Partition s_partition = new Partition(Partition.LocalTenant, "case");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_killed_server_has_lost_nothing_acknowledged_and_holds_nothing_by_half()
    {
        await using var server = await RedisServer.StartAsync(Cancel);
        var attempted = new ConcurrentDictionary<string, Partition>();
        var acknowledged = new ConcurrentBag<string>();
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (var redis = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString, AsServicesDo))
        {
            var store = new RedisStateStore("test", redis, TimeProvider.System);
            var writers = Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
            {
                for (var i = 0; ; i++)
                {
                    var key = $"{writer}/{i}";
                    attempted[key] = new Partition(Partition.LocalTenant, $"case-{writer % 5}");
                    await WriteAsync(store, attempted[key], key);
                    acknowledged.Add(key);
                    if (acknowledged.Count >= AcknowledgedBeforeKill)
                    {
                        enough.TrySetResult();
                    }
                }
            })).ToList();

            await Task.WhenAny([enough.Task, .. writers]);
            await server.KillAsync();
            foreach (var writer in writers)
            {
                Assert.Equal(StoreFailureKind.Away, (await Assert.ThrowsAsync<StateStoreException>(() => writer)).Kind);
            }
        }

        await using var again = await RedisServer.StartAsync(Cancel, server.Directory);
        await using var reconnected = await ConnectionMultiplexer.ConnectAsync(again.ConnectionString);
        var read = new RedisStateStore("test", reconnected, TimeProvider.System);
        var found = new HashSet<string>();
        foreach (var partition in attempted.Values.Distinct())
        {
            var records = await KeysAsync(read, partition, "keys/");
            var entries = StoreUnderTest.Texts(await read.ReadAsync(partition, "s", 0, int.MaxValue, Cancel));
            Assert.Equal(records, entries.Order(StringComparer.Ordinal));
            Assert.Equal(entries.Length, (await read.FindAsync(partition, "n", Cancel))!.Number);
            Assert.Equal(records, await KeysAsync(read, read.ShardOf(partition), $"{partition.Name}/"));
            found.UnionWith(records);
        }

        Assert.True(acknowledged.Count >= AcknowledgedBeforeKill);
        Assert.Superset(acknowledged.ToHashSet(), found);
    }

    [Fact]
    public async Task A_server_without_memory_left_is_full_and_changes_nothing_but_can_be_read()
    {
        await using var server = await RedisServer.StartAsync(Cancel);
        await using var redis = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString + ",allowAdmin=true");
        var store = new RedisStateStore("test", redis, TimeProvider.System);
        await WriteAsync(store, s_partition, "first");
        await redis.GetServers()[0].ConfigSetAsync("maxmemory", 1);

        var failure = await Assert.ThrowsAsync<StateStoreException>(() => WriteAsync(store, s_partition, "second"));

        Assert.Equal(StoreFailureKind.Full, failure.Kind);
        Assert.Equal(["first"], await KeysAsync(store, s_partition, "keys/"));
        Assert.Equal(1, await store.GetLengthAsync(s_partition, "s", Cancel));
        await redis.GetServers()[0].ConfigSetAsync("maxmemory", 0);
        await WriteAsync(store, s_partition, "third");
        Assert.Equal(["first", "third"], await KeysAsync(store, s_partition, "keys/"));
    }

    [Fact]
    public async Task A_server_that_takes_no_writes_is_away_and_changes_nothing_but_can_be_read()
    {
        await using var server = await RedisServer.StartAsync(Cancel);
        await using var redis = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString + ",allowAdmin=true");
        var store = new RedisStateStore("test", redis, TimeProvider.System);
        await WriteAsync(store, s_partition, "first");
        await redis.GetDatabase().ExecuteAsync("CONFIG", "SET", "min-replicas-to-write", "1");

        var failure = await Assert.ThrowsAsync<StateStoreException>(() => WriteAsync(store, s_partition, "second"));

        Assert.Equal(StoreFailureKind.Away, failure.Kind);
        Assert.Equal(["first"], await KeysAsync(store, s_partition, "keys/"));
    }

    [Fact]
    public async Task A_follower_goes_on_when_the_server_is_back()
    {
        await using var server = await RedisServer.StartAsync(Cancel);
        await using var redis = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString, AsServicesDo);
        var store = new RedisStateStore("test", redis, TimeProvider.System);
        await WriteAsync(store, s_partition, "first");
        await using var batches = store.FollowAsync(s_partition, "s", 0, Cancel).GetAsyncEnumerator(Cancel);
        Assert.True(await batches.MoveNextAsync());
        Assert.Equal(["first"], StoreUnderTest.Texts(batches.Current));

        var next = batches.MoveNextAsync();
        await server.KillAsync();
        await using var again = await RedisServer.StartAsync(Cancel, server.Directory);
        await using var other = await ConnectionMultiplexer.ConnectAsync(again.ConnectionString);
        await WriteAsync(new RedisStateStore("test", other, TimeProvider.System), s_partition, "second");

        Assert.True(await next);
        while (batches.Current.Count == 0)
        {
            Assert.True(await batches.MoveNextAsync());
        }

        Assert.Equal(["second"], StoreUnderTest.Texts(batches.Current));
    }

    // See StoreRegistration.
    internal static void AsServicesDo(ConfigurationOptions options)
    {
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.ReconnectRetryPolicy = new ExponentialRetry(500, 5_000);
    }

    private static async Task WriteAsync(RedisStateStore store, Partition partition, string key)
    {
        var transaction = new StateTransaction(partition);
        transaction.Put($"keys/{key}", key);
        transaction.Append("s", [StoreUnderTest.Bytes(key)]);
        transaction.Add("n", 1);
        transaction.Shard.Put($"{partition.Name}/{key}", key);
        Assert.NotNull(await store.CommitAsync(transaction, Cancel));
    }

    private static async Task<string[]> KeysAsync(RedisStateStore store, Partition partition, string prefix) =>
        [.. (await store.ListAsync(partition, new RecordRange(prefix), int.MaxValue, Cancel)).Select(record => record.Text)];
}
