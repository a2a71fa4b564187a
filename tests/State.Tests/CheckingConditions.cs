using FaultMaven.ServiceDefaults.State;

namespace FaultMaven.State.Tests;

public abstract class CheckingConditions(StoreUnderTest store)
{
    private static readonly Dictionary<string, Action<PartitionChanges>> s_hold = new()
    {
        ["absent"] = t => t.IfAbsent("none"),
        ["present"] = t => t.IfPresent("there"),
        ["equal"] = t => t.IfEqual("there", "value"),
        ["equal and empty"] = t => t.IfEqual("empty", ""),
        ["no length"] = t => t.IfLength("none", 0),
        ["length"] = t => t.IfLength("stream", 2),
        ["unchanged and absent"] = t => t.IfUnchanged("none", null),
    };

    private static readonly Dictionary<string, Action<PartitionChanges>> s_fail = new()
    {
        ["absent"] = t => t.IfAbsent("there"),
        ["absent, an empty value"] = t => t.IfAbsent("empty"),
        ["present"] = t => t.IfPresent("none"),
        ["present, but a stream"] = t => t.IfPresent("stream"),
        ["equal"] = t => t.IfEqual("there", "valu"),
        ["equal, but longer"] = t => t.IfEqual("there", "value2"),
        ["equal, but absent"] = t => t.IfEqual("none", ""),
        ["no length"] = t => t.IfLength("stream", 0),
        ["length"] = t => t.IfLength("stream", 3),
        ["length of none"] = t => t.IfLength("none", 1),
        ["length, but a record"] = t => t.IfLength("there", 1),
        ["unchanged and absent"] = t => t.IfUnchanged("there", null),
        ["unchanged, but absent"] = t => t.IfUnchanged("none", new StateRecord("none", default, 1)),
    };

    private static readonly Dictionary<string, Action<StateTransaction>> s_change = new()
    {
        ["put"] = t => t.Put("there", "other"),
        ["put for a while"] = t => t.Put("there", "other", TimeSpan.FromHours(1)),
        ["enqueue"] = t => t.Enqueue("queue/", StoreUnderTest.Bytes("item")),
        ["add"] = t => t.Add("counter", 5),
        ["delete"] = t => t.Delete("there"),
        ["delete all"] = t => t.DeleteAll("the"),
        ["append"] = t => t.Append("stream", [StoreUnderTest.Bytes("third")]),
        ["delete a stream"] = t => t.DeleteStream("stream"),
        ["delete the partition"] = t => t.DeletePartition(),
    };

    public static TheoryData<string, string> Holding => [.. Pairs(s_hold)];

    public static TheoryData<string, string> Failing => [.. Pairs(s_fail)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Holding))]
    public async Task Makes_a_change_if_they_hold(string condition, string change)
    {
        var partition = await FilledAsync();
        var before = await ShowAsync(partition);

        var version = await store.CommitAsync(partition, t =>
        {
            s_hold[condition](t);
            s_change[change](t);
        });

        Assert.NotNull(version);
        Assert.NotEqual(before, await ShowAsync(partition));
    }

    [Theory]
    [MemberData(nameof(Failing))]
    public async Task Changes_nothing_if_one_does_not_hold(string condition, string change)
    {
        var partition = await FilledAsync();
        var before = await ShowAsync(partition);

        var version = await store.CommitAsync(partition, t =>
        {
            t.IfPresent("there");
            s_change[change](t);
            s_fail[condition](t);
            t.Shard.Put($"{partition.Name}/mark", "made");
        });

        Assert.Null(version);
        Assert.Equal(before, await ShowAsync(partition));
        Assert.Null(await store.Store.FindAsync(store.Store.ShardOf(partition), $"{partition.Name}/mark", Cancel));
    }

    [Fact]
    public async Task Sees_what_was_there_before_its_own_changes()
    {
        var partition = StoreUnderTest.NewPartition();

        Assert.NotNull(await store.CommitAsync(partition, t =>
        {
            t.Put("key", "value");
            t.Append("stream", [StoreUnderTest.Bytes("entry")]);
            t.IfAbsent("key");
            t.IfLength("stream", 0);
        }));
    }

    [Fact]
    public async Task Tells_a_record_that_was_put_again_with_the_same_value_from_the_one_that_was_read()
    {
        var partition = StoreUnderTest.NewPartition();
        await store.CommitAsync(partition, t => t.Put("key", "value"));
        var read = await store.Store.FindAsync(partition, "key", Cancel);
        await store.CommitAsync(partition, t => t.Put("other", "value"));
        var unchanged = await store.CommitAsync(partition, t =>
        {
            t.IfUnchanged("key", read);
            t.Put("key", "value");
        });

        var changed = await store.CommitAsync(partition, t =>
        {
            t.IfUnchanged("key", read);
            t.Put("key", "lost");
        });

        Assert.NotNull(unchanged);
        Assert.Null(changed);
        Assert.Equal("value", (await store.Store.FindAsync(partition, "key", Cancel))!.Text);
    }

    [Fact]
    public async Task Does_not_take_a_record_that_was_deleted_and_put_again_for_the_one_that_was_read()
    {
        var partition = StoreUnderTest.NewPartition();
        await store.CommitAsync(partition, t => t.Put("key", "value"));
        var read = await store.Store.FindAsync(partition, "key", Cancel);
        await store.CommitAsync(partition, t => t.DeletePartition());
        await store.CommitAsync(partition, t => t.Put("key", "value"));

        Assert.Null(await store.CommitAsync(partition, t => t.IfUnchanged("key", read)));
    }

    [Fact]
    public async Task Checks_those_of_the_shard_too()
    {
        var partition = await FilledAsync();
        var key = $"{partition.Name}/mark";
        async Task<long?> CommitAsync(Action<PartitionChanges> condition) => await store.CommitAsync(partition, t =>
        {
            condition(t.Shard);
            t.Put("there", "other");
            t.Shard.Put(key, "made");
        });

        Assert.Null(await CommitAsync(shard => shard.IfPresent(key)));
        Assert.Equal("value", (await store.Store.FindAsync(partition, "there", Cancel))!.Text);
        Assert.NotNull(await CommitAsync(shard => shard.IfAbsent(key)));
        Assert.Null(await CommitAsync(shard => shard.IfAbsent(key)));
        Assert.NotNull(await CommitAsync(shard => shard.IfEqual(key, "made")));
    }

    [Fact]
    public async Task Alone_changes_nothing_and_says_whether_they_hold()
    {
        var partition = await FilledAsync();
        var before = await ShowAsync(partition);

        Assert.NotNull(await store.CommitAsync(partition, t => t.IfPresent("there")));
        Assert.Null(await store.CommitAsync(partition, t => t.IfPresent("none")));
        Assert.Equal(before, await ShowAsync(partition));
    }

    private static IEnumerable<(string Condition, string Change)> Pairs(Dictionary<string, Action<PartitionChanges>> conditions) =>
        from condition in conditions.Keys from change in s_change.Keys select (condition, change);

    private async Task<Partition> FilledAsync()
    {
        var partition = StoreUnderTest.NewPartition();
        await store.CommitAsync(partition, t =>
        {
            t.Put("there", "value");
            t.Put("empty", "");
            t.Append("stream", [StoreUnderTest.Bytes("first"), StoreUnderTest.Bytes("second")]);
        });
        return partition;
    }

    private async Task<string> ShowAsync(Partition partition)
    {
        var records = await store.Store.ListAsync(partition, new RecordRange(""), 100, Cancel);
        var entries = await store.Store.ReadAsync(partition, "stream", 0, 100, Cancel);
        return string.Join('\n', [.. records.Select(r => $"{r.Key} {r.Text} {r.Version}"), .. StoreUnderTest.Texts(entries)]);
    }
}
