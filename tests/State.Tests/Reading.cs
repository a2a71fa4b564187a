using System.Security.Cryptography;
using System.Text;
using FaultMaven.ServiceDefaults.State;

namespace FaultMaven.State.Tests;

public abstract class Reading(StoreUnderTest store)
{
    // In the order of their bytes: UTF-16 would have the emoji before the last two.
    private static readonly string[] s_keys = ["A", "a", "a/", "a/b", "a0", "ab", "z", "é", "日本", "\ue000", "\uffee", "😀", "😀1"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lists_records_in_the_order_of_their_bytes()
    {
        var partition = await FilledAsync();

        Assert.Equal(s_keys, await KeysAsync(partition, new RecordRange("")));
        Assert.Equal(s_keys.Reverse(), await KeysAsync(partition, new RecordRange("", IsDescending: true)));
    }

    [Fact]
    public async Task Lists_the_records_of_a_prefix_and_counts_them()
    {
        var partition = await FilledAsync();
        string[] prefixes = ["a", "a/", "a/b", "a/b1", "é", "日", "\ue000", "😀", "😀1", "zz", "\u0001", "B"];

        foreach (var prefix in prefixes)
        {
            var expected = s_keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)).ToArray();
            Assert.Equal(expected, await KeysAsync(partition, new RecordRange(prefix)));
            Assert.Equal(expected.Reverse(), await KeysAsync(partition, new RecordRange(prefix, IsDescending: true)));
            Assert.Equal(expected.Length, await store.Store.CountAsync(partition, prefix, Cancel));
        }

        Assert.Equal(s_keys.Length, await store.Store.CountAsync(partition, "", Cancel));
    }

    [Fact]
    public async Task Lists_page_by_page()
    {
        var partition = await FilledAsync();
        foreach (var isDescending in new[] { false, true })
        {
            var read = new List<string>();
            string? after = null;
            while (await KeysAsync(partition, new RecordRange("", after, isDescending), 3) is { Length: > 0 } page)
            {
                read.AddRange(page);
                after = page[^1];
                Assert.True(read.Count <= s_keys.Length, string.Join(' ', read));
            }

            Assert.Equal(isDescending ? s_keys.Reverse() : s_keys, read);
        }
    }

    [Theory]
    [InlineData("a", "a/", new[] { "a/b", "a0", "ab" })]
    [InlineData("a", "a/a", new[] { "a/b", "a0", "ab" })]
    [InlineData("a", "A", new[] { "a", "a/", "a/b", "a0", "ab" })]
    [InlineData("a", "b", new string[0])]
    [InlineData("a/", "a/b", new string[0])]
    [InlineData("", "😀", new[] { "😀1" })]
    public async Task Lists_what_is_after_a_key_whether_or_not_it_is_there(string prefix, string after, string[] expected)
    {
        Assert.Equal(expected, await KeysAsync(await FilledAsync(), new RecordRange(prefix, after)));
    }

    [Theory]
    [InlineData("a", "a0", new[] { "a/b", "a/", "a" })]
    [InlineData("a", "a/a", new[] { "a/", "a" })]
    [InlineData("a", "z", new[] { "ab", "a0", "a/b", "a/", "a" })]
    [InlineData("a", "A", new string[0])]
    [InlineData("", "a", new[] { "A" })]
    public async Task Lists_what_is_before_a_key_the_last_first(string prefix, string before, string[] expected)
    {
        Assert.Equal(expected, await KeysAsync(await FilledAsync(), new RecordRange(prefix, before, IsDescending: true)));
    }

    [Fact]
    public async Task Finds_several_records_in_the_order_in_which_they_are_asked_for()
    {
        var partition = await FilledAsync();

        var found = await store.Store.FindAsync(partition, ["z", "none", "A", "z"], Cancel);

        Assert.Equal(["z", null, "A", "z"], found.Select(r => r?.Key));
        Assert.Equal(["z", null, "A", "z"], found.Select(r => r?.Text));
        Assert.Empty(await store.Store.FindAsync(partition, [], Cancel));
    }

    [Fact]
    public async Task Reads_a_part_of_a_stream()
    {
        var partition = StoreUnderTest.NewPartition();
        await store.CommitAsync(partition, t => t.Append("s", [.. Enumerable.Range(0, 10).Select(i => StoreUnderTest.Bytes($"{i}"))]));

        Assert.Equal(["3", "4"], StoreUnderTest.Texts(await store.Store.ReadAsync(partition, "s", 3, 2, Cancel)));
        Assert.Equal(["9"], StoreUnderTest.Texts(await store.Store.ReadAsync(partition, "s", 9, 100, Cancel)));
        Assert.Empty(await store.Store.ReadAsync(partition, "s", 10, 100, Cancel));
        Assert.Empty(await store.Store.ReadAsync(partition, "none", 0, 100, Cancel));
        Assert.Equal(10, await store.Store.GetLengthAsync(partition, "s", Cancel));
        Assert.Equal(0, await store.Store.GetLengthAsync(partition, "none", Cancel));
    }

    [Fact]
    public async Task Finds_nothing_in_a_partition_that_does_not_exist()
    {
        var partition = StoreUnderTest.NewPartition();

        Assert.Null(await store.Store.FindAsync(partition, "key", Cancel));
        Assert.Empty(await store.Store.ListAsync(partition, new RecordRange(""), 10, Cancel));
        Assert.Equal(0, await store.Store.CountAsync(partition, "", Cancel));
    }

    [Fact]
    public async Task Returns_values_as_they_were_put()
    {
        var partition = StoreUnderTest.NewPartition();
        var large = RandomNumberGenerator.GetBytes(8 * 1024 * 1024);
        byte[] bytes = [0, 255, 13, 10, 0];
        await store.CommitAsync(partition, t =>
        {
            t.Put("large", large);
            t.Put("bytes", bytes);
            t.Put("empty", "");
            t.Append("s", [large, bytes, default]);
        });

        var records = await store.Store.FindAsync(partition, ["large", "bytes", "empty"], Cancel);
        var entries = await store.Store.ReadAsync(partition, "s", 0, 10, Cancel);

        byte[][] expected = [large, bytes, []];
        Assert.Equal(expected, records.Select(r => r!.Value.ToArray()));
        Assert.Equal(expected, entries.Select(e => e.ToArray()));
        Assert.NotNull(await store.CommitAsync(partition, t => t.IfEqual("large", large)));
    }

    [Fact]
    public async Task Takes_keys_of_the_greatest_length()
    {
        var partition = StoreUnderTest.NewPartition();
        var key = new string('é', PartitionChanges.MaxKeyLength / 2);
        await store.CommitAsync(partition, t =>
        {
            t.Put(key, "1");
            t.Enqueue(key, StoreUnderTest.Bytes("2"));
            t.Append(key, [StoreUnderTest.Bytes("3")]);
        });

        var records = await store.Store.ListAsync(partition, new RecordRange(key), 10, Cancel);
        Assert.Equal(["1", "2"], records.Select(r => r.Text));
        Assert.Equal(512, Encoding.UTF8.GetByteCount(records[0].Key));
        Assert.Equal(1, await store.Store.GetLengthAsync(partition, key, Cancel));
    }

    [Fact]
    public async Task Lists_the_partitions_of_a_tenant_that_hold_anything()
    {
        var tenant = $"{Guid.NewGuid()}";
        var names = Enumerable.Range(0, 450).Select(i => $"cases/{i}").ToHashSet();
        await Task.WhenAll(names.Select(name => store.CommitAsync(new Partition(tenant, name), t => t.Put("key", "value"))));
        await store.CommitAsync(new Partition(tenant, "stream"), t => t.Append("s", [StoreUnderTest.Bytes("1")]));
        await store.CommitAsync(new Partition($"{tenant}-other", "other"), t => t.Put("key", "value"));
        await store.CommitAsync(new Partition(tenant, "cases/0"), t => t.DeletePartition());
        await store.CommitAsync(new Partition(tenant, "cases/1"), t => t.Delete("key"));
        await store.CommitAsync(new Partition(tenant, "cases/2"), t => t.DeleteAll("k"));
        await store.CommitAsync(new Partition(tenant, "gone"), t => t.Append("s", [StoreUnderTest.Bytes("1")]));
        await store.CommitAsync(new Partition(tenant, "gone"), t => t.DeleteStream("s"));
        await store.CommitAsync(new Partition(tenant, "nothing"), t => t.Append("s", []));
        names.ExceptWith(["cases/0", "cases/1", "cases/2"]);
        names.Add("stream");

        var listed = await store.Store.ListPartitionsAsync(tenant, Cancel).ToListAsync(Cancel);

        Assert.All(listed, partition => Assert.Equal(tenant, partition.Tenant));
        Assert.Equal(names.Order(), listed.Select(partition => partition.Name).Order());
    }

    [Fact]
    public async Task Lists_each_tenant_that_has_anything_once()
    {
        var run = $"{Guid.NewGuid():n}";
        string[] tenants = [$"{run}", $"{run}-b", $"{run}0"];
        foreach (var tenant in tenants)
        {
            await store.CommitAsync(new Partition(tenant, "a"), t => t.Put("k", "v"));
            await store.CommitAsync(new Partition(tenant, "b"), t => t.Append("s", [new byte[] { 1 }]));
        }

        await store.CommitAsync(new Partition($"{run}-deleted", "a"), t => t.DeletePartition());
        await store.CommitAsync(store.Store.ShardOf(new Partition(run, "a")), t => t.Put("shared", "v"));

        var listed = await store.Store.ListTenantsAsync(Cancel);

        Assert.Equal(
            tenants.Order(StringComparer.Ordinal),
            listed.Where(tenant => tenant.StartsWith(run, StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("", listed);
    }

    private async Task<Partition> FilledAsync()
    {
        var partition = StoreUnderTest.NewPartition();
        await store.CommitAsync(partition, t => Array.ForEach([.. s_keys.Reverse()], key => t.Put(key, key)));
        return partition;
    }

    private async Task<string[]> KeysAsync(Partition partition, RecordRange range, int count = 100) =>
        [.. (await store.Store.ListAsync(partition, range, count, Cancel)).Select(r => r.Key)];
}
