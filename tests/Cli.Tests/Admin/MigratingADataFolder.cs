namespace FaultMaven.Cli.Tests.Admin;

public sealed class MigratingADataFolder : IClassFixture<FolderWithACase>, IDisposable
{
    private readonly Fm _fm = new();

    public MigratingADataFolder(FolderWithACase made) => FolderWithACase.Copy(made.Folder, Folder);

    private string Folder => Path.Combine(_fm.DataDirectory, "data");

    [Theory]
    [InlineData("state", "state/session.db    schema 1")]
    [InlineData("knowledge", "knowledge/local.db  schema 1")]
    public async Task To_an_earlier_schema_and_back_keeps_all(string kind, string earlier)
    {
        var (cases, documents) = (await CasesAsync(), await DocumentsAsync());

        (await _fm.RunAsync("admin", "migrate", kind, "--to", "1", "--data-dir", Folder)).Succeeded();

        Assert.Contains(earlier, (await CheckAsync()).Output, StringComparison.Ordinal);
        Assert.Equal(cases, await CasesAsync());
        Assert.Equal(documents, await DocumentsAsync());
        var after = (await CheckAsync()).Output;
        Assert.DoesNotContain(earlier, after, StringComparison.Ordinal);
        Assert.EndsWith("No problems.\n", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_refused_while_a_server_uses_it()
    {
        await using var served = await ServedFolder.StartAsync(_fm, Folder);

        var refused = await _fm.RunAsync("admin", "migrate", "state", "--to", "1", "--data-dir", Folder);

        Assert.Contains("A process is using", refused.FailedWith(4), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("99")]
    public async Task To_a_schema_that_is_not_known_is_refused(string version)
    {
        var refused = await _fm.RunAsync("admin", "migrate", "state", "--to", version, "--data-dir", Folder);

        Assert.Contains("--to must be from 1 to", refused.FailedWith(2), StringComparison.Ordinal);
    }

    public void Dispose() => _fm.Dispose();

    private async Task<FmResult> CheckAsync() => (await _fm.RunAsync("admin", "check", "--data-dir", Folder)).Succeeded();

    private async Task<string> CasesAsync() =>
        (await _fm.RunAsync("case", "list", "--json", "--data-dir", Folder)).Succeeded().Output;

    private async Task<string> DocumentsAsync() =>
        (await _fm.RunAsync("knowledge", "search", "old files", "--json", "--data-dir", Folder)).Succeeded().Output;
}
