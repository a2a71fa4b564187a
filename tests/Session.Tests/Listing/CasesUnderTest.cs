using FaultMaven.Protos.Names;
using FaultMaven.ServiceDefaults.Filtering;
using FaultMaven.ServiceDefaults.Identity;
using FaultMaven.ServiceDefaults.Paging;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.ServiceDefaults.State.Checks;
using FaultMaven.Sessions.Cases;
using FaultMaven.Sessions.Cases.Listing;
using FaultMaven.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace FaultMaven.Sessions.Tests.Listing;

/// <summary>What the Session service keeps cases with, on a store that can be told to fail, for one tenant of its own.</summary>
internal sealed class CasesUnderTest : IDisposable
{
    private readonly IHost _host;
    private readonly FailingStores _stores;

    private CasesUnderTest(FailingStores stores, FakeTimeProvider time, Principal principal)
    {
        (_stores, Time, Principal) = (stores, time, principal);
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<IStateStoreProvider>(stores);
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.AddSessionService();

        // Not started: nothing goes on by itself.
        _host = builder.Build();
    }

    public FakeTimeProvider Time { get; }

    public Principal Principal { get; }

    public FailingStore Store => _stores.Store;

    public CaseLog Log => _host.Services.GetRequiredService<CaseLog>();

    public CaseIndex Index => _host.Services.GetRequiredService<CaseIndex>();

    public CaseIndexing Indexing => _host.Services.GetServices<IHostedService>().OfType<CaseIndexing>().Single();

    public static CasesUnderTest On(IStateStoreProvider provider)
    {
        var tenant = $"t{Guid.NewGuid():n}";
        return new CasesUnderTest(
            new FailingStores(provider), new FakeTimeProvider(), new Principal(tenant, "alice", PrincipalKind.Person, []));
    }

    /// <summary>What another process, or this one after its end, has: nothing in memory.</summary>
    public CasesUnderTest Restart() => new(_stores, Time, Principal);

    /// <summary>Begins the work of the tenant's one person.</summary>
    public CallIdentity.Entered Work() => TestIdentity.Work(Principal);

    /// <summary>All cases that a list has, page after page, with repeats if there are any.</summary>
    public async Task<List<Proto.Case>> ListAsync(string filter, string order, int pageSize, CancellationToken cancellationToken)
    {
        var listed = new List<Proto.Case>();
        var request = new Proto.ListCasesRequest { Filter = filter, OrderBy = order, PageSize = pageSize };
        do
        {
            var page = await ListPageAsync(request, cancellationToken);
            listed.AddRange(page.Cases);
            request.PageToken = page.NextToken;
        }
        while (request.PageToken.Length > 0);

        return listed;
    }

    /// <summary>A page of a list.</summary>
    public Task<CasePage> ListPageAsync(Proto.ListCasesRequest request, CancellationToken cancellationToken) =>
        _host.Services.GetRequiredService<CaseLister>().ListAsync(
            Filter(request.Filter), CaseOrder.Parse(request.OrderBy), KeysetPage.Of(request, 50, 200), cancellationToken);

    public static Filter<Proto.Case> Filter(string filter) => CaseFilter.Schema.Read(filter);

    /// <summary>What the check of stores finds wrong with cases of the tenant.</summary>
    public async Task<IReadOnlyList<string>> FindProblemsAsync(CancellationToken cancellationToken)
    {
        var findings = new StateFindings();
        var check = new CaseLogCheck();
        await foreach (var partition in Store.ListPartitionsAsync(Principal.Tenant, cancellationToken))
        {
            await check.CheckAsync(Store, partition, findings, cancellationToken);
        }

        foreach (var shard in Store.Shards)
        {
            await check.CheckAsync(Store, shard, findings, cancellationToken);
        }

        return findings.Problems;
    }

    /// <summary>How many entries of the index the tenant has.</summary>
    public async Task<long> CountEntriesAsync(CancellationToken cancellationToken)
    {
        var counts = await Task.WhenAll(Store.Shards.Select(
            shard => Store.CountAsync(shard, CaseIndexKeys.OfTenant(Principal.Tenant), cancellationToken)));
        return counts.Sum();
    }

    /// <summary>Makes a case what an earlier version would have left: in a list, and in no index.</summary>
    public async Task MakeFormerAsync(CaseName name, CancellationToken cancellationToken)
    {
        var partition = new Partition(Principal.Tenant, name.Id);
        var state = (await Log.FindAsync(name, cancellationToken))!;
        var place = CasePlace.Read(await Store.FindAsync(partition, CasePlace.Key, cancellationToken))!.Value;
        var removal = new StateTransaction(partition);
        removal.Delete(CasePlace.Key);
        CaseIndex.StageRemoval(removal, state, place);
        await Store.CommitAsync(removal, cancellationToken);

        var list = new Partition(Principal.Tenant, CaseIndex.PartitionName);
        var placed = new StateTransaction(list);
        placed.Put(FormerCaseList.PlacedKey(name), "");
        var version = (await Store.CommitAsync(placed, cancellationToken))!.Value;
        var listing = new StateTransaction(list);
        listing.Put(FormerCaseList.CasesPrefix + CaseIndexKeys.Text(version), name.Id);
        listing.DeleteAll("index-");
        await Store.CommitAsync(listing, cancellationToken);
    }

    public void Dispose() => _host.Dispose();

    private sealed class FailingStores(IStateStoreProvider provider) : IStateStoreProvider
    {
        public FailingStore Store { get; } = new(provider.Open(CaseLog.Service));

        public StateStore Open(string service) => service == CaseLog.Service ? Store : provider.Open(service);
    }
}
