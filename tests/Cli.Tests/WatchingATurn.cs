namespace FaultMaven.Cli.Tests;

public sealed class WatchingATurn : IDisposable
{
    private readonly Fm _fm = new();

    [Fact]
    public async Task Resumes_where_it_was_when_the_connection_breaks()
    {
        await using var server = await ScriptedServer.StartAsync([2, 1]);

        var result = (await _fm.RunAsync("investigate", _fm.File("app.log", "x"), "--json", "--server", server.Url)).Succeeded();

        Assert.Equal([0, 2, 3], server.Watches);
        Assert.Equal(
            ["define_blast_radius", "establish_timeline", "propose_solution"],
            result.Json.GetProperty("phases").EnumerateArray().Select(phase => phase.GetProperty("phase").GetString()));
        Assert.Equal("not_enough_evidence", result.Json.GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task Gives_up_once_nothing_comes_any_more()
    {
        await using var server = await ScriptedServer.StartAsync([2], isForEver: true);

        var result = await _fm.RunAsync("investigate", _fm.File("app.log", "x"), "--json", "--server", server.Url);

        Assert.Contains("the service is stopping", result.FailedWith(4), StringComparison.Ordinal);
        Assert.Equal([0, 2, 2, 2, 2, 2], server.Watches);
        Assert.Empty(result.Output);
    }

    public void Dispose() => _fm.Dispose();
}
