using Microsoft.Data.Sqlite;

namespace FaultMaven.Cli.Tests.Admin;

public sealed class CheckingADataFolder : IClassFixture<FolderWithACase>, IDisposable
{
    private readonly Fm _fm = new();

    private string Folder => Path.Combine(_fm.DataDirectory, "data");

    private string Text => Directory.GetFiles(Path.Combine(Folder, "evidence"), "*", SearchOption.AllDirectories).Single();

    public CheckingADataFolder(FolderWithACase made) => FolderWithACase.Copy(made.Folder, Folder);

    [Fact]
    public async Task Counts_what_is_there()
    {
        var report = (await _fm.RunAsync("admin", "check", "--data-dir", Folder)).Succeeded().Output;

        Assert.Contains("state/session.db    schema 2: ", report, StringComparison.Ordinal);
        Assert.Contains("cases 1,", report, StringComparison.Ordinal);
        Assert.Contains("texts 1", report, StringComparison.Ordinal);
        Assert.Contains("turns 1", report, StringComparison.Ordinal);
        Assert.Contains("scopes 1", report, StringComparison.Ordinal);
        Assert.Contains("documents 1", report, StringComparison.Ordinal);
        Assert.EndsWith("No problems.\n", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changes_nothing()
    {
        var before = Snapshot();

        (await _fm.RunAsync("admin", "check", "--data-dir", Folder)).Succeeded();

        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public async Task Works_beside_a_server()
    {
        await using var served = await ServedFolder.StartAsync(_fm, Folder);
        await served.WriteAsync("timeout");

        var report = await _fm.RunAsync("admin", "check", "--data-dir", Folder);

        Assert.Contains("cases 2", report.Succeeded().Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Finds_a_text_that_is_missing()
    {
        File.Delete(Text);

        Assert.Contains("is missing", await ProblemAsync("--quick"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Finds_a_text_that_was_changed()
    {
        var text = await File.ReadAllBytesAsync(Text, TestContext.Current.CancellationToken);
        text[^2] ^= 1;
        await File.WriteAllBytesAsync(Text, text, TestContext.Current.CancellationToken);

        Assert.Contains("its digest differs", await ProblemAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Finds_a_gap_in_the_log_of_a_case()
    {
        Change("session", "DELETE FROM entries WHERE position = 2");

        Assert.Contains("streams have gaps", await ProblemAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Finds_a_case_whose_state_is_not_what_its_events_amount_to()
    {
        Change("session", "DELETE FROM entries WHERE position = (SELECT max(position) FROM entries)");

        Assert.Contains("is not what its", await ProblemAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Finds_a_case_that_a_list_would_not_show()
    {
        Change("session", "DELETE FROM records WHERE CAST(key AS TEXT) LIKE 'cases/local/c/state=%'");

        Assert.Matches("cases/[0-9a-f]{32} lacks [12] of its [0-9]+ entries in the index of cases", await ProblemAsync());
    }

    [Fact]
    public async Task Finds_an_entry_of_the_index_that_leads_to_no_case()
    {
        Change("session", "UPDATE records SET value = CAST('nowhere' AS BLOB) WHERE CAST(key AS TEXT) LIKE 'cases/local/c/all/%'");

        Assert.Contains("entries in the index of cases lead to no case", await ProblemAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Finds_that_the_key_of_redacted_values_is_missing()
    {
        File.Delete(Path.Combine(Folder, "redaction", "pseudonyms.key"));

        Assert.Contains("under another key", await ProblemAsync(), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Folder, "redaction", "pseudonyms.key")));
    }

    [Fact]
    public async Task Finds_a_file_that_is_damaged()
    {
        await using (var file = new FileStream(Path.Combine(Folder, "state", "agent.db"), FileMode.Open))
        {
            file.Position = 4096 * 2;
            file.Write(new byte[4096 * 4]);
        }

        Assert.Contains("state/agent.db: It ", await ProblemAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Finds_a_file_of_a_newer_version()
    {
        Change("agent", "PRAGMA user_version = 99");

        Assert.Contains("It has schema 99", await ProblemAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Finds_an_event_that_cannot_be_read()
    {
        Change(
            "data",
            """
            INSERT OR IGNORE INTO partitions (tenant, name) VALUES ('', 'shared');
            INSERT INTO records (partition, key, version, value)
                SELECT id, CAST('outbox/waiting/1' AS BLOB), 1, x'7b' FROM partitions WHERE tenant = '';
            """);

        Assert.Contains("waits in the outbox cannot be read", await ProblemAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Finds_an_entry_of_an_audit_log_that_was_changed()
    {
        Change(
            "session",
            """
            UPDATE entries SET value = CAST(replace(CAST(value AS TEXT), 'CreateCase', 'DeleteCase') AS BLOB)
                WHERE position = 1 AND stream = (SELECT streams.id FROM streams
                    JOIN partitions ON streams.partition = partitions.id WHERE partitions.name = '@audit')
            """);

        Assert.Contains(
            "session.db: The audit log of local has an entry that was changed (entry 1)", await ProblemAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Finds_an_answer_for_a_repeated_request_that_is_not_whole()
    {
        Change(
            "session",
            """
            INSERT OR IGNORE INTO partitions (tenant, name) VALUES ('', 'shared');
            INSERT INTO records (partition, key, version, value)
                SELECT id, CAST('requests/local/00000000000000000000000000000000' AS BLOB), 1, x'0102' FROM partitions WHERE tenant = '';
            """);

        Assert.Contains("000000 is not whole", await ProblemAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Finds_a_key_that_cannot_be_read()
    {
        await CreateKeyAsync();

        Change("gateway", "UPDATE records SET value = x'7b' WHERE CAST(key AS TEXT) LIKE 'keys/%'");

        Assert.Matches("state/gateway.db: The key [a-z0-9]{16} of local cannot be read", await ProblemAsync());
    }

    [Fact]
    public async Task Finds_a_key_that_the_directory_does_not_have()
    {
        await CreateKeyAsync();

        Change("gateway", "DELETE FROM records WHERE partition = (SELECT id FROM partitions WHERE tenant = '@directory')");

        Assert.Matches("The directory does not have the key [a-z0-9]{16} of local", await ProblemAsync());
    }

    [Fact]
    public async Task Counts_keys_audit_entries_and_answers()
    {
        await CreateKeyAsync();

        var report = (await _fm.RunAsync("admin", "check", "--data-dir", Folder)).Succeeded().Output;

        var edge = report.Split('\n').Single(line => line.StartsWith("state/gateway.db", StringComparison.Ordinal));
        Assert.Contains("audit entries 2", edge, StringComparison.Ordinal);
        Assert.Contains("kept answers 1", edge, StringComparison.Ordinal);
        Assert.Contains("keys 1", edge, StringComparison.Ordinal);
    }

    public void Dispose() => _fm.Dispose();

    private async Task CreateKeyAsync() =>
        (await _fm.RunAsync("key", "create", "deploy-bot", "--role", "member", "--data-dir", Folder)).Succeeded();

    private async Task<string> ProblemAsync(params string[] options)
    {
        var report = await _fm.RunAsync(["admin", "check", "--data-dir", Folder, .. options]);
        Assert.Equal(7, report.ExitCode);
        return string.Join('\n', report.Output.Split('\n').Where(line => line.StartsWith("PROBLEM", StringComparison.Ordinal)));
    }

    private void Change(string service, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Folder, "state", $"{service}.db")};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private List<(string Path, DateTime Time, long Length)> Snapshot() =>
    [
        .. new DirectoryInfo(Folder).EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(file => (file.FullName, file.LastWriteTimeUtc, file.Length)).Order(),
    ];
}
