using FaultMaven.ServiceDefaults.State;
using FaultMaven.Standalone.State;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace FaultMaven.State.Tests.Sqlite;

public sealed class SqliteUnderTest : StoreUnderTest
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("fm-state-");
    private readonly FakeTimeProvider _time = new();
    private readonly SqliteStateStoreProvider _provider;

    public SqliteUnderTest()
    {
        _provider = new SqliteStateStoreProvider(_directory.FullName, _time, NullLogger<SqliteStateStoreProvider>.Instance);
        Store = _provider.Open("test");
    }

    public override StateStore Store { get; }

    public override Task AdvanceAsync(TimeSpan time)
    {
        _time.Advance(time);
        return Task.CompletedTask;
    }

    public override ValueTask InitializeAsync() => default;

    public override ValueTask DisposeAsync()
    {
        _provider.Dispose();
        _directory.Delete(recursive: true);
        return default;
    }
}
