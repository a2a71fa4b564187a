using FaultMaven.Protos.Events.V1;
using FaultMaven.Tests.Shared;

namespace FaultMaven.Redaction.Tests.Vault;

public sealed class KeepingValuesForATime
{
    private static readonly Dictionary<string, string?> s_settings = new()
    {
        ["Redaction:Vault:Retention"] = "10.00:00:00",
        ["Redaction:Vault:RetentionAfterClosing"] = "2.00:00:00",
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keeps_them_for_as_long_as_was_configured_after_their_last_use() => await WithHostAsync(async (host, stored, clock) =>
    {
        await RedactAsync(host, "ada@example.com 10.20.30.40");

        clock.Advance(TimeSpan.FromDays(5));
        await RedactAsync(host, "ada@example.com");

        await AssertGoneAfterAsync(TimeSpan.FromDays(10), stored, clock);
    });

    [Fact]
    public async Task Keeps_new_ones_for_no_longer_than_those_before() => await WithHostAsync(async (host, stored, clock) =>
    {
        await RedactAsync(host, "ada@example.com");

        clock.Advance(TimeSpan.FromDays(0.5));
        await RedactAsync(host, "bob@example.com");

        await AssertGoneAfterAsync(TimeSpan.FromDays(9.5), stored, clock);
    });

    [Fact]
    public async Task Keeps_them_for_as_long_as_is_configured_now()
    {
        var clock = new MovableClock();
        using var state = new EmbeddedState(clock);
        var settings = new Dictionary<string, string?> { ["Redaction:Vault:Retention"] = "50.00:00:00" };
        await using (var before = await RedactionHost.StartAsync(state, Cancel, settings, clock))
        {
            await RedactAsync(before, "ada@example.com 10.20.30.40");
        }

        state.Close();
        await using var after = await RedactionHost.StartAsync(state, Cancel, s_settings, clock);
        await RedactAsync(after, "ada@example.com");

        await AssertGoneAfterAsync(TimeSpan.FromDays(10), new StoredScope(after.Store, "cases/1"), clock);
    }

    [Theory]
    [InlineData("local", 3)]
    [InlineData("other", 10)]
    public async Task Keeps_those_of_a_tenant_for_as_long_as_is_configured_for_it(string tenant, int days)
    {
        var clock = new MovableClock();
        using var state = new EmbeddedState(clock);
        var settings = new Dictionary<string, string?>(s_settings)
        {
            [$"Tenants:{tenant}:Redaction:Vault:Retention"] = "3.00:00:00",
        };
        await using var host = await RedactionHost.StartAsync(state, Cancel, settings, clock);

        await RedactAsync(host, "ada@example.com");

        await AssertGoneAfterAsync(TimeSpan.FromDays(days), new StoredScope(host.Store, "cases/1"), clock);
    }

    [Fact]
    public async Task Keeps_them_for_less_once_the_case_is_closed() => await WithHostAsync(async (host, stored, clock) =>
    {
        await RedactAsync(host, "ada@example.com");

        await host.PublishAsync(new CaseClosed { Case = "cases/1" }, Cancel);

        await AssertGoneAfterAsync(TimeSpan.FromDays(2), stored, clock);
    });

    [Fact]
    public async Task Keeps_them_for_the_full_time_once_the_case_is_opened_again() => await WithHostAsync(async (host, stored, clock) =>
    {
        await RedactAsync(host, "ada@example.com");
        await host.PublishAsync(new CaseClosed { Case = "cases/1" }, Cancel);

        clock.Advance(TimeSpan.FromDays(1));
        await host.PublishAsync(new CaseReopened { Case = "cases/1" }, Cancel);

        await AssertGoneAfterAsync(TimeSpan.FromDays(10), stored, clock);
    });

    [Fact]
    public async Task Keeps_them_no_longer_when_it_hears_again_that_the_case_is_closed() =>
        await WithHostAsync(async (host, stored, clock) =>
    {
        await RedactAsync(host, "ada@example.com");
        await host.PublishAsync(new CaseClosed { Case = "cases/1" }, Cancel);

        clock.Advance(TimeSpan.FromDays(1));
        await host.PublishAsync(new CaseClosed { Case = "cases/1" }, Cancel);

        await AssertGoneAfterAsync(TimeSpan.FromDays(1), stored, clock);
    });

    [Fact]
    public async Task Keeps_them_for_less_when_a_closed_case_is_used() => await WithHostAsync(async (host, stored, clock) =>
    {
        await RedactAsync(host, "ada@example.com");
        await host.PublishAsync(new CaseClosed { Case = "cases/1" }, Cancel);

        clock.Advance(TimeSpan.FromDays(1));
        await RedactAsync(host, "bob@example.com");

        await AssertGoneAfterAsync(TimeSpan.FromDays(2), stored, clock);
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
        Assert.Equal(2, (await host.CreateClient()
            .ForgetScopeAsync(new() { Scope = "cases/1", Force = true }, cancellationToken: Cancel)).ForgottenCount);
    });

    [Fact]
    public async Task Keeps_again_what_the_store_lost_before_its_time() => await WithHostAsync(async (host, stored, clock) =>
    {
        await RedactAsync(host, "ada@example.com bob@example.com");
        await stored.ChangeAsync(transaction => transaction.DeleteAll("values/"));

        // Seen when values get more time, and so by clocks that differ.
        clock.Advance(TimeSpan.FromDays(9));
        await RedactAsync(host, "bob@example.com");

        Assert.Equal("<EMAIL_ADDRESS_1> bob@example.com", await RestoreAsync(host, "<EMAIL_ADDRESS_1> <EMAIL_ADDRESS_2>"));
    });

    private static async Task<string> RedactAsync(RedactionHost host, string text) =>
        (await host.CreateClient().RedactTextAsync(new() { Scope = "cases/1", Text = text }, cancellationToken: Cancel)).Text;

    private static async Task<string> RestoreAsync(RedactionHost host, string text) => (await host.CreateClient().RestoreTextAsync(
        new() { Scope = "cases/1", Text = text },
            cancellationToken: Cancel)).Text;

    private static async Task AssertGoneAfterAsync(TimeSpan time, StoredScope stored, MovableClock clock)
    {
        var before = (await stored.ValuesAsync()).Count;
        Assert.NotEqual(0, before);

        clock.Advance(time - TimeSpan.FromHours(1));
        Assert.Equal(before, (await stored.ValuesAsync()).Count);

        clock.Advance(TimeSpan.FromHours(1));
        Assert.Empty(await stored.ValuesAsync());
    }

    // Its store has the same clock, and so shows what has expired.
    private static async Task WithHostAsync(Func<RedactionHost, StoredScope, MovableClock, Task> test)
    {
        var clock = new MovableClock();
        using var state = new EmbeddedState(clock);
        await using var host = await RedactionHost.StartAsync(state, Cancel, s_settings, clock);
        await test(host, new StoredScope(host.Store, "cases/1"), clock);
    }
}
