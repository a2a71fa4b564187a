using FaultMaven.Protos.Events.V1;
using FaultMaven.ServiceDefaults.Storage;
using FaultMaven.Tests.Shared;
using StackExchange.Redis;

namespace FaultMaven.Redaction.Tests.Vault;

public sealed class KeepingValuesForATime
{
    private static readonly RedisKey s_values = RedisKeys.For("redaction", "cases/1", "values");

    private static readonly Dictionary<string, string?> s_settings = new()
    {
        ["Redaction:Vault:Retention"] = "10.00:00:00",
        ["Redaction:Vault:RetentionAfterClosing"] = "2.00:00:00",
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keeps_them_for_as_long_as_was_configured_after_their_last_use() => await WithHostAsync(async (host, store) =>
    {
        await RedactAsync(host, "ada@example.com");
        Assert.InRange(await TimeLeftAsync(store), TimeSpan.FromDays(9.9), TimeSpan.FromDays(10));

        await store.KeyExpireAsync(s_values, TimeSpan.FromDays(5));
        await RedactAsync(host, "ada@example.com");

        Assert.InRange(await TimeLeftAsync(store), TimeSpan.FromDays(9.9), TimeSpan.FromDays(10));

        // Kept under an older configuration.
        await store.KeyExpireAsync(s_values, TimeSpan.FromDays(50));
        await RedactAsync(host, "ada@example.com");

        Assert.InRange(await TimeLeftAsync(store), TimeSpan.FromDays(9.9), TimeSpan.FromDays(10));
    });

    [Fact]
    public async Task Keeps_them_for_less_once_the_case_is_closed() => await WithHostAsync(async (host, store) =>
    {
        await RedactAsync(host, "ada@example.com");

        await host.PublishAsync(new CaseClosed("cases/1"), Cancel);
        Assert.InRange(await TimeLeftAsync(store), TimeSpan.FromDays(1.9), TimeSpan.FromDays(2));

        // Neither hearing of it again nor using the case makes it more.
        await store.KeyExpireAsync(s_values, TimeSpan.FromDays(1));
        await host.PublishAsync(new CaseClosed("cases/1"), Cancel);
        Assert.InRange(await TimeLeftAsync(store), TimeSpan.Zero, TimeSpan.FromDays(1));
        await RedactAsync(host, "bob@example.com");
        Assert.InRange(await TimeLeftAsync(store), TimeSpan.FromDays(1.9), TimeSpan.FromDays(2));
    });

    [Fact]
    public async Task Keeps_the_numbers_when_the_values_have_expired() => await WithHostAsync(async (host, store) =>
    {
        await RedactAsync(host, "ada@example.com bob@example.com");

        await store.KeyDeleteAsync(s_values);

        Assert.Equal("<EMAIL_ADDRESS_3> <EMAIL_ADDRESS_2>", await RedactAsync(host, "eve@example.com bob@example.com"));
        Assert.Equal(["EMAIL_ADDRESS_2", "EMAIL_ADDRESS_3"], (await store.HashKeysAsync(s_values)).Select(key => key.ToString()).Order());
        Assert.InRange(await TimeLeftAsync(store), TimeSpan.FromDays(9.9), TimeSpan.FromDays(10));
    });

    private static async Task<string> RedactAsync(RedactionHost host, string text) =>
        (await host.CreateClient().RedactTextAsync(new() { Scope = "cases/1", Text = text }, cancellationToken: Cancel)).Text;

    private static async Task<TimeSpan> TimeLeftAsync(IDatabase store) => await store.KeyTimeToLiveAsync(s_values) ?? TimeSpan.MaxValue;

    private static async Task WithHostAsync(Func<RedactionHost, IDatabase, Task> test)
    {
        await using var redis = await RedisServer.StartAsync(Cancel);
        await using var host = await RedactionHost.StartAsync(redis, Cancel, settings: s_settings);
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);
        await test(host, connection.GetDatabase());
    }
}
