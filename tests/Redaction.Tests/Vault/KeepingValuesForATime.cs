using FaultMaven.Protos.Events.V1;
using FaultMaven.Tests.Shared;
using Grpc.Core;
using StackExchange.Redis;

namespace FaultMaven.Redaction.Tests.Vault;

public sealed class KeepingValuesForATime
{
    // Made up.
    private const string Secret = "made-up-secret-of-the-on-call-export";

    private static readonly Dictionary<string, string?> s_settings = new()
    {
        ["Redaction:Restore:Callers:0:Name"] = "on-call",
        ["Redaction:Restore:Callers:0:Secret"] = Secret,
        ["Redaction:Vault:Retention"] = "10.00:00:00",
        ["Redaction:Vault:RetentionAfterClosing"] = "2.00:00:00",
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keeps_them_for_as_long_as_was_configured_after_their_last_use() => await WithHostAsync(async (host, stored, clock) =>
    {
        await RedactAsync(host, "ada@example.com 10.20.30.40");
        Assert.InRange(await stored.TimeLeftAsync(), TimeSpan.FromDays(9.9), TimeSpan.FromDays(10));

        await ExpireAsync(stored, TimeSpan.FromDays(5));
        clock.Advance(TimeSpan.FromDays(5));
        await RedactAsync(host, "ada@example.com");

        Assert.InRange(await stored.TimeLeftAsync(), TimeSpan.FromDays(9.9), TimeSpan.FromDays(10));
    });

    [Fact]
    public async Task Keeps_them_for_as_long_as_is_configured_now()
    {
        await using var redis = await RedisServer.StartAsync(Cancel);
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);
        await using (var before = await RedactionHost.StartAsync(redis, Cancel, settings: new Dictionary<string,
            string?> { ["Redaction:Vault:Retention"] = "50.00:00:00" }))
        {
            await RedactAsync(before, "ada@example.com 10.20.30.40");
        }

        await using var after = await RedactionHost.StartAsync(redis, Cancel, settings: s_settings);
        await RedactAsync(after, "ada@example.com");

        Assert.InRange(await new StoredScope(connection, "cases/1").TimeLeftAsync(), TimeSpan.FromDays(9.9), TimeSpan.FromDays(10));
    }

    [Fact]
    public async Task Keeps_them_for_less_once_the_case_is_closed() => await WithHostAsync(async (host, stored, clock) =>
    {
        await RedactAsync(host, "ada@example.com");

        await host.PublishAsync(new CaseClosed { Case = "cases/1" }, Cancel);
        Assert.InRange(await stored.TimeLeftAsync(), TimeSpan.FromDays(1.9), TimeSpan.FromDays(2));

        // Neither hearing of it again nor using the case makes it more.
        clock.Advance(TimeSpan.FromDays(1));
        await host.PublishAsync(new CaseClosed { Case = "cases/1" }, Cancel);
        Assert.InRange(await stored.TimeLeftAsync(), TimeSpan.Zero, TimeSpan.FromDays(1));
        await RedactAsync(host, "bob@example.com");
        Assert.InRange(await stored.TimeLeftAsync(), TimeSpan.FromDays(1.9), TimeSpan.FromDays(2));
    });

    [Fact]
    public async Task Shortens_them_too_where_an_earlier_event_did_not_come_that_far() =>
        await WithHostAsync(async (host, stored, clock) =>
    {
        await RedactAsync(host, "ada@example.com");
        await host.PublishAsync(new CaseClosed { Case = "cases/1" }, Cancel);
        await ExpireAsync(stored, TimeSpan.FromDays(10));

        await host.PublishAsync(new CaseClosed { Case = "cases/1" }, Cancel);

        Assert.InRange(await stored.TimeLeftAsync(), TimeSpan.FromDays(1.9), TimeSpan.FromDays(2));
    });

    [Fact]
    public async Task Keeps_the_numbers_when_the_values_have_expired() => await WithHostAsync(async (host, stored, clock) =>
    {
        await RedactAsync(host, "ada@example.com bob@example.com");

        clock.Advance(TimeSpan.FromDays(11));

        Assert.Equal("<EMAIL_ADDRESS_1> <EMAIL_ADDRESS_2>", await RestoreAsync(host, "<EMAIL_ADDRESS_1> <EMAIL_ADDRESS_2>"));
        Assert.Equal("<EMAIL_ADDRESS_3> <EMAIL_ADDRESS_2>", await RedactAsync(host, "eve@example.com bob@example.com"));
        Assert.Equal("<EMAIL_ADDRESS_1> bob@example.com eve@example.com",
            await RestoreAsync(host, "<EMAIL_ADDRESS_1> <EMAIL_ADDRESS_2> <EMAIL_ADDRESS_3>"));
        await stored.Database.KeyDeleteAsync(StoredScope.Values("cases/1", "0:EMAIL_ADDRESS:0"));
        Assert.InRange(await stored.TimeLeftAsync(), TimeSpan.FromDays(9.9), TimeSpan.FromDays(10));
        Assert.Equal(2, (await host.CreateClient()
            .ForgetScopeAsync(new() { Scope = "cases/1", Force = true }, cancellationToken: Cancel)).ForgottenCount);
    });

    [Fact]
    public async Task Keeps_again_what_the_store_lost_before_its_time() => await WithHostAsync(async (host, stored, clock) =>
    {
        await RedactAsync(host, "ada@example.com bob@example.com");
        await stored.Database.KeyDeleteAsync(await stored.ValuesAsync());

        // Seen when values get more time, and so by clocks that differ.
        clock.Advance(TimeSpan.FromDays(9));
        await RedactAsync(host, "bob@example.com");

        Assert.Equal("<EMAIL_ADDRESS_1> bob@example.com", await RestoreAsync(host, "<EMAIL_ADDRESS_1> <EMAIL_ADDRESS_2>"));
    });

    private static async Task<string> RedactAsync(RedactionHost host, string text) =>
        (await host.CreateClient().RedactTextAsync(new() { Scope = "cases/1", Text = text }, cancellationToken: Cancel)).Text;

    private static async Task<string> RestoreAsync(RedactionHost host, string text) => (await host.CreateClient().RestoreTextAsync(
        new() { Scope = "cases/1", Text = text }, new Metadata { { "authorization", $"Bearer {Secret}" } },
            cancellationToken: Cancel)).Text;

    private static async Task ExpireAsync(StoredScope stored, TimeSpan left)
    {
        foreach (var key in await stored.ValuesAsync())
        {
            Assert.True(await stored.Database.KeyExpireAsync(key, left));
        }
    }

    private static async Task WithHostAsync(Func<RedactionHost, StoredScope, MovableClock, Task> test)
    {
        var clock = new MovableClock();
        await using var redis = await RedisServer.StartAsync(Cancel);
        await using var host = await RedactionHost.StartAsync(redis, Cancel, settings: s_settings, time: clock);
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);
        await test(host, new StoredScope(connection, "cases/1"), clock);
    }
}
