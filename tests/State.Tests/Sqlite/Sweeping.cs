using System.Text;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.Standalone.State;
using Microsoft.Extensions.Time.Testing;

namespace FaultMaven.State.Tests.Sqlite;

public sealed class Sweeping : IDisposable
{
    private const string Secret = "AKIA-the-key-to-everything";

    private readonly SqliteFolder _folder = new();
    private readonly FakeTimeProvider _time = new();
    private readonly SqliteStateStore _store;
    private readonly Partition _partition = new Partition(Partition.LocalTenant, "case");

    public Sweeping() => _store = _folder.Open(_time);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Leaves_nothing_in_the_files_of_what_has_expired()
    {
        await SqliteFolder.CommitAsync(_store, _partition, t =>
        {
            for (var i = 0; i < 500; i++)
            {
                t.Put($"{i}", $"{Secret}{new string('x', 50 * (i % 200))}", TimeSpan.FromMinutes(10));
            }

            t.Put("kept", "value");
        });
        Assert.True(Holds(Secret));

        _time.Advance(TimeSpan.FromMinutes(10));
        await LetSweepAsync();

        Assert.False(Holds(Secret));
        Assert.Equal("value", (await _store.FindAsync(_partition, "kept", Cancel))!.Text);
    }

    [Fact]
    public async Task Leaves_nothing_in_the_files_of_what_was_deleted_and_gives_the_room_back()
    {
        await SqliteFolder.CommitAsync(_store, _partition, t => t.Append("s", [.. Enumerable.Range(0, 2000)
            .Select(i => StoreUnderTest.Bytes($"{Secret}{new string('x', 10_000)}"))]));
        await SqliteFolder.CommitAsync(_store, new Partition(Partition.LocalTenant, "other"), t => t.Put("kept", "value"));
        var large = Size();

        await SqliteFolder.CommitAsync(_store, _partition, t => t.DeletePartition());
        _time.Advance(StateSweep.Interval);
        await LetSweepAsync();

        Assert.False(Holds(Secret));
        Assert.True(large > 20_000_000, $"{large}");
        Assert.True(Size() < 8_000_000, $"{Size()}");
        Assert.Equal("value", (await _store.FindAsync(new Partition(Partition.LocalTenant, "other"), "kept", Cancel))!.Text);
    }

    [Fact]
    public async Task Leaves_what_was_kept_or_put_again_in_time()
    {
        await SqliteFolder.CommitAsync(_store, _partition, t =>
        {
            t.Put("kept", "1", TimeSpan.FromMinutes(5));
            t.Put("again", "1", TimeSpan.FromMinutes(5));
            t.Put("gone", "1", TimeSpan.FromMinutes(5));
        });
        await SqliteFolder.CommitAsync(_store, _partition, t =>
        {
            t.Keep("kept", TimeSpan.FromMinutes(15));
            t.Put("again", "2");
        });

        _time.Advance(TimeSpan.FromMinutes(10));
        await LetSweepAsync();

        var records = await _store.ListAsync(_partition, new RecordRange(""), 10, Cancel);
        Assert.Equal(["again", "kept"], records.Select(r => r.Key));
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    // A sweep does a piece between two transactions.
    private async Task LetSweepAsync()
    {
        for (var i = 0; i < 30; i++)
        {
            await SqliteFolder.CommitAsync(_store, new Partition(Partition.LocalTenant, "pulse"), t => t.Put("pulse", $"{i}"));
        }
    }

    private bool Holds(string text) => Directory.EnumerateFiles(_folder.Directory)
        .Any(file => Read(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);

    private long Size() => Directory.EnumerateFiles(_folder.Directory).Sum(file => new FileInfo(file).Length);

    private static byte[] Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
