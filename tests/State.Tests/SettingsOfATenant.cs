using FaultMaven.ServiceDefaults.Audit;
using FaultMaven.ServiceDefaults.Tenants;
using Microsoft.Extensions.Configuration;

namespace FaultMaven.State.Tests;

public sealed class SettingsOfATenant
{
    [Fact]
    public void Hold_over_those_of_all_and_replace_their_lists()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("Audit:MaxRefusalsPerMinute", "7"),
            new("Audit:Retention", "10.00:00:00"),
            new("Audit:Keys:0", "a"),
            new("Tenants:acme:Audit:Retention", "20.00:00:00"),
            new("Tenants:acme:Audit:Keys:0", "b"),
        ]).Build();
        var setup = new TenantOptionsSetup<AuditOptions>(configuration, AuditOptions.Section, AuditOptions.TenantSection);
        var (all, acme) = (new AuditOptions(), new AuditOptions());

        setup.Configure(all);
        setup.Configure("acme", acme);

        Assert.Equal((7, 10), (all.MaxRefusalsPerMinute, all.Retention.Days));
        Assert.Equal((7, 20), (acme.MaxRefusalsPerMinute, acme.Retention.Days));
        Assert.Equal(["a"], all.Keys);
        Assert.Equal(["b"], acme.Keys);
    }
}
