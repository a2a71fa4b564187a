using FaultMaven.ServiceDefaults.State;
using FaultMaven.Standalone.State;
using Microsoft.Extensions.Time.Testing;

namespace FaultMaven.State.Tests.Sqlite;

public sealed class WaitingForNews : IDisposable
{
    private readonly SqliteFolder _folder = new();
    private readonly FakeTimeProvider _time = new();
    private readonly SqliteStateStore _store;
    private readonly Partition _partition = new Partition(Partition.LocalTenant, "case");

    public WaitingForNews() => _store = _folder.Open(_time);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Does_not_make_followers_wait_longer_than_a_minute_for_a_word()
    {
        await using var batches = _store.FollowAsync(_partition, "s", 0, Cancel).GetAsyncEnumerator(Cancel);
        await batches.MoveNextAsync();
        var next = batches.MoveNextAsync();

        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.True(await next);
        Assert.Empty(batches.Current);
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }
}
