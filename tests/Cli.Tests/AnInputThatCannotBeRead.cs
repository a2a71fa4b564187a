namespace FaultMaven.Cli.Tests;

public sealed class AnInputThatCannotBeRead : IDisposable
{
    private readonly Fm _fm = new();

    [Theory]
    [InlineData("investigate", "missing.log")]
    [InlineData("logs", "templates", "missing.log")]
    [InlineData("redact", "missing.log")]
    [InlineData("knowledge", "import", "missing")]
    public async Task Is_named_in_one_sentence_with_exit_code_3(params string[] arguments)
    {
        var result = await _fm.RunAsync(arguments);

        Assert.Contains("missing", result.FailedWith(3), StringComparison.Ordinal);
        Assert.Empty(result.Output);
        Assert.False(Directory.Exists(_fm.DataDirectory), "Nothing needs to be started to find that out.");
    }

    [Fact]
    public async Task Is_a_link_that_leads_to_itself()
    {
        var loop = Path.Combine(Path.GetDirectoryName(_fm.File("here/real.log", "x"))!, "loop.log");
        File.CreateSymbolicLink(loop, loop);

        var result = await _fm.RunAsync("investigate", loop);

        Assert.Contains("loop.log", result.FailedWith(3), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_a_folder_where_a_file_is_wanted()
    {
        var result = await _fm.RunAsync("logs", "templates", Path.GetTempPath());

        Assert.Contains("folder", result.FailedWith(3), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_a_folder_without_files()
    {
        var folder = Path.GetDirectoryName(_fm.File("empty/.hidden", "x"))!;

        var result = await _fm.RunAsync("investigate", folder);

        Assert.Contains("no files", result.FailedWith(3), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_empty_and_leaves_no_case_behind()
    {
        var result = await _fm.RunAsync("investigate", _fm.File("empty.log", ""));
        var cases = (await _fm.RunAsync("case", "list")).Succeeded();

        Assert.Contains("empty", result.FailedWith(3), StringComparison.Ordinal);
        Assert.DoesNotContain("cases/", cases.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _fm.Dispose();
}
