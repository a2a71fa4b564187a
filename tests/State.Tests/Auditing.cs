using FaultMaven.Protos.Operations.V1;
using FaultMaven.ServiceDefaults.Audit;
using FaultMaven.ServiceDefaults.Identity;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.Tests.Shared;
using Google.Protobuf;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Problem = FaultMaven.Protos.Operations.V1.AuditLog.Types.Problem;

namespace FaultMaven.State.Tests;

public abstract class Auditing(StoreUnderTest store)
{
    // Made up.
    private const string Key = "made-up-key-that-is-only-for-audit-tests";
    private const string OtherKey = "another-made-up-key-that-is-only-for-tests";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 20, 10, 0, 0, TimeSpan.Zero));
    private readonly Principal _auditor = Principal.LocalUser with { Tenant = $"t-{Guid.NewGuid():N}" };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Partition Partition => new(_auditor.Tenant, AuditStore.PartitionName);

    [Fact]
    public async Task Leaves_no_gap_when_many_callers_of_two_processes_write()
    {
        AuditStore[] processes = [Open(), Open()];

        var numbers = await Task.WhenAll(Enumerable.Range(0, 400).Select(i => Task.Run(() => AppendAsync(processes[i % 2], $"call/{i}"))));

        Assert.Equal(Enumerable.Range(1, 400).Select(i => (long)i), numbers.Order());
        var log = await VerifyAsync(processes[0]);
        Assert.Equal((400, 1, 400, Problem.Unspecified), (log.EntryCount, log.FirstSequence, log.LastSequence, log.Problem));
        Assert.Equal(numbers.Index().ToDictionary(n => n.Item, n => $"call/{n.Index}"), (await ReadAsync(processes[1], oldestFirst: true))
            .ToDictionary(entry => entry.Sequence, entry => entry.Method));
    }

    [Fact]
    public async Task Shows_an_entry_that_was_changed()
    {
        await FillAsync();

        await RewriteAsync(entries => entries[4].Actor = "person:mallory");

        var log = await VerifyAsync(Open());
        Assert.Equal((Problem.Hash, 5), (log.Problem, log.ProblemSequence));
    }

    [Fact]
    public async Task Shows_where_entries_were_taken_out()
    {
        await FillAsync();

        await RewriteAsync(entries => entries.RemoveRange(3, 2));

        var log = await VerifyAsync(Open());
        Assert.Equal((Problem.Order, 4), (log.Problem, log.ProblemSequence));
    }

    [Fact]
    public async Task Shows_that_entries_changed_places()
    {
        await FillAsync();

        await RewriteAsync(entries => (entries[5], entries[6]) = (entries[6], entries[5]));

        var log = await VerifyAsync(Open());
        Assert.Equal((Problem.Order, 6), (log.Problem, log.ProblemSequence));
    }

    [Fact]
    public async Task Shows_that_the_first_entries_are_gone()
    {
        await FillAsync();

        await RewriteAsync(entries => entries.RemoveAt(0));

        Assert.Equal(Problem.Order, (await VerifyAsync(Open())).Problem);
    }

    [Fact]
    public async Task Shows_by_a_hash_that_was_kept_elsewhere_that_the_last_entries_were_cut_off()
    {
        await FillAsync();
        var before = await VerifyAsync(Open());

        await RewriteAsync(entries => entries.RemoveRange(8, 2));
        await AppendAsync(Open(), "call/new");
        await AppendAsync(Open(), "call/newer");

        var known = new VerifyAuditLogsRequest { KnownSequence = before.LastSequence, KnownHash = before.LastHash };
        Assert.Equal(Problem.Unspecified, (await VerifyAsync(Open())).Problem);
        Assert.Equal((Problem.NotAsKnown, 10), await ProblemAsync(Open(), known));
    }

    [Fact]
    public async Task Finds_nothing_wrong_with_an_entry_that_is_as_it_was_known()
    {
        await FillAsync();
        var before = await VerifyAsync(Open());
        await AppendAsync(Open(), "call/new");

        var known = new VerifyAuditLogsRequest { KnownSequence = before.LastSequence, KnownHash = before.LastHash };

        Assert.Equal((Problem.Unspecified, 0), await ProblemAsync(Open(), known));
    }

    [Fact]
    public async Task With_a_key_shows_entries_that_were_made_without_it()
    {
        await FillAsync(Key);

        // All hashes made again, as one can who has the store and not the key.
        var forger = Seal();
        await RewriteAsync(entries =>
        {
            entries[6].Actor = "person:mallory";
            var hash = entries[5].Hash;
            foreach (var entry in entries.Skip(6))
            {
                entry.PreviousHash = hash;
                forger.Close(entry);
                hash = entry.Hash;
            }
        });

        Assert.Equal((Problem.Unkeyed, 7), await ProblemAsync(Open(Key), new()));
    }

    [Fact]
    public async Task Knows_former_keys_and_says_which_it_does_not_know()
    {
        await FillAsync(Key);
        await AppendAsync(Open(OtherKey, Key), "call/new");

        Assert.Equal((Problem.Unspecified, 0), await ProblemAsync(Open(OtherKey, Key), new()));
        Assert.Equal((Problem.UnknownKey, 1), await ProblemAsync(Open(OtherKey), new()));
    }

    [Fact]
    public async Task Of_another_tenant_is_not_taken_for_ones_own()
    {
        await FillAsync();
        var entries = await store.Store.ReadAsync(Partition, "entries/2026-11", 0, 100, Cancel);
        var rival = Partition with { Tenant = $"{Partition.Tenant}-rival" };
        await store.CommitAsync(rival, t =>
        {
            t.Put("current", "2026-11");
            t.Put("segment/2026-11", $"1 {AuditSeal.FirstOf("session", rival)}");
            t.Append("entries/2026-11", entries);
        });

        using var work = TestIdentity.Work(_auditor with { Tenant = rival.Tenant });
        Assert.Equal(Problem.Order, (await Open().VerifyAsync(new(), Cancel)).Problem);
    }

    [Fact]
    public async Task Removes_whole_months_that_are_old_and_says_so()
    {
        var log = Open();
        await AppendAsync(log, "call/november");
        _time.Advance(TimeSpan.FromDays(15));
        await AppendAsync(log, "call/december");
        _time.Advance(TimeSpan.FromDays(400));
        await AppendAsync(log, "call/january");

        var entries = await ReadAsync(log, oldestFirst: true);

        Assert.Equal(["call/december", "", "call/january"], entries.Select(entry => entry.Method));
        Assert.Equal((AuditEntry.Types.Kind.Removed, 1), (entries[1].Kind, entries[1].Count));
        var check = await VerifyAsync(log);
        Assert.Equal((Problem.Unspecified, 2, 4), (check.Problem, check.FirstSequence, check.LastSequence));
    }

    [Fact]
    public async Task Keeps_months_for_as_long_as_the_tenant_has_them_kept()
    {
        var own = new Dictionary<string, AuditOptions> { [_auditor.Tenant] = new() { Retention = TimeSpan.FromDays(500) } };
        var log = Open(_time, own);
        await AppendAsync(log, "call/november");
        _time.Advance(TimeSpan.FromDays(15));
        await AppendAsync(log, "call/december");
        _time.Advance(TimeSpan.FromDays(400));
        await AppendAsync(log, "call/january");

        var entries = await ReadAsync(log, oldestFirst: true);

        Assert.Equal(["call/november", "call/december", "call/january"], entries.Select(entry => entry.Method));
    }

    [Fact]
    public async Task Shows_months_that_someone_else_removed()
    {
        var log = Open();
        await AppendAsync(log, "call/november");
        _time.Advance(TimeSpan.FromDays(15));
        await AppendAsync(log, "call/december");

        await store.CommitAsync(Partition, t =>
        {
            t.Delete("segment/2026-11");
            t.DeleteStream("entries/2026-11");
        });

        Assert.Equal((Problem.Start, 1), await ProblemAsync(Open(), new()));
    }

    [Fact]
    public async Task Goes_on_in_the_month_that_another_process_has_begun()
    {
        var ahead = new FakeTimeProvider(_time.GetUtcNow() + TimeSpan.FromDays(15));
        var (late, early) = (Open(), Open(ahead));
        await AppendAsync(late, "call/1");
        await AppendAsync(early, "call/2");

        Assert.Equal(3, await AppendAsync(late, "call/3"));
        Assert.Equal(4, await AppendAsync(early, "call/4"));

        var log = await VerifyAsync(late);
        Assert.Equal((4, Problem.Unspecified), (log.EntryCount, log.Problem));
    }

    [Fact]
    public async Task Reads_it_both_ways_in_pages_over_the_border_of_months()
    {
        await FillAsync();
        _time.Advance(TimeSpan.FromDays(15));
        var log = Open();
        for (var i = 10; i < 25; i++)
        {
            await AppendAsync(log, $"call/{i}");
        }

        var all = Enumerable.Range(0, 25).Select(i => $"call/{i}").ToList();
        Assert.Equal(all, (await ReadAsync(log, oldestFirst: true, size: 4)).Select(entry => entry.Method));
        Assert.Equal(Enumerable.Reverse(all), (await ReadAsync(log, oldestFirst: false, size: 4)).Select(entry => entry.Method));
        Assert.Equal(["call/7"], (await ReadAsync(log, oldestFirst: false, size: 4, "method = \"call/7\"")).Select(entry => entry.Method));
    }

    private static AuditSeal Seal(params string[] keys) => new(Options(keys));

    private static IOptions<AuditOptions> Options(params string[] keys)
    {
        var options = new AuditOptions();
        foreach (var key in keys)
        {
            options.Keys.Add(key);
        }

        return Microsoft.Extensions.Options.Options.Create(options);
    }

    private AuditStore Open(params string[] keys) => Open(_time, new Dictionary<string, AuditOptions>(), keys);

    private AuditStore Open(TimeProvider time) => Open(time, new Dictionary<string, AuditOptions>());

    private AuditStore Open(TimeProvider time, Dictionary<string, AuditOptions> own, params string[] keys) =>
        new("session", store.Store, Seal(keys), MadeOptions.ForAll(Options(keys).Value, own), time);

    private async Task FillAsync(params string[] keys)
    {
        var log = Open(keys);
        for (var i = 0; i < 10; i++)
        {
            await AppendAsync(log, $"call/{i}");
        }
    }

    private Task<long> AppendAsync(AuditStore log, string method) => log.AppendAsync(
        _auditor.Tenant, new AuditEntry { Kind = AuditEntry.Types.Kind.Refused, Actor = "person:alice", Method = method });

    private async Task<AuditLog> VerifyAsync(AuditStore log)
    {
        using var work = TestIdentity.Work(_auditor);
        return await log.VerifyAsync(new(), Cancel);
    }

    private async Task<(Problem Problem, long Sequence)> ProblemAsync(AuditStore log, VerifyAuditLogsRequest request)
    {
        using var work = TestIdentity.Work(_auditor);
        var found = await log.VerifyAsync(request, Cancel);
        return (found.Problem, found.ProblemSequence);
    }

    private async Task<List<AuditEntry>> ReadAsync(AuditStore log, bool oldestFirst, int size = 500, string filter = "")
    {
        using var work = TestIdentity.Work(_auditor);
        var entries = new List<AuditEntry>();
        var page = new AuditPage([], 0, HasMore: true);
        while (page.HasMore)
        {
            page = await log.ReadAsync(new AuditQuery(filter, oldestFirst), page.Reached, size, Cancel);
            entries.AddRange(page.Entries);
        }

        return entries;
    }

    // As one does who can write to the store.
    private async Task RewriteAsync(Action<List<AuditEntry>> change)
    {
        const string Stream = "entries/2026-11";
        var entries = (await store.Store.ReadAsync(Partition, Stream, 0, 100, Cancel))
            .Select(bytes => AuditEntry.Parser.ParseFrom(bytes.Span)).ToList();
        change(entries);
        await store.CommitAsync(Partition, t =>
        {
            t.DeleteStream(Stream);
            t.Append(Stream, [.. entries.Select(entry => new ReadOnlyMemory<byte>(entry.ToByteArray()))]);
        });
    }
}
