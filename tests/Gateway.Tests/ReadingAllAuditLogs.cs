using FaultMaven.Client;
using FaultMaven.Protos.Operations.V1;
using KeyRole = FaultMaven.Protos.Identity.V1.ApiKey.Types.Role;

namespace FaultMaven.Gateway.Tests;

/// <summary>The gateway shows the logs of all services, and its own, as one.</summary>
public sealed class ReadingAllAuditLogs(SystemWithAProvider system) : IClassFixture<SystemWithAProvider>
{
    private const int Rounds = 3;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Merges_them_by_time_in_pages_of_any_size_and_in_both_orders()
    {
        using var eve = system.ClientWith(await system.Provider.TokenAsync("eve", "admin", tenant: "merged"));
        for (var round = 0; round < Rounds; round++)
        {
            var created = await eve.Sessions.CreateCaseAsync(new() { Title = "Disk full" }, cancellationToken: Cancel);
            await eve.Redaction.RestoreTextAsync(new() { Scope = created.Name, Text = "none" }, cancellationToken: Cancel);
            await eve.ApiKeys.CreateApiKeyAsync(new() { ApiKey = ManagingKeys.Key(KeyRole.Viewer) }, cancellationToken: Cancel);
        }

        var whole = await ReadAsync(eve, pageSize: 500, oldestFirst: true);

        string[] services = ["gateway", "redaction", "session"];
        Assert.Equal(services, whole.Select(ServiceOf).Distinct().Order());
        Assert.All(services, service => Assert.Equal(2 * Rounds, whole.Count(entry => ServiceOf(entry) == service)));
        Assert.Equal(whole.OrderBy(entry => entry.CreateTime.ToDateTimeOffset()).Select(NameOf), whole.Select(NameOf));
        Assert.Equal(whole, await ReadAsync(eve, pageSize: 1, oldestFirst: true));
        Assert.Equal(Enumerable.Reverse(whole), await ReadAsync(eve, pageSize: 4, oldestFirst: false));
    }

    private static string NameOf(AuditEntry entry) => entry.Name;

    // auditLogs/session/entries/1
    private static string ServiceOf(AuditEntry entry) => entry.Name.Split('/')[1];

    private static async Task<List<AuditEntry>> ReadAsync(FaultMavenClient client, int pageSize, bool oldestFirst)
    {
        var entries = new List<AuditEntry>();
        var token = "";
        do
        {
            var page = await client.AuditLogs.ListAuditEntriesAsync(
                new() { Parent = "auditLogs/-", PageSize = pageSize, PageToken = token, OldestFirst = oldestFirst },
                cancellationToken: Cancel);
            entries.AddRange(page.AuditEntries);
            token = page.NextPageToken;
        }
        while (token.Length > 0);

        return entries;
    }
}
