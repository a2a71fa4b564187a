using FaultMaven.Protos.Names;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.Sessions.Cases;
using FaultMaven.Sessions.Cases.Listing;

namespace FaultMaven.Sessions.Tests.Listing;

public sealed class ListingManyCases(StoresOnSqlite stores) : IClassFixture<StoresOnSqlite>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Gives_a_short_page_and_a_token_where_a_filter_passes_over_many()
    {
        using var cases = CasesUnderTest.On(stores.Stores);
        using var work = cases.Work();
        await CreateAsync(cases, 1200, i => new() { Title = i % 600 == 7 ? "rare" : "usual" });

        var first = await cases.ListPageAsync(new() { Filter = "title = rare", PageSize = 5 }, Cancel);
        var all = await cases.ListAsync("title = rare", "", 5, Cancel);

        Assert.Single(first.Cases);
        Assert.NotEmpty(first.NextToken);
        Assert.Equal(2, all.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("create_time")]
    [InlineData("priority desc")]
    public async Task Neither_skips_nor_repeats_cases_whose_place_stays_while_others_are_written(string order)
    {
        using var cases = CasesUnderTest.On(stores.Stores);
        using var work = cases.Work();
        var names = await CreateAsync(cases, 60, _ => new() { Service = "a", Priority = Proto.Case.Types.Priority.High });

        var listed = new List<string>();
        var request = new Proto.ListCasesRequest { Filter = "service = a", OrderBy = order, PageSize = 7 };
        do
        {
            var page = await cases.ListPageAsync(request, Cancel);
            listed.AddRange(page.Cases.Select(c => c.Name));
            request.PageToken = page.NextToken;

            // A message leaves these orders as they are; new cases come before or after what is left.
            await Task.WhenAll(names.Select(name => SayAsync(cases, name)));
            await CreateAsync(cases, 3, _ => new() { Service = "a", Priority = Proto.Case.Types.Priority.Critical });
        }
        while (request.PageToken.Length > 0);

        Assert.Equal(names.Select(name => $"{name}").Order(), listed.Where(l => names.Any(name => $"{name}" == l)).Order());
    }

    [Fact]
    public async Task Goes_on_indexing_where_it_was_broken_off()
    {
        using var before = CasesUnderTest.On(stores.Stores);
        using var work = before.Work();
        foreach (var name in await CreateAsync(before, 450, i => new() { Service = i % 2 == 0 ? "a" : "b" }))
        {
            await before.MakeFormerAsync(name, Cancel);
        }

        // In the third batch, of 200, 200 and 50, each with one transaction more.
        using var broken = before.Restart();
        broken.Store.Fail(CommitFault.Before, 420);
        await Assert.ThrowsAsync<StateStoreException>(() => broken.Indexing.IndexAsync(Cancel));
        var half = await broken.CountEntriesAsync(Cancel);
        var listedMeanwhile = await broken.ListAsync("service = a", "update_time", 200, Cancel);
        using var after = before.Restart();
        await after.Indexing.IndexAsync(Cancel);

        Assert.Equal(225, listedMeanwhile.Count);
        Assert.True(half > 0 && half < await after.CountEntriesAsync(Cancel));
        Assert.True(await after.Index.IsCompleteAsync(Cancel));
        Assert.Equal(225, (await after.ListAsync("service = a", "update_time", 200, Cancel)).Count);
        Assert.Empty(await after.FindProblemsAsync(Cancel));
        var former = new Partition(after.Principal.Tenant, CaseIndex.PartitionName);
        Assert.Empty(await after.Store.ListAsync(former, new RecordRange(FormerCaseList.CasesPrefix), 1, Cancel));
    }

    [Fact]
    public async Task Leaves_nothing_of_a_tenant_that_is_forgotten_and_all_of_others()
    {
        using var cases = CasesUnderTest.On(stores.Stores);
        using var others = CasesUnderTest.On(stores.Stores);
        using (cases.Work())
        {
            await CreateAsync(cases, 40, _ => new());
        }

        using (others.Work())
        {
            await CreateAsync(others, 1, _ => new());
        }

        var kept = await others.CountEntriesAsync(Cancel);
        await cases.Index.ForgetAsync(cases.Principal.Tenant, Cancel);

        Assert.Equal(0, await cases.CountEntriesAsync(Cancel));
        Assert.NotEqual(0, kept);
        Assert.Equal(kept, await others.CountEntriesAsync(Cancel));
    }

    private static async Task<IReadOnlyList<CaseName>> CreateAsync(CasesUnderTest cases, int count, Func<int, Proto.Case> describe)
    {
        var names = Enumerable.Range(0, count).Select(_ => new CaseName(Guid.NewGuid().ToString("n"))).ToList();
        await Task.WhenAll(names.Select((name, i) =>
        {
            var details = describe(i);
            return cases.Log.TryCreateAsync(name, new() { Title = details.Title, Case = details }, Cancel);
        }));
        return names;
    }

    private static Task<Appended?> SayAsync(CasesUnderTest cases, CaseName name) => cases.Log.AppendAsync(
        name, _ => [new() { MessageAdded = new() { Text = "It is slow." } }], added => added.State.ToProto(), Cancel);
}
