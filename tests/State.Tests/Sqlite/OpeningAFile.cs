using System.Runtime.Versioning;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.ServiceDefaults.Storage;
using FaultMaven.Standalone;
using FaultMaven.Standalone.State;

namespace FaultMaven.State.Tests.Sqlite;

public sealed class OpeningAFile : IDisposable
{
    private readonly SqliteFolder _folder = new();
    private readonly Partition _partition = new Partition(Partition.LocalTenant, "case");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Finds_what_was_there_and_goes_on_counting()
    {
        long? first;
        using (var store = _folder.Open())
        {
            first = await SqliteFolder.CommitAsync(store, _partition, t => t.Enqueue("q/", StoreUnderTest.Bytes("1")));
        }

        using var again = _folder.Open();
        var second = await SqliteFolder.CommitAsync(again, _partition, t => t.Enqueue("q/", StoreUnderTest.Bytes("2")));

        Assert.True(second > first);
        var queue = await again.ListAsync(_partition, new RecordRange("q/"), 10, Cancel);
        Assert.Equal(["1", "2"], queue.Select(r => r.Text));
        Assert.Equal([first, second], queue.Select(r => (long?)r.Version));
    }

    [Fact]
    public async Task Commits_what_waits_before_it_is_closed()
    {
        var store = _folder.Open();
        var commits = Enumerable.Range(0, 300)
            .Select(i => SqliteFolder.CommitAsync(store, _partition, t => t.Put($"{i}", "value"))).ToList();

        store.Dispose();

        Assert.DoesNotContain(null, await Task.WhenAll(commits));
        Assert.False(File.Exists(_folder.Log));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => SqliteFolder.CommitAsync(store, _partition, t => t.Put("key", "value")));
        using var again = _folder.Open();
        Assert.Equal(300, await again.CountAsync(_partition, "", Cancel));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Makes_files_for_this_user_alone()
    {
        using var store = _folder.Open();
        await SqliteFolder.CommitAsync(store, _partition, t => t.Put("key", "value"));

        const UnixFileMode File = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(File | UnixFileMode.UserExecute, System.IO.File.GetUnixFileMode(_folder.Directory));
        Assert.Equal(
            ["test.db", "test.db-shm", "test.db-wal"],
            Directory.EnumerateFiles(_folder.Directory).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(Directory.EnumerateFiles(_folder.Directory), path => Assert.Equal(File, System.IO.File.GetUnixFileMode(path)));
    }

    [Fact]
    public void Refuses_one_of_a_newer_version()
    {
        _folder.Open().Dispose();
        using (var connection = StateConnection.Open(_folder.File))
        {
            connection.Execute("PRAGMA user_version = 99");
        }

        var refused = Assert.Throws<DataDirectoryException>(() => _folder.Open());

        Assert.Contains("a newer version of FaultMaven wrote it", refused.Message, StringComparison.Ordinal);
        Assert.Contains("schema 99", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_one_that_is_something_else()
    {
        Directory.CreateDirectory(_folder.Directory);
        File.WriteAllText(_folder.File, new string('x', 10_000));

        var refused = Assert.Throws<DataDirectoryException>(() => _folder.Open());

        Assert.Contains("is damaged", refused.Message, StringComparison.Ordinal);
        Assert.Contains("restore a copy", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_that_one_is_damaged_once_it_meets_the_damage()
    {
        using (var store = _folder.Open())
        {
            await SqliteFolder.CommitAsync(store, _partition, t =>
            {
                for (var i = 0; i < 1000; i++)
                {
                    t.Put($"{i}", new string('x', 1000));
                }
            });
        }

        await using (var file = new FileStream(_folder.File, FileMode.Open))
        {
            // All but the schema.
            file.Position = 4096;
            file.Write(new byte[file.Length - 4096]);
        }

        var refused = await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            using var damaged = _folder.Open();
            await damaged.ListAsync(_partition, new RecordRange(""), 2000, Cancel);
        });

        Assert.Contains("is damaged", refused.Message, StringComparison.Ordinal);
        Assert.True(refused is DataDirectoryException or StateStoreException { Kind: StoreFailureKind.Away });
    }

    public void Dispose() => _folder.Dispose();
}
