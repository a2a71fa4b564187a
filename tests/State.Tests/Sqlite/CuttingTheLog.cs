using FaultMaven.ServiceDefaults.State;

namespace FaultMaven.State.Tests.Sqlite;

/// <summary>What a machine leaves that lost its power while the write-ahead log was being written.</summary>
public sealed class CuttingTheLog : IDisposable
{
    private const int Transactions = 20;

    private readonly SqliteFolder _folder = new();
    private readonly Partition _partition = new Partition(Partition.LocalTenant, "case");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Anywhere_leaves_whole_transactions_the_first_ones()
    {
        var random = new Random(11);
        using var store = await FilledAsync();
        var whole = new FileInfo(_folder.Log).Length;
        var counts = new List<int>();
        for (var i = 0; i < 40; i++)
        {
            counts.Add(await CountAsync(log => log.SetLength(random.NextInt64(whole))));
        }

        Assert.Equal(Transactions, await CountAsync(_ => { }));
        Assert.True(counts.Distinct().Count() > 5, string.Join(' ', counts));
    }

    [Fact]
    public async Task Or_damaging_it_anywhere_leaves_whole_transactions_the_first_ones()
    {
        var random = new Random(12);
        using var store = await FilledAsync();
        for (var i = 0; i < 40; i++)
        {
            await CountAsync(log =>
            {
                log.Position = random.NextInt64(log.Length);
                var value = (byte)(log.ReadByte() ^ 0x10);
                log.Position--;
                log.WriteByte(value);
            });
        }
    }

    public void Dispose() => _folder.Dispose();

    private async Task<IDisposable> FilledAsync()
    {
        // The tables are in the file, all else in the log.
        _folder.Open().Dispose();
        var store = _folder.Open();
        for (var i = 0; i < Transactions; i++)
        {
            var text = $"{i}";
            await SqliteFolder.CommitAsync(store, _partition, t =>
            {
                t.Append("s", [StoreUnderTest.Bytes(text), StoreUnderTest.Bytes(text + new string('x', 10_000))]);
                t.Put("last", text);
                t.Shard.Put("last", text);
            });
        }

        return store;
    }

    private async Task<int> CountAsync(Action<FileStream> damage)
    {
        var copy = _folder.CopyNow();
        await using (var log = new FileStream(copy + "-wal", FileMode.Open))
        {
            damage(log);
        }

        using var store = SqliteFolder.Open(copy);
        var entries = await store.ReadAsync(_partition, "s", 0, 1000, Cancel);
        Assert.Equal(0, entries.Count % 2);
        var count = entries.Count / 2;
        var last = count == 0 ? null : $"{count - 1}";
        Assert.Equal(last, (await store.FindAsync(_partition, "last", Cancel))?.Text);
        Assert.Equal(last, (await store.FindAsync(store.Shards[0], "last", Cancel))?.Text);

        // And it goes on from there.
        Assert.NotNull(await SqliteFolder.CommitAsync(store, _partition, t => t.IfLength("s", 2 * count)));
        return count;
    }
}
