using FaultMaven.ServiceDefaults.State;
using FaultMaven.ServiceDefaults.State.Redis;
using FaultMaven.Tests.Shared;
using StackExchange.Redis;

namespace FaultMaven.State.Tests.Redis;

/// <summary>Two connections to one server are two replicas of a service.</summary>
public sealed class RedisReplicas : IAsyncLifetime
{
    private const int Entries = 400;

    private static readonly Partition s_partition = new Partition(Partition.LocalTenant, "case");

    private readonly List<ConnectionMultiplexer> _connections = [];
    private readonly List<RedisStateStore> _stores = [];
    private RedisServer? _server;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await RedisServer.StartAsync(Cancel);
        for (var i = 0; i < 2; i++)
        {
            _connections.Add(await ConnectionMultiplexer.ConnectAsync(_server.ConnectionString));
            _stores.Add(new RedisStateStore("test", _connections[i], TimeProvider.System));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections)
        {
            await connection.DisposeAsync();
        }

        await (_server?.DisposeAsync() ?? default);
    }

    [Fact]
    public async Task Lose_nothing_to_each_other_and_see_what_the_other_writes()
    {
        var following = Task.WhenAll(_stores.Select(FollowAsync));

        await Task.WhenAll(_stores.SelectMany(store => Enumerable.Range(0, 4).Select(_ => Task.Run(() => AppendAsync(store)))));

        Assert.All(await following, seen => Assert.Equal(Enumerable.Range(0, Entries).Select(i => $"{i}"), seen));
        Assert.Equal(Entries, await _stores[0].GetLengthAsync(s_partition, "s", Cancel));
    }

    [Fact]
    public async Task Do_not_both_take_a_lease()
    {
        for (var i = 0; i < 100; i++)
        {
            var taken = await Task.WhenAll(_stores.Select((store, owner) =>
                store.TryTakeLeaseAsync(s_partition, $"lease/{i}", $"{owner}", TimeSpan.FromMinutes(1), Cancel)));
            Assert.Single(taken, isTaken => isTaken);
        }
    }

    [Fact]
    public async Task Delete_what_has_expired_though_nobody_asks_for_it()
    {
        var transaction = new StateTransaction(s_partition);
        for (var i = 0; i < 2_500; i++)
        {
            transaction.Put($"{i}", "value", TimeSpan.FromMilliseconds(1));
        }

        transaction.Shard.Put("of the shard", "value", TimeSpan.FromMilliseconds(1));
        await _stores[0].CommitAsync(transaction, Cancel);
        await RedisUnderTest.PassAsync(_connections[0], TimeSpan.FromMilliseconds(2));

        var counts = await Task.WhenAll(_stores.Select(store => store.SweepAsync(Cancel)));

        Assert.Equal(2_501, counts.Sum());
        var keys = await _connections[0].GetServers()[0].KeysAsync().Select(key => $"{key}").ToListAsync(Cancel);
        Assert.Equal(["layout", "sequence"], keys.Select(key => key.Split(':')[^1]).Order(StringComparer.Ordinal));
    }

    private static async Task<List<string>> FollowAsync(RedisStateStore store)
    {
        var seen = new List<string>();
        await foreach (var batch in store.FollowAsync(s_partition, "s", 0, Cancel))
        {
            seen.AddRange(StoreUnderTest.Texts(batch));
            if (seen.Count >= Entries)
            {
                break;
            }
        }

        return seen;
    }

    private static async Task AppendAsync(RedisStateStore store)
    {
        while (await store.GetLengthAsync(s_partition, "s", Cancel) is var length && length < Entries)
        {
            var transaction = new StateTransaction(s_partition);
            transaction.IfLength("s", length);
            transaction.Append("s", [StoreUnderTest.Bytes($"{length}")]);
            await store.CommitAsync(transaction, Cancel);
        }
    }
}
