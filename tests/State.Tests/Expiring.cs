using FaultMaven.ServiceDefaults.State;

namespace FaultMaven.State.Tests;

public abstract class Expiring(StoreUnderTest store)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private TimeSpan Short => store.Moment;

    private TimeSpan Long => store.Moment * 10_000;

    [Fact]
    public async Task Makes_a_record_absent()
    {
        var partition = StoreUnderTest.NewPartition();
        await store.CommitAsync(partition, t =>
        {
            t.Put("short", "1", Short);
            t.Put("long", "2", Long);
            t.Put("ever", "3");
        });

        await store.AdvanceAsync(Short);

        Assert.Null(await store.Store.FindAsync(partition, "short", Cancel));
        Assert.Equal(["ever", "long"], await KeysAsync(partition));
        Assert.Equal(2, await store.Store.CountAsync(partition, "", Cancel));
        Assert.Null(await store.CommitAsync(partition, t => t.IfPresent("short")));
        Assert.Null(await store.CommitAsync(partition, t => t.IfEqual("short", "1")));
        Assert.NotNull(await store.CommitAsync(partition, t => t.IfAbsent("short")));
        Assert.NotNull(await store.CommitAsync(partition, t => t.IfPresent("long")));
    }

    [Fact]
    public async Task Does_not_come_back_by_being_kept()
    {
        var partition = StoreUnderTest.NewPartition();
        await store.CommitAsync(partition, t => t.Put("key", "1", Short));
        await store.AdvanceAsync(Short);

        await store.CommitAsync(partition, t => t.Keep("key", Long));

        Assert.Null(await store.Store.FindAsync(partition, "key", Cancel));
    }

    [Fact]
    public async Task Is_put_off_by_keeping_and_leaves_the_record_unchanged()
    {
        var partition = StoreUnderTest.NewPartition();
        await store.CommitAsync(partition, t =>
        {
            t.Put("a/1", "1", Long);
            t.Put("a/2", "2");
            t.Put("b", "3", Long);
        });
        var read = await store.Store.FindAsync(partition, "b", Cancel);

        await store.CommitAsync(partition, t =>
        {
            t.Keep("a/", Short);
            t.Keep("b", null);
        });
        var unchanged = await store.Store.FindAsync(partition, "b", Cancel);
        await store.AdvanceAsync(Short);

        Assert.Equal(["b"], await KeysAsync(partition));
        Assert.Equal(read!.Version, unchanged!.Version);
        Assert.NotNull(await store.CommitAsync(partition, t => t.IfUnchanged("b", read)));
    }

    [Fact]
    public async Task Is_set_anew_by_every_put()
    {
        var partition = StoreUnderTest.NewPartition();
        await store.CommitAsync(partition, t =>
        {
            t.Put("put", "1", Short);
            t.Put("shortened", "1");
            t.Put("counter", "1", Short);
        });

        await store.CommitAsync(partition, t =>
        {
            t.Put("put", "2");
            t.Put("shortened", "2", Short);
            t.Add("counter", 1);
        });
        await store.AdvanceAsync(Short);

        Assert.Equal(["counter", "put"], await KeysAsync(partition));
    }

    [Fact]
    public async Task Makes_a_counter_begin_anew()
    {
        var partition = StoreUnderTest.NewPartition();
        await store.CommitAsync(partition, t => t.Put("n", "41", Short));
        await store.AdvanceAsync(Short);

        await store.CommitAsync(partition, t => t.Add("n", 1));

        Assert.Equal(1, (await store.Store.FindAsync(partition, "n", Cancel))!.Number);
    }

    [Fact]
    public async Task Empties_a_partition()
    {
        var partition = new Partition($"{Guid.NewGuid()}", "case");
        await store.CommitAsync(partition, t => t.Put("key", "1", Short));
        await store.AdvanceAsync(Short);

        Assert.Empty(await store.Store.ListPartitionsAsync(partition.Tenant, Cancel).ToListAsync(Cancel));
    }

    [Fact]
    public async Task Gives_a_lease_to_the_next()
    {
        var partition = StoreUnderTest.NewPartition();
        Assert.True(await store.Store.TryTakeLeaseAsync(partition, "lease", "one", Short, Cancel));
        await store.AdvanceAsync(Short);

        Assert.False(await store.Store.TryRenewLeaseAsync(partition, "lease", "one", Long, Cancel));
        Assert.True(await store.Store.TryTakeLeaseAsync(partition, "lease", "two", Long, Cancel));
        Assert.False(await store.Store.TryTakeLeaseAsync(partition, "lease", "three", Long, Cancel));
        await store.Store.ReleaseLeaseAsync(partition, "lease", "one", Cancel);
        Assert.True(await store.Store.TryRenewLeaseAsync(partition, "lease", "two", Long, Cancel));
        await store.Store.ReleaseLeaseAsync(partition, "lease", "two", Cancel);
        Assert.True(await store.Store.TryTakeLeaseAsync(partition, "lease", "three", Long, Cancel));
    }

    private async Task<string[]> KeysAsync(Partition partition) =>
        [.. (await store.Store.ListAsync(partition, new RecordRange(""), 100, Cancel)).Select(r => r.Key)];
}
