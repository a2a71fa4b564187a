using FaultMaven.ServiceDefaults.Limits;
using FaultMaven.ServiceDefaults.State.Redis;
using FaultMaven.State.Tests.Redis;
using FaultMaven.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;

namespace FaultMaven.State.Tests.Limits;

/// <summary>What buckets of tokens let in, and what they say to whom they do not; in memory, where the test has the clock.</summary>
public sealed class CountingInBuckets
{
    private readonly FakeTimeProvider _time = new();
    private readonly LocalTokenBuckets _buckets;

    public CountingInBuckets() => _buckets = new LocalTokenBuckets(_time);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lets_in_as_many_as_a_bucket_holds_and_then_says_exactly_how_long_to_wait()
    {
        for (var i = 0; i < 10; i++)
        {
            Assert.Null(await TakeAsync(new TokenBucket("a", 10, 10)));
            _time.Advance(TimeSpan.FromMilliseconds(100));
        }

        // The first token was taken 1 s ago, and comes back every 6 s.
        var wait = (await TakeAsync(new TokenBucket("a", 10, 10)))!.Value.Wait;
        Assert.Equal(TimeSpan.FromSeconds(5), wait);
        _time.Advance(wait - TimeSpan.FromMilliseconds(1));
        Assert.Equal(TimeSpan.FromMilliseconds(1), (await TakeAsync(new TokenBucket("a", 10, 10)))!.Value.Wait);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(await TakeAsync(new TokenBucket("a", 10, 10)));
        Assert.NotNull(await TakeAsync(new TokenBucket("a", 10, 10)));
    }

    [Fact]
    public async Task Fills_evenly_and_not_beyond_what_it_holds()
    {
        var bucket = new TokenBucket("a", 60, 2);
        Assert.Equal(2, await CountAsync(bucket));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await CountAsync(bucket));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(2, await CountAsync(bucket));
    }

    [Fact]
    public async Task Takes_from_all_buckets_or_from_none()
    {
        var (caller, tenant) = (new TokenBucket("caller", 60, 5), new TokenBucket("tenant", 60, 2));
        Assert.Null(await TakeAsync(caller, tenant));
        Assert.Null(await TakeAsync(caller, tenant));

        Assert.Equal(1, (await TakeAsync(caller, tenant))!.Value.Index);
        Assert.Equal(3, await CountAsync(caller));
    }

    [Fact]
    public async Task Keeps_groups_apart()
    {
        var bucket = new TokenBucket("a", 1, 1);

        Assert.Null(await _buckets.TakeAsync("one", [bucket], Cancel));
        Assert.Null(await _buckets.TakeAsync("another", [bucket], Cancel));
    }

    [Fact]
    public async Task Goes_by_the_limit_of_now_when_it_was_lowered()
    {
        Assert.Equal(1_000, await CountAsync(new TokenBucket("a", 1, 1_000)));

        Assert.Equal(TimeSpan.FromMinutes(1), (await TakeAsync(new TokenBucket("a", 1, 10)))!.Value.Wait);
    }

    [Fact]
    public async Task Is_the_same_in_Redis_for_all_replicas()
    {
        await using var server = await RedisServer.StartAsync(Cancel);
        await using var one = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString);
        await using var another = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString);
        ITokenBuckets[] replicas = [InRedis(one), InRedis(another)];
        var bucket = new TokenBucket("a", 60, 10);

        var begun = TimeProvider.System.GetTimestamp();
        var taken = await Task.WhenAll(Enumerable.Range(0, 11).Select(i => replicas[i % 2].TakeAsync("acme", [bucket], Cancel).AsTask()));
        var took = TimeProvider.System.GetElapsedTime(begun);

        var refused = Assert.Single(taken, empty => empty is not null)!.Value.Wait;
        Assert.InRange(refused, TimeSpan.FromSeconds(1) - took, TimeSpan.FromSeconds(1));
        await RedisUnderTest.PassAsync(one, refused);
        Assert.Null(await replicas[0].TakeAsync("acme", [bucket], Cancel));
    }

    [Fact]
    public async Task Goes_on_in_each_replica_while_Redis_is_away_and_together_once_it_is_back()
    {
        var server = await RedisServer.StartAsync(Cancel);
        await using var redis = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString, RedisFaults.AsServicesDo);
        var replica = InRedis(redis);
        var bucket = new TokenBucket("a", 1, 2);
        Assert.Null(await replica.TakeAsync("acme", [bucket], Cancel));

        await server.KillAsync();
        Assert.Null(await replica.TakeAsync("acme", [bucket], Cancel));
        Assert.Null(await replica.TakeAsync("acme", [bucket], Cancel));
        Assert.NotNull(await replica.TakeAsync("acme", [bucket], Cancel));

        await using var again = await RedisServer.StartAsync(Cancel, server.Directory);
        while (!redis.IsConnected)
        {
            await Task.Delay(50, Cancel);
        }

        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Null(await replica.TakeAsync("acme", [bucket], Cancel));
        Assert.NotNull(await replica.TakeAsync("acme", [bucket], Cancel));
    }

    private ValueTask<EmptyBucket?> TakeAsync(params TokenBucket[] buckets) => _buckets.TakeAsync("acme", buckets, Cancel);

    private async Task<int> CountAsync(TokenBucket bucket)
    {
        var taken = 0;
        while (await TakeAsync(bucket) is null)
        {
            taken++;
        }

        return taken;
    }

    private RedisTokenBuckets InRedis(ConnectionMultiplexer redis) =>
        new(redis, new LocalTokenBuckets(_time), _time, NullLogger<RedisTokenBuckets>.Instance);
}
