namespace FaultMaven.Cli.Tests;

public sealed class ComingBackToACase : IDisposable
{
    private readonly Fm _fm = new();

    [Fact]
    public async Task Lists_and_shows_what_was_investigated()
    {
        var investigated = (await _fm.RunAsync("investigate", Log(), "--json")).Succeeded().Json;
        var name = investigated.GetProperty("case").GetString()!;

        var listed = (await _fm.RunAsync("case", "list", "--json")).Succeeded().Json.GetProperty("cases");
        Assert.Equal(name, Assert.Single(listed.EnumerateArray()).GetProperty("name").GetString());

        var shown = (await _fm.RunAsync("case", "show", name["cases/".Length..], "--json")).Succeeded().Json;
        Assert.Equal(name, shown.GetProperty("case").GetProperty("name").GetString());
        Assert.Equal("app.log", Assert.Single(shown.GetProperty("evidence").EnumerateArray()).GetProperty("file_name").GetString());
        Assert.Equal(
            investigated.GetProperty("root_cause").GetString(), shown.GetProperty("investigation").GetProperty("root_cause").GetString());
    }

    [Fact]
    public async Task That_does_not_exist_is_refused()
    {
        var result = await _fm.RunAsync("case", "show", "cases/00000000-0000-0000-0000-000000000000");

        result.FailedWith(5);
    }

    [Fact]
    public async Task Finds_none_in_a_new_data_folder()
    {
        var result = (await _fm.RunAsync("case", "list")).Succeeded();

        Assert.Empty(result.Output);
        Assert.Contains("fm investigate", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Works_after_an_investigation_was_killed()
    {
        var process = _fm.Start("investigate", Path.Combine(Fm.Samples, "checkout-outage"), "--data-dir", _fm.DataDirectory);
        var name = (await process.ErrorLineAsync(line => line.StartsWith("Case ", StringComparison.Ordinal)))["Case ".Length..];
        await process.KillAsync();

        var listed = (await _fm.RunAsync("case", "list", "--data-dir", _fm.DataDirectory)).Succeeded();

        Assert.StartsWith(name, listed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Works_after_an_investigation_was_interrupted()
    {
        var process = _fm.Start("investigate", Path.Combine(Fm.Samples, "checkout-outage"), "--data-dir", _fm.DataDirectory);
        await process.ErrorLineAsync(line => line.StartsWith("Case ", StringComparison.Ordinal));

        await process.InterruptAsync();

        Assert.Equal("fm: Interrupted.", (await process.EndAsync()).FailedWith(130));
        Assert.Empty(Directory.EnumerateFiles(_fm.DataDirectory, "*.sock", SearchOption.AllDirectories));
        (await _fm.RunAsync("case", "list", "--data-dir", _fm.DataDirectory)).Succeeded();
    }

    public void Dispose() => _fm.Dispose();

    private string Log() => _fm.File(
        "app.log",
        """
        2026-03-11T14:00:01Z INFO starting
        2026-03-11T14:00:02Z ERROR could not write /var/data/out.bin: No space left on device
        2026-03-11T14:00:03Z ERROR could not write /var/data/out.bin: No space left on device

        """);
}
