using FaultMaven.ServiceDefaults.State;

namespace FaultMaven.State.Tests;

public abstract class Following(StoreUnderTest store)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sees_every_entry_once_and_in_order()
    {
        const int Count = 700;
        var partition = StoreUnderTest.NewPartition();
        await AppendAsync(partition, 0, 250);
        var followers = Enumerable.Range(0, 5).Select(i => TakeAsync(partition, i * 70, Count - (i * 70))).ToList();

        for (var i = 250; i < Count; i += 9)
        {
            await AppendAsync(partition, i, Math.Min(9, Count - i));
        }

        foreach (var (i, entries) in (await Task.WhenAll(followers)).Index())
        {
            Assert.Equal(Enumerable.Range(i * 70, Count - (i * 70)).Select(n => $"{n}"), entries);
        }
    }

    [Fact]
    public async Task Says_that_a_partition_was_deleted()
    {
        var partition = StoreUnderTest.NewPartition();
        await store.CommitAsync(partition, t => t.Put("case", "open"));
        await AppendAsync(partition, 0, 1);
        await using var batches = store.Store.FollowAsync(partition, "s", 1, Cancel).GetAsyncEnumerator(Cancel);
        Assert.True(await batches.MoveNextAsync());
        Assert.Empty(batches.Current);

        await store.CommitAsync(partition, t => t.DeletePartition());

        // There may be others before it, but it comes.
        do
        {
            Assert.True(await batches.MoveNextAsync());
            Assert.Empty(batches.Current);
        }
        while (await store.Store.FindAsync(partition, "case", Cancel) is not null);
    }

    [Fact]
    public async Task Begins_with_what_is_there()
    {
        var partition = StoreUnderTest.NewPartition();
        await AppendAsync(partition, 0, 3);

        Assert.Equal(["0", "1", "2"], await TakeAsync(partition, 0, 3));
        Assert.Equal(["2"], await TakeAsync(partition, 2, 1));
    }

    [Fact]
    public async Task Follows_a_stream_that_does_not_exist_yet()
    {
        var partition = StoreUnderTest.NewPartition();
        var following = TakeAsync(partition, 0, 2);

        await AppendAsync(partition, 0, 2);

        Assert.Equal(["0", "1"], await following);
    }

    [Fact]
    public async Task Ends_when_it_is_cancelled()
    {
        using var stop = new CancellationTokenSource();
        await using var batches = store.Store.FollowAsync(StoreUnderTest.NewPartition(), "s", 0, stop.Token).GetAsyncEnumerator(Cancel);
        await batches.MoveNextAsync();
        var next = batches.MoveNextAsync();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
    }

    [Fact]
    public async Task Follows_what_partitions_share()
    {
        var partition = StoreUnderTest.NewPartition();
        var stream = $"s/{Guid.NewGuid()}";
        await using var batches = store.Store.FollowAsync(store.Store.ShardOf(partition), stream, 0, Cancel).GetAsyncEnumerator(Cancel);
        await batches.MoveNextAsync();

        await store.CommitAsync(partition, t => t.Shard.Append(stream, [StoreUnderTest.Bytes("entry")]));

        do
        {
            Assert.True(await batches.MoveNextAsync());
        }
        while (batches.Current.Count == 0);
        Assert.Equal(["entry"], StoreUnderTest.Texts(batches.Current));
    }

    private async Task<List<string>> TakeAsync(Partition partition, long after, int count)
    {
        var entries = new List<string>();
        await foreach (var batch in store.Store.FollowAsync(partition, "s", after, Cancel))
        {
            entries.AddRange(StoreUnderTest.Texts(batch));
            if (entries.Count >= count)
            {
                break;
            }
        }

        return entries;
    }

    private async Task AppendAsync(Partition partition, int first, int count) => await store.CommitAsync(
        partition, t => t.Append("s", [.. Enumerable.Range(first, count).Select(i => StoreUnderTest.Bytes($"{i}"))]));
}
