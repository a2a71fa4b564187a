using FaultMaven.Tests.Shared;

namespace FaultMaven.Standalone.Tests;

/// <summary>What is wrong with settings of one tenant stops the start, as with those of all.</summary>
public sealed class SettingsOfTenants
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Tenants:0:RateLimits:CallerReadBurst", "0")]
    [InlineData("Tenants:0:RateLimits:CallerReadBurst", "few")]
    [InlineData("Tenants:0:RateLimits:CallerReadsBurst", "5")]
    [InlineData("Tenants:0:RateLimits:LimitLocalUser", "true")]
    [InlineData("Tenants:0:RateLimit:CallerReadBurst", "5")]
    [InlineData("Tenants:0:Redaction:Vault:Retention", "00:00:01")]
    [InlineData("Tenants:0:Redaction:Key", "a2V5")]
    [InlineData("Tenants:0:Audit:Keys:0", "made-up-key-that-is-only-for-audit-tests")]
    [InlineData("Tenants:1:Name", "acme")]
    [InlineData("Tenants:1:RateLimits:CallerReadBurst", "5")]
    public async Task Stop_the_start_with_the_key_if_they_are_wrong(string key, string value)
    {
        var settings = new Dictionary<string, string?> { ["Tenants:0:Name"] = "acme", [key] = value };

        var refused = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await using var host = await FaultMavenHost.StartAsync(null, null, settings, Cancel);
        });

        Assert.Contains(key[..key.IndexOf(':', "Tenants:".Length)], refused.Message, StringComparison.Ordinal);
    }
}
