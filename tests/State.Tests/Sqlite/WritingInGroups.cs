using FaultMaven.ServiceDefaults.State;
using FaultMaven.Standalone.State;

namespace FaultMaven.State.Tests.Sqlite;

public sealed class WritingInGroups : IDisposable
{
    private readonly SqliteFolder _folder = new();
    private readonly SqliteStateStore _store;
    private readonly Partition _partition = new Partition(Partition.LocalTenant, "case");

    public WritingInGroups() => _store = _folder.Open();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Goes_on_beside_a_transaction_that_cannot_be_made()
    {
        await SqliteFolder.CommitAsync(_store, _partition, t => t.Put("text", "no number"));

        var commits = Enumerable.Range(0, 60).Select(i => SqliteFolder.CommitAsync(_store, _partition, t =>
        {
            t.Put($"{i}", "value");
            t.Add(i == 30 ? "text" : "n", 1);
        })).ToList();

        await Assert.ThrowsAsync<FormatException>(() => commits[30]);
        commits.RemoveAt(30);
        Assert.DoesNotContain(null, await Task.WhenAll(commits));
        Assert.Equal(59, (await _store.FindAsync(_partition, "n", Cancel))!.Number);
        Assert.Null(await _store.FindAsync(_partition, "30", Cancel));
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }
}
