namespace FaultMaven.Cli.Tests;

public sealed class AWrongCommandLine : IDisposable
{
    private readonly Fm _fm = new();

    [Theory]
    [InlineData("investigat")]
    [InlineData("investigate")]
    [InlineData("investigate", "x.log", "--jsno")]
    [InlineData("redact", "one.log", "two.log")]
    [InlineData("knowledge", "search")]
    [InlineData("case", "show")]
    [InlineData("case", "list", "--server", "not a url")]
    [InlineData("case", "list", "--server", "http://127.0.0.1:1", "--data-dir", "here")]
    public async Task Is_reported_in_one_sentence_with_exit_code_2(params string[] arguments)
    {
        var result = await _fm.RunAsync(arguments);

        result.FailedWith(2);
        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task Is_reported_by_the_unknown_option_rather_than_by_the_file_after_it()
    {
        var result = await _fm.RunAsync("redact", "--polcy", "one.log");

        Assert.Contains("'--polcy'", result.FailedWith(2), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("investigate", "--help")]
    [InlineData("help", "evidence", "search")]
    [InlineData]
    [InlineData("redact", "--help")]
    public async Task Is_less_likely_with_help_that_has_examples(params string[] arguments)
    {
        var result = (await _fm.RunAsync(arguments)).Succeeded();

        Assert.Contains("Examples:", result.Output, StringComparison.Ordinal);
        Assert.Contains("--data-dir", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evidence")]
    [InlineData("logs")]
    public async Task Is_not_a_group_of_commands_alone(string group)
    {
        var result = (await _fm.RunAsync(group)).Succeeded();

        Assert.Contains("Commands:", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_not_a_default_printed_twice()
    {
        var result = (await _fm.RunAsync("serve", "--help")).Succeeded();

        Assert.Equal(2, result.Output.Split("http://127.0.0.1:7080").Length);
    }

    [Fact]
    public async Task Is_help_for_a_command_that_does_not_exist()
    {
        var result = await _fm.RunAsync("help", "evidence", "destroy");

        Assert.Contains("destroy", result.FailedWith(2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_not_asking_for_the_version()
    {
        var result = (await _fm.RunAsync("--version")).Succeeded();

        Assert.Matches(@"^\d+\.\d+\.\d+", result.Output);
    }

    public void Dispose() => _fm.Dispose();
}
