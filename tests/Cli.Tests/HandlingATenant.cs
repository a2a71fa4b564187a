namespace FaultMaven.Cli.Tests;

public sealed class HandlingATenant : IDisposable
{
    private readonly Fm _fm = new();
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("fm-export-");

    [Fact]
    public async Task Writes_all_that_it_has_into_files()
    {
        var log = Path.Combine(_parent.FullName, "app.log");
        await File.WriteAllTextAsync(log, "2026-11-30T10:00:00Z ERROR disk full on db-1 for ann@example.net\n", Cancel);
        (await _fm.RunAsync("investigate", log)).Succeeded();
        var runbook = Path.Combine(_parent.FullName, "disk.md");
        await File.WriteAllTextAsync(runbook, "# Disk full\nDelete old logs.\n", Cancel);
        (await _fm.RunAsync("knowledge", "import", runbook)).Succeeded();
        var folder = Path.Combine(_parent.FullName, "export");

        var exported = (await _fm.RunAsync("tenant", "export", folder)).Succeeded();

        Assert.Contains("1 case, 1 piece of evidence and 1 document", exported.Output, StringComparison.Ordinal);
        Assert.Single(await File.ReadAllLinesAsync(Path.Combine(folder, "cases.jsonl"), Cancel));
        var text = Assert.Single(Directory.GetFiles(folder, "*.txt", SearchOption.AllDirectories));
        Assert.Contains("disk full on db-1", await File.ReadAllTextAsync(text, Cancel), StringComparison.Ordinal);
        var documents = await File.ReadAllTextAsync(Path.Combine(folder, "documents.jsonl"), Cancel);
        Assert.Contains("Delete old logs.", documents, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(folder, "turns.jsonl", SearchOption.AllDirectories));
        Assert.True(File.Exists(Path.Combine(folder, "export.json")));
        Assert.DoesNotContain(
            Directory.GetFiles(folder, "*", SearchOption.AllDirectories),
            file => File.ReadAllText(file).Contains("ann@example.net", StringComparison.Ordinal));
        (await _fm.RunAsync("tenant", "export", folder)).FailedWith(2);
    }

    [Fact]
    public async Task Forgets_only_others_than_the_one_that_runs_the_installation_and_only_when_told_twice()
    {
        var unconfirmed = (await _fm.RunAsync("tenant", "forget", "acme")).FailedWith(2);
        (await _fm.RunAsync("tenant", "forget", "../acme", "--yes")).FailedWith(2);
        var own = (await _fm.RunAsync("tenant", "forget", "local", "--yes")).FailedWith(5);
        var unknown = (await _fm.RunAsync("tenant", "forget", "acme", "--yes")).Succeeded().Output;

        Assert.Contains("--yes", unconfirmed, StringComparison.Ordinal);
        Assert.Contains("runs this installation", own, StringComparison.Ordinal);
        Assert.Contains("nothing of acme", unknown, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _fm.Dispose();
        _parent.Delete(recursive: true);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
