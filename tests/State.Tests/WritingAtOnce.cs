using System.Collections.Concurrent;
using FaultMaven.ServiceDefaults.State;

namespace FaultMaven.State.Tests;

public abstract class WritingAtOnce(StoreUnderTest store)
{
    private const int Writers = 64;
    private const int EntriesEach = 10;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Leaves_no_gap_in_a_stream_and_loses_nothing()
    {
        var partition = StoreUnderTest.NewPartition();

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => AppendAsync(partition, writer))));

        var entries = StoreUnderTest.Texts(await store.Store.ReadAsync(partition, "s", 0, 10_000, Cancel));
        Assert.Equal(Writers * EntriesEach, entries.Length);
        Assert.All(entries.Index(), entry => Assert.StartsWith($"{entry.Index} ", entry.Item, StringComparison.Ordinal));
        Assert.Equal(entries.Length, entries.Select(entry => entry.Split(' ', 2)[1]).Distinct().Count());
        Assert.Equal(entries.Length, (await store.Store.FindAsync(partition, "n", Cancel))!.Number);
    }

    [Fact]
    public async Task Gives_every_transaction_of_a_partition_a_version_of_its_own()
    {
        var partition = StoreUnderTest.NewPartition();

        var versions = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => store.CommitAsync(partition, t => t.Put("key", $"{i}"))));

        Assert.DoesNotContain(null, versions);
        Assert.Equal(versions.Length, versions.Distinct().Count());
        var last = await store.Store.FindAsync(partition, "key", Cancel);
        Assert.Equal(versions.Max(), last!.Version);
    }

    [Fact]
    public async Task Lets_one_of_many_take_a_place()
    {
        var partition = StoreUnderTest.NewPartition();

        var taken = await Task.WhenAll(Enumerable.Range(0, Writers).Select(i =>
            store.Store.TryTakeLeaseAsync(partition, "lease", $"{i}", TimeSpan.FromHours(1), Cancel)));

        var owner = Array.IndexOf(taken, true);
        Assert.Single(taken, isTaken => isTaken);
        Assert.Equal($"{owner}", (await store.Store.FindAsync(partition, "lease", Cancel))!.Text);
    }

    [Fact]
    public async Task Keeps_the_order_of_a_queue_in_the_shard()
    {
        var prefix = $"queue/{Guid.NewGuid()}/";
        var partitions = Enumerable.Range(0, Writers).Select(_ => StoreUnderTest.NewPartition()).ToList();

        // What a partition adds must come after what it added before, and after what all others had added by then.
        var seen = new ConcurrentDictionary<Partition, int>();
        await Task.WhenAll(partitions.Select(partition => Task.Run(async () =>
        {
            var shard = store.Store.ShardOf(partition);
            for (var i = 0; i < EntriesEach; i++)
            {
                var before = await store.Store.ListAsync(shard, new RecordRange(prefix, IsDescending: true), 1, Cancel);
                await store.CommitAsync(partition, t => t.Shard.Enqueue(prefix, StoreUnderTest.Bytes($"{partition.Name} {i}")));
                var after = await store.Store.ListAsync(shard, new RecordRange(prefix, before.SingleOrDefault()?.Key), 10_000, Cancel);
                Assert.Contains($"{partition.Name} {i}", after.Select(r => r.Text));
            }
        })));

        var perShard = partitions.Select(store.Store.ShardOf).Distinct();
        foreach (var shard in perShard)
        {
            foreach (var item in await store.Store.ListAsync(shard, new RecordRange(prefix), 10_000, Cancel))
            {
                var parts = item.Text.Split(' ');
                var partition = new Partition(Partition.LocalTenant, parts[0]);
                Assert.Equal(seen.GetValueOrDefault(partition), int.Parse(parts[1]));
                seen[partition] = int.Parse(parts[1]) + 1;
            }
        }

        Assert.All(partitions, partition => Assert.Equal(EntriesEach, seen[partition]));
    }

    [Fact]
    public async Task Shows_readers_all_of_a_transaction_or_nothing()
    {
        var partition = StoreUnderTest.NewPartition();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        string[] keys = ["a", "b", "c"];
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(
            async () =>
            {
                var reads = 0;
                do
                {
                    var found = await store.Store.FindAsync(partition, keys, Cancel);
                    Assert.Single(found.Select(r => r?.Text).Distinct());
                    var listed = await store.Store.ListAsync(partition, new RecordRange(""), 10, Cancel);
                    Assert.True(listed.Count is 0 or 3 && listed.Select(r => r.Version).Distinct().Count() <= 1);
                    reads++;
                }
                while (!stop.IsCancellationRequested);
                return reads;
            },
            Cancel)).ToList();

        for (var i = 0; i < 200; i++)
        {
            await store.CommitAsync(partition, t =>
            {
                t.DeletePartition();
                if (i % 5 != 0)
                {
                    Array.ForEach(keys, key => t.Put(key, $"{i}"));
                }
            });
        }

        await stop.CancelAsync();
        Assert.All(await Task.WhenAll(readers), reads => Assert.True(reads > 0));
    }

    [Fact]
    public async Task Commits_or_cancels_each_transaction_whole()
    {
        var partition = StoreUnderTest.NewPartition();
        using var cancellation = new CancellationTokenSource();
        var commits = Enumerable.Range(0, 300).Select(i =>
        {
            var transaction = new StateTransaction(partition);
            transaction.Put($"{i}", "value");
            transaction.Append("s", [StoreUnderTest.Bytes($"{i}")]);
            return store.Store.CommitAsync(transaction, cancellation.Token);
        }).ToList();

        await cancellation.CancelAsync();
        foreach (var commit in commits)
        {
            await Task.WhenAny(commit);
        }

        // After this one, those that were not cancelled are done.
        await store.CommitAsync(partition, t => t.Put("last", "value"));
        var keys = (await store.Store.ListAsync(partition, new RecordRange(""), 1000, Cancel)).Select(r => r.Key).ToHashSet();
        var entries = StoreUnderTest.Texts(await store.Store.ReadAsync(partition, "s", 0, 1000, Cancel)).ToHashSet();
        foreach (var (i, commit) in commits.Index())
        {
            Assert.Equal(keys.Contains($"{i}"), entries.Contains($"{i}"));
            Assert.Equal(commit.IsCompletedSuccessfully, keys.Contains($"{i}"));
        }
    }

    private async Task AppendAsync(Partition partition, int writer)
    {
        for (var i = 0; i < EntriesEach;)
        {
            var length = await store.Store.GetLengthAsync(partition, "s", Cancel);
            var version = await store.CommitAsync(partition, t =>
            {
                t.IfLength("s", length);
                t.Append("s", [StoreUnderTest.Bytes($"{length} {writer}/{i}")]);
                t.Add("n", 1);
            });
            i += version is null ? 0 : 1;
        }
    }
}
