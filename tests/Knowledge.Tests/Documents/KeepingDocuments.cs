using FaultMaven.Knowledge.Database;
using FaultMaven.Knowledge.Tests.Hosting;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using Grpc.Core;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace FaultMaven.Knowledge.Tests.Documents;

public sealed class KeepingDocuments : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fm-knowledge-").FullName;

    private string DatabaseFile => Path.Combine(_folder, "local.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Keeps_all_over_a_restart()
    {
        await using (var first = await KnowledgeHost.StartAsync(_folder))
        {
            await first.ImportAsync(("a.md", "# Mulberry"), ("b.md", "# Medlar"));
        }

        await using var second = await KnowledgeHost.StartAsync(_folder);

        Assert.Equal("a.md", Assert.Single((await second.SearchAsync("mulberry")).Hits).Path);
        Assert.Equal(Proto.ImportResult.Types.Outcome.Unchanged, (await second.ImportAsync(("b.md", "# Medlar")))[0].Outcome);
    }

    // A copy of the files as they lie, taken while the service runs, is what a crash would leave behind.
    [Fact]
    public async Task Has_stored_what_it_acknowledged_before_it_stops()
    {
        await using var running = await KnowledgeHost.StartAsync(_folder);
        await running.ImportAsync(("a.md", "# Mulberry"));
        var copy = Directory.CreateTempSubdirectory("fm-knowledge-");
        foreach (var file in Directory.EnumerateFiles(_folder).Where(file => !file.EndsWith("-shm", StringComparison.Ordinal)))
        {
            File.Copy(file, Path.Combine(copy.FullName, Path.GetFileName(file)));
        }

        await using (var after = await KnowledgeHost.StartAsync(copy.FullName))
        {
            Assert.Single((await after.SearchAsync("mulberry")).Hits);
        }

        copy.Delete(recursive: true);
    }

    [Fact]
    public async Task Answers_that_the_store_is_unavailable_when_its_file_is_damaged()
    {
        await File.WriteAllTextAsync(DatabaseFile, new string('x', 8_192), TestContext.Current.CancellationToken);
        await using var host = await KnowledgeHost.StartAsync(_folder);

        var search = await Assert.ThrowsAsync<RpcException>(() => host.SearchAsync("mulberry"));
        var import = await Assert.ThrowsAsync<RpcException>(() => host.ImportAsync(("a.md", "# Mulberry")));

        Assert.Equal((StatusCode.Unavailable, ErrorReason.StoreUnavailable), (search.StatusCode, RpcFault.ReasonOf(search)));
        Assert.Equal((StatusCode.Unavailable, ErrorReason.StoreUnavailable), (import.StatusCode, RpcFault.ReasonOf(import)));
        Assert.Equal((200, 503), ((await host.GetAsync("/health/live")).Status, (await host.GetAsync("/health/ready")).Status));
    }

    [Fact]
    public async Task Answers_that_storage_is_full_and_keeps_what_was_there()
    {
        await using var host = await KnowledgeHost.StartAsync(_folder);
        await host.ImportAsync(("a.md", "# Mulberry"));
        // In place of a full disk: the pool hands the same connection, and with it the limit, to the import.
        await host.Services.GetRequiredService<KnowledgeDatabases>().List(1).Single().ReadAsync(
            connection => connection.Scalar("PRAGMA max_page_count = 1"), TestContext.Current.CancellationToken);

        var fault = await Assert.ThrowsAsync<RpcException>(() =>
            host.ImportAsync(("b.md", "# Medlar"), ("c.txt", new string('x', 1_000_000))));

        Assert.Equal((StatusCode.ResourceExhausted, ErrorReason.StorageFull), (fault.StatusCode, RpcFault.ReasonOf(fault)));
        Assert.Single((await host.SearchAsync("mulberry")).Hits);
        Assert.Empty((await host.SearchAsync("medlar")).Hits);
    }

    [Fact]
    public async Task Does_not_touch_a_database_of_a_newer_version()
    {
        await using (var connection = new SqliteConnection($"Data Source={DatabaseFile};Pooling=false"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 1000";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await using var host = await KnowledgeHost.StartAsync(_folder);
        var fault = await Assert.ThrowsAsync<RpcException>(() => host.SearchAsync("mulberry"));

        Assert.Equal(ErrorReason.StoreUnavailable, RpcFault.ReasonOf(fault));
    }

    [Fact]
    public async Task Is_ready_once_the_database_answers()
    {
        await using var host = await KnowledgeHost.StartAsync(_folder);

        Assert.Equal(200, (await host.GetAsync("/health/ready")).Status);
    }
}
