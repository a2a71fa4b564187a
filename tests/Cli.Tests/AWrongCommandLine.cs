namespace FaultMaven.Cli.Tests;

public sealed class AWrongCommandLine : IDisposable
{
    private readonly Fm _fm = new();

    [Theory]
    [InlineData("investigat")]
    [InlineData("investigate")]
    [InlineData("investigate", "x.log", "--jsno")]
    [InlineData("logs")]
    [InlineData("redact", "one.log", "two.log")]
    [InlineData("knowledge", "search")]
    [InlineData("case", "show")]
    [InlineData("case", "list", "--server", "not a url")]
    [InlineData("case", "list", "--server", "http://127.0.0.1:1", "--data-dir", "here")]
    public async Task Is_told_of_in_one_sentence_with_exit_code_2(params string[] arguments)
    {
        var result = await _fm.RunAsync(arguments);

        result.FailedWith(2);
        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task Is_told_of_by_the_option_that_there_is_not_rather_than_by_the_file_behind_it()
    {
        var result = await _fm.RunAsync("redact", "--polcy", "one.log");

        Assert.Contains("'--polcy'", result.FailedWith(2), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("investigate", "--help")]
    [InlineData("redact", "--help")]
    public async Task Is_less_likely_with_help_that_has_examples(params string[] arguments)
    {
        var result = (await _fm.RunAsync(arguments)).Succeeded();

        Assert.Contains("Examples:", result.Output, StringComparison.Ordinal);
        Assert.Contains("--data-dir", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_not_asking_for_the_version()
    {
        var result = (await _fm.RunAsync("--version")).Succeeded();

        Assert.Matches(@"^\d+\.\d+\.\d+", result.Output);
    }

    public void Dispose() => _fm.Dispose();
}
