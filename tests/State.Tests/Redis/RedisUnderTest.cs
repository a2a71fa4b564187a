using FaultMaven.ServiceDefaults.State;
using FaultMaven.ServiceDefaults.State.Redis;
using FaultMaven.Tests.Shared;
using StackExchange.Redis;

namespace FaultMaven.State.Tests.Redis;

public sealed class RedisUnderTest : StoreUnderTest
{
    private RedisServer? _server;
    private ConnectionMultiplexer? _redis;
    private StateStore? _store;

    public override StateStore Store => _store!;

    public override TimeSpan Moment => TimeSpan.FromMilliseconds(100);

    public override bool ControlsTime => false;

    public override Task AdvanceAsync(TimeSpan time) => PassAsync(_redis!, time);

    public override async ValueTask InitializeAsync()
    {
        _server = await RedisServer.StartAsync(TestContext.Current.CancellationToken);
        _redis = await ConnectionMultiplexer.ConnectAsync(_server.ConnectionString);
        _store = new RedisStateStoreProvider(_redis, TimeProvider.System).Open("test");
    }

    public override async ValueTask DisposeAsync()
    {
        await (_redis?.DisposeAsync() ?? default);
        await (_server?.DisposeAsync() ?? default);
    }

    /// <summary>Returns when the clocks of all servers have gone on by <paramref name="time"/>.</summary>
    internal static async Task PassAsync(IConnectionMultiplexer redis, TimeSpan time)
    {
        foreach (var server in redis.GetServers())
        {
            var end = await server.TimeAsync() + time;
            while (await server.TimeAsync() <= end)
            {
                await Task.Yield();
            }
        }
    }
}
