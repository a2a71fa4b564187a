using FaultMaven.Tests.Shared;

namespace FaultMaven.Standalone.Tests;

/// <summary>What is wrong with settings of one tenant stops the start, as with those of all.</summary>
public sealed class SettingsOfTenants
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Tenants:acme:RateLimits:CallerReadBurst", "0")]
    [InlineData("Tenants:acme:RateLimits:CallerReadBurst", "few")]
    [InlineData("Tenants:acme:RateLimits:CallerReadsBurst", "5")]
    [InlineData("Tenants:acme:RateLimits:LimitLocalUser", "true")]
    [InlineData("Tenants:acme:RateLimit:CallerReadBurst", "5")]
    [InlineData("Tenants:acme:Redaction:Vault:Retention", "00:00:01")]
    [InlineData("Tenants:acme:Redaction:Key", "a2V5")]
    [InlineData("Tenants:acme:Audit:Keys", "made-up-key-that-is-only-for-audit-tests")]
    [InlineData("Tenants:acme:Redaction:Vault", "5")]
    public async Task Stop_the_start_with_the_key_if_they_are_wrong(string key, string value)
    {
        var settings = new Dictionary<string, string?> { [key] = value };

        var refused = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await using var host = await FaultMavenHost.StartAsync(null, null, settings, Cancel);
        });

        Assert.Contains(key, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Do_not_hide_what_is_wrong_with_those_of_all()
    {
        var settings = new Dictionary<string, string?>
        {
            ["RateLimits:CallerReadBurst"] = "few",
            ["Tenants:acme:RateLimits:CallerReadBurst"] = "5",
        };

        var refused = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await using var host = await FaultMavenHost.StartAsync(null, null, settings, Cancel);
        });

        Assert.Contains("RateLimits:CallerReadBurst must be an integer", refused.Message, StringComparison.Ordinal);
    }
}
