using FaultMaven.ServiceDefaults.State;
using FaultMaven.ServiceDefaults.Storage;
using FaultMaven.Standalone;
using FaultMaven.Tests.Shared;

namespace FaultMaven.State.Tests.Sqlite;

public sealed class OnAFullDisk
{
    private readonly Partition _partition = new Partition(Partition.LocalTenant, "case");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Says_so_goes_on_reading_and_recovers()
    {
        using var disk = SmallDisk.Mount(32);
        using var store = SqliteFolder.Open(Path.Combine(disk.Directory, "test.db"));
        await SqliteFolder.CommitAsync(store, _partition, t => t.Put("before", "value"));
        disk.Fill(butForBytes: 0);

        var failure = await Assert.ThrowsAsync<StateStoreException>(() =>
            SqliteFolder.CommitAsync(store, _partition, t => t.Put("meanwhile", new byte[1024 * 1024])));
        var before = await store.FindAsync(_partition, "before", Cancel);
        var meanwhile = await store.FindAsync(_partition, "meanwhile", Cancel);
        disk.Free();
        await SqliteFolder.CommitAsync(store, _partition, t => t.Put("after", new byte[1024 * 1024]));

        Assert.Equal(StoreFailureKind.Full, failure.Kind);
        Assert.Contains("free some space", failure.Message, StringComparison.Ordinal);
        Assert.Equal("value", before!.Text);
        Assert.Null(meanwhile);
        Assert.NotNull(await store.FindAsync(_partition, "after", Cancel));
    }

    [Fact]
    public async Task Keeps_all_that_was_acknowledged_and_nothing_else()
    {
        using var disk = SmallDisk.Mount(32);
        var file = Path.Combine(disk.Directory, "test.db");
        var acknowledged = new List<string>();
        for (var round = 0; round < 3; round++)
        {
            using var store = SqliteFolder.Open(file);
            disk.Fill(butForBytes: 2 * 1024 * 1024);
            var commits = Enumerable.Range(0, 100).Select(i => (Key: $"{round}/{i}", Commit: SqliteFolder.CommitAsync(
                store, _partition, t => t.Put($"{round}/{i}", new byte[100_000])))).ToList();
            foreach (var (key, commit) in commits)
            {
                await Task.WhenAny(commit);
                if (commit.IsCompletedSuccessfully)
                {
                    acknowledged.Add(key);
                }
                else
                {
                    Assert.Equal(StoreFailureKind.Full, Assert.IsType<StateStoreException>(commit.Exception!.InnerException).Kind);
                }
            }

            Assert.Contains(commits, c => c.Commit.IsFaulted);
            Assert.Equal(acknowledged.Order(StringComparer.Ordinal), await KeysAsync(store));
            disk.Free();
        }

        using var last = SqliteFolder.Open(file);
        Assert.Equal(acknowledged.Order(StringComparer.Ordinal), await KeysAsync(last));
    }

    [Fact]
    public void Is_not_opened_anew()
    {
        using var disk = SmallDisk.Mount(4);
        disk.Fill(butForBytes: 0);

        var refused = Assert.Throws<DataDirectoryException>(() => SqliteFolder.Open(Path.Combine(disk.Directory, "test.db")));

        Assert.Contains("full", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_not_taken_for_one_that_is_read_only()
    {
        using var disk = SmallDisk.Mount(4);
        var file = Path.Combine(disk.Directory, "test.db");
        using (var store = SqliteFolder.Open(file))
        {
            await SqliteFolder.CommitAsync(store, _partition, t => t.Put("key", "value"));
        }

        disk.MakeReadOnly();

        foreach (var path in new[] { file, Path.Combine(disk.Directory, "new.db") })
        {
            var refused = Assert.Throws<DataDirectoryException>(() => SqliteFolder.Open(path));
            Assert.Contains("Make its folder writable", refused.Message, StringComparison.Ordinal);
        }
    }

    private async Task<string[]> KeysAsync(StateStore store) =>
        [.. (await store.ListAsync(_partition, new RecordRange(""), 1000, Cancel)).Select(r => r.Key)];
}
