namespace FaultMaven.Cli.Tests;

public sealed class CompletingCommands : IDisposable
{
    private readonly Fm _fm = new();

    [Fact]
    public async Task Offers_the_subcommands_in_bash()
    {
        // Bash sets these variables before it calls the function of a completion.
        var result = (await _fm.RunInBashAsync(
            """
            eval "$(fm completion bash)"
            COMP_LINE='fm evidence s'; COMP_POINT=${#COMP_LINE}; COMP_WORDS=(fm evidence s); COMP_CWORD=2
            _fm
            printf '%s\n' "${COMPREPLY[@]}"
            """)).Succeeded();

        Assert.Equal(["search", "show"], result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());
    }

    [Fact]
    public async Task Has_a_script_for_zsh()
    {
        var result = (await _fm.RunAsync("completion", "zsh")).Succeeded();

        Assert.StartsWith("#compdef fm", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Knows_no_other_shell()
    {
        var result = await _fm.RunAsync("completion", "tcl");

        result.FailedWith(2);
    }

    public void Dispose() => _fm.Dispose();
}
