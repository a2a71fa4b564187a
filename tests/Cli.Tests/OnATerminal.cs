namespace FaultMaven.Cli.Tests;

public sealed class OnATerminal : IDisposable
{
    private readonly Fm _fm = new();

    [Fact]
    public async Task Leaves_nothing_of_the_status_line_in_what_is_printed_over_it()
    {
        var result = await _fm.RunOnTerminalAsync(160, "investigate", Path.Combine(Fm.Samples, "checkout-outage"));

        var screen = Screen.Of(result.Output);
        Assert.Empty(screen.Leftovers);
        Assert.Contains(screen.Rows, row => row.Contains("checkout-api.log", StringComparison.Ordinal));
        Assert.DoesNotContain(screen.Rows, row => row.Contains("MiB sent", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Prints_no_styles_when_asked_not_to(bool byVariable)
    {
        var log = _fm.File("app.log", "2026-03-11T14:00:01Z ERROR disk full\n");

        var result = byVariable
            ? await _fm.RunOnTerminalAsync(100, [("NO_COLOR", "1")], "investigate", log)
            : await _fm.RunOnTerminalAsync(100, "investigate", log, "--no-color");

        Assert.Contains("app.log", result.Output, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\u001b\[[\d;]*m", result.Output);
    }

    [Fact]
    public async Task Wraps_wide_characters_by_their_cells()
    {
        var words = string.Concat(Enumerable.Repeat("数据库连接池已耗尽 ", 20));
        (await _fm.RunAsync("knowledge", "import", _fm.File("pool.md", $"# Pool\n\n{words}\n"))).Succeeded();

        var result = await _fm.RunOnTerminalAsync(80, "knowledge", "search", "数据库连接池已耗尽");

        // Each of these characters takes two cells.
        var rows = Screen.Of(result.Output).Rows.Where(row => row.Contains("耗尽", StringComparison.Ordinal)).ToList();
        Assert.True(rows.Count > 3, result.Output);
        Assert.All(rows, row => Assert.True(row.Sum(character => character > 0x2E80 ? 2 : 1) <= 80, row));
    }

    public void Dispose() => _fm.Dispose();
}
