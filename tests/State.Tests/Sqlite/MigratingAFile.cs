using FaultMaven.ServiceDefaults.State;
using FaultMaven.Standalone;
using FaultMaven.Standalone.State;

namespace FaultMaven.State.Tests.Sqlite;

public sealed class MigratingAFile : IDisposable
{
    private readonly SqliteFolder _folder = new();
    private readonly Partition _partition = new("local", "case");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<int> Earlier => [.. Enumerable.Range(1, StateSchema.Version - 1)];

    [Theory]
    [MemberData(nameof(Earlier))]
    public async Task To_an_earlier_version_and_back_keeps_what_is_in_it(int version)
    {
        long? written;
        using (var store = _folder.Open())
        {
            written = await SqliteFolder.CommitAsync(store, _partition, t =>
            {
                t.Put("key", "value");
                t.Append("events", [StoreUnderTest.Bytes("1"), StoreUnderTest.Bytes("2")]);
                t.Shard.Enqueue("outbox/", StoreUnderTest.Bytes("event"));
            });
        }

        using (var connection = StateConnection.Open(_folder.File))
        {
            StateSchema.MigrateTo(connection, version);

            Assert.Equal(version, connection.Number("PRAGMA user_version"));
            Assert.Equal(2, connection.Number("SELECT count(*) FROM records"));
            Assert.Equal(2, connection.Number("SELECT count(*) FROM entries"));
        }

        using var again = _folder.Open();
        Assert.Equal("value", (await again.FindAsync(_partition, "key", Cancel))!.Text);
        Assert.Equal(2, await again.GetLengthAsync(_partition, "events", Cancel));
        Assert.Equal("event", Assert.Single(await again.ListAsync(again.Shards[0], new RecordRange("outbox/"), 10, Cancel)).Text);
        Assert.True(await SqliteFolder.CommitAsync(again, _partition, t => t.Put("key", "other")) > written);
    }

    [Theory]
    [MemberData(nameof(Earlier))]
    public void To_an_earlier_version_makes_the_tables_that_it_had(int version)
    {
        _folder.Open().Dispose();
        using var downgraded = StateConnection.Open(_folder.File);
        StateSchema.MigrateTo(downgraded, version);
        var other = Path.Combine(_folder.Directory, "other.db");
        File.WriteAllBytes(other, []);
        using var original = StateConnection.Open(other);
        StateSchema.MigrateTo(original, version);

        Assert.Equal(Tables(original), Tables(downgraded));
    }

    [Fact]
    public async Task Of_another_service_is_refused()
    {
        using (var store = _folder.Open())
        {
            await SqliteFolder.CommitAsync(store, _partition, t => t.Put("key", "value"));
        }

        var other = Path.Combine(_folder.Directory, "other.db");
        File.Copy(_folder.File, other);

        var refused = Assert.Throws<DataDirectoryException>(() => SqliteFolder.Open(other));

        Assert.Contains("has the state of test and is named as if it were that of other", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static List<string> Tables(StateConnection connection)
    {
        using var list = connection.Prepare("SELECT coalesce(sql, name) FROM sqlite_schema ORDER BY name");
        var tables = new List<string>();
        while (list.Step())
        {
            tables.Add(list.Text(0));
        }

        return tables;
    }
}
