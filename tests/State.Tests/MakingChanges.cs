using FaultMaven.ServiceDefaults.State;

namespace FaultMaven.State.Tests;

public abstract class MakingChanges(StoreUnderTest store)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Gives_all_records_of_a_transaction_its_version()
    {
        var partition = StoreUnderTest.NewPartition();

        var version = await store.CommitAsync(partition, t =>
        {
            t.Put("a", "1");
            t.Add("b", 1);
            t.Enqueue("c/", StoreUnderTest.Bytes("1"));
        });

        var records = await store.Store.ListAsync(partition, new RecordRange(""), 10, Cancel);
        Assert.Equal([version, version, version], records.Select(r => (long?)r.Version));
    }

    [Fact]
    public async Task Makes_them_in_order()
    {
        var partition = StoreUnderTest.NewPartition();
        await store.CommitAsync(partition, t => t.Put("old", "1"));

        await store.CommitAsync(partition, t =>
        {
            t.Put("before", "1");
            t.Append("stream", [StoreUnderTest.Bytes("before")]);
            t.DeletePartition();
            t.Put("after", "1");
            t.Put("after", "2");
            t.Put("twice", "1");
            t.Delete("twice");
            t.Append("stream", [StoreUnderTest.Bytes("after")]);
            t.Append("stream", [StoreUnderTest.Bytes("that")]);
            t.Append("gone", [StoreUnderTest.Bytes("1")]);
            t.DeleteStream("gone");
        });

        var record = Assert.Single(await store.Store.ListAsync(partition, new RecordRange(""), 10, Cancel));
        Assert.Equal(("after", "2"), (record.Key, record.Text));
        Assert.Equal(["after", "that"], StoreUnderTest.Texts(await store.Store.ReadAsync(partition, "stream", 0, 10, Cancel)));
        Assert.Equal(0, await store.Store.GetLengthAsync(partition, "gone", Cancel));
    }

    [Fact]
    public async Task Adds_to_a_counter_that_begins_with_nothing()
    {
        var partition = StoreUnderTest.NewPartition();
        await store.CommitAsync(partition, t => t.Add("n", 5));
        await store.CommitAsync(partition, t =>
        {
            t.Add("n", -8);
            t.Add("n", 1);
        });
        Assert.Equal(-2, (await store.Store.FindAsync(partition, "n", Cancel))!.Number);

        await store.CommitAsync(partition, t => t.Add("large", 9_007_199_254_740_993));
        await store.CommitAsync(partition, t => t.Add("large", 2));
        Assert.Equal(9_007_199_254_740_995, (await store.Store.FindAsync(partition, "large", Cancel))!.Number);
        Assert.NotNull(await store.CommitAsync(partition, t => t.IfEqual("n", "-2")));
    }

    [Theory]
    [InlineData("none", 1, typeof(FormatException))]
    [InlineData("9223372036854775807", 1, typeof(OverflowException))]
    [InlineData("-9223372036854775807", -2, typeof(OverflowException))]
    public async Task Does_not_add_to_what_is_no_counter_or_would_not_fit(string value, long delta, Type failure)
    {
        var partition = StoreUnderTest.NewPartition();
        await store.CommitAsync(partition, t => t.Put("n", value));

        await Assert.ThrowsAsync(failure, () => store.CommitAsync(partition, t =>
        {
            t.Put("other", "value");
            t.Add("n", delta);
        }));
        await Assert.ThrowsAsync(failure, () => store.CommitAsync(partition, t =>
        {
            t.Put("m", value);
            t.Add("m", delta);
        }));

        Assert.Equal(["n"], await KeysAsync(partition, ""));
    }

    [Theory]
    [InlineData(long.MaxValue, long.MinValue, -1)]
    [InlineData(long.MinValue, 0, long.MinValue)]
    [InlineData(-1_000_000_000, 1, -999_999_999)]
    [InlineData(1_000_000_000, -1, 999_999_999)]
    [InlineData(-999_999_999, -1, -1_000_000_000)]
    [InlineData(5_000_000_001, -10_000_000_002, -5_000_000_001)]
    [InlineData(7, -7, 0)]
    public async Task Adds_exactly(long value, long delta, long expected)
    {
        var partition = StoreUnderTest.NewPartition();
        await store.CommitAsync(partition, t => t.Add("n", value));

        await store.CommitAsync(partition, t => t.Add("n", delta));

        Assert.Equal($"{expected}", (await store.Store.FindAsync(partition, "n", Cancel))!.Text);
    }

    [Fact]
    public async Task Deletes_what_begins_with_a_prefix_and_nothing_else()
    {
        var partition = StoreUnderTest.NewPartition();
        string[] keys = ["a", "a.", "a/", "a/1", "a/é", "a/😀", "a0", "b"];
        await store.CommitAsync(partition, t => Array.ForEach(keys, key => t.Put(key, key)));

        await store.CommitAsync(partition, t => t.DeleteAll("a/"));

        Assert.Equal(["a", "a.", "a0", "b"], await KeysAsync(partition, ""));
    }

    [Fact]
    public async Task Puts_what_is_enqueued_after_all_that_was_before()
    {
        var partition = StoreUnderTest.NewPartition();
        var expected = Enumerable.Range(0, 30).Select(i => $"{i}").ToArray();
        foreach (var three in expected.Chunk(3))
        {
            await store.CommitAsync(partition, t =>
            {
                t.Put("queue", "not in it");
                Array.ForEach(three, item => t.Enqueue("queue/", StoreUnderTest.Bytes(item)));
                t.Enqueue("other/", StoreUnderTest.Bytes("x"));
            });
        }

        var queued = await store.Store.ListAsync(partition, new RecordRange("queue/"), 100, Cancel);
        Assert.Equal(expected, queued.Select(r => r.Text));
        Assert.Equal(10, await store.Store.CountAsync(partition, "other/", Cancel));
    }

    [Fact]
    public async Task Never_uses_a_place_in_a_queue_again()
    {
        var partition = StoreUnderTest.NewPartition();
        await store.CommitAsync(partition, t => t.Enqueue("q/", StoreUnderTest.Bytes("1")));
        var first = Assert.Single(await KeysAsync(partition, "q/"));
        await store.CommitAsync(partition, t => t.DeletePartition());
        await store.CommitAsync(partition, t => t.Enqueue("q/", StoreUnderTest.Bytes("2")));

        var second = Assert.Single(await KeysAsync(partition, "q/"));

        Assert.True(string.CompareOrdinal(first, second) < 0, $"{first} {second}");
    }

    [Fact]
    public async Task Begins_a_stream_anew_once_it_was_deleted()
    {
        var partition = StoreUnderTest.NewPartition();
        await store.CommitAsync(partition, t => t.Append("s", [StoreUnderTest.Bytes("1"), StoreUnderTest.Bytes("2")]));
        await store.CommitAsync(partition, t => t.DeleteStream("s"));
        Assert.Empty(await store.Store.ReadAsync(partition, "s", 0, 10, Cancel));

        await store.CommitAsync(partition, t =>
        {
            t.IfLength("s", 0);
            t.Append("s", [StoreUnderTest.Bytes("3")]);
        });

        Assert.Equal(["3"], StoreUnderTest.Texts(await store.Store.ReadAsync(partition, "s", 0, 10, Cancel)));
    }

    [Fact]
    public async Task Makes_those_of_the_shard_with_its_own()
    {
        var partition = StoreUnderTest.NewPartition();
        var shard = store.Store.ShardOf(partition);
        var prefix = $"{partition.Name}/";

        var version = await store.CommitAsync(partition, t =>
        {
            t.Put("own", "1");
            t.Shard.Put(prefix + "mark", "2");
            t.Shard.Enqueue(prefix + "q/", StoreUnderTest.Bytes("3"));
            t.Shard.Append(prefix + "s", [StoreUnderTest.Bytes("4")]);
            t.Shard.Add(prefix + "n", 5);
        });
        await store.CommitAsync(partition, t => t.DeletePartition());

        var records = await store.Store.ListAsync(shard, new RecordRange(prefix), 10, Cancel);
        Assert.Equal(["2", "5", "3"], records.Select(r => r.Text));
        Assert.Equal([version, version, version], records.Select(r => (long?)r.Version));
        Assert.Equal(["4"], StoreUnderTest.Texts(await store.Store.ReadAsync(shard, prefix + "s", 0, 10, Cancel)));
        Assert.Contains(shard, store.Store.Shards);
        Assert.Equal(shard, store.Store.ShardOf(shard));

        await store.CommitAsync(shard, t => t.DeleteAll(prefix));
        Assert.Equal(0, await store.Store.CountAsync(shard, prefix, Cancel));
    }

    [Fact]
    public async Task Keeps_tenants_apart()
    {
        var name = $"cases/{Guid.NewGuid()}";
        Partition[] partitions = [new($"one-{name}", name), new($"two-{name}", name)];
        foreach (var partition in partitions)
        {
            await store.CommitAsync(partition, t =>
            {
                t.IfAbsent("key");
                t.IfLength("s", 0);
                t.Put("key", partition.Tenant);
                t.Append("s", [StoreUnderTest.Bytes(partition.Tenant)]);
            });
        }

        await store.CommitAsync(partitions[0], t => t.DeletePartition());

        Assert.Empty(await store.Store.ListAsync(partitions[0], new RecordRange(""), 10, Cancel));
        Assert.Equal(partitions[1].Tenant, (await store.Store.FindAsync(partitions[1], "key", Cancel))!.Text);
        Assert.Equal([partitions[1].Tenant], StoreUnderTest.Texts(await store.Store.ReadAsync(partitions[1], "s", 0, 10, Cancel)));
    }

    [Fact]
    public async Task Does_what_follows_a_commit_only_after_one()
    {
        var partition = StoreUnderTest.NewPartition();
        var done = new List<string>();

        await store.CommitAsync(partition, t =>
        {
            t.IfPresent("none");
            t.AfterCommit(() => done.Add("failed"));
        });
        await store.CommitAsync(partition, t => t.AfterCommit(() => done.Add("made")));

        Assert.Equal(["made"], done);
    }

    [Fact]
    public async Task Does_not_begin_if_it_is_cancelled()
    {
        var partition = StoreUnderTest.NewPartition();
        var transaction = new StateTransaction(partition);
        transaction.Put("key", "value");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.Store.CommitAsync(transaction, new CancellationToken(true)));

        await store.CommitAsync(partition, t => t.Put("other", "value"));
        Assert.Equal(["other"], await KeysAsync(partition, ""));
    }

    private async Task<string[]> KeysAsync(Partition partition, string prefix) =>
        [.. (await store.Store.ListAsync(partition, new RecordRange(prefix), 100, Cancel)).Select(r => r.Key)];
}
