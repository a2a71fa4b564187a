namespace FaultMaven.Cli.Tests;

public sealed class SharingADataFolder : IDisposable
{
    private readonly Fm _fm = new();

    [Fact]
    public async Task Commands_take_turns()
    {
        var commands = Enumerable.Range(0, 3)
            .Select(i => _fm.File($"{i}/app.log", "2026-03-01T10:00:00Z INFO all is well\n"))
            .Select(log => _fm.RunAsync("investigate", log, "--data-dir", _fm.DataDirectory, "--json"))
            .ToList();

        var names = new List<string?>();
        foreach (var result in await Task.WhenAll(commands))
        {
            names.Add(result.Succeeded().Json.GetProperty("case").GetString());
        }

        var listed = (await _fm.RunAsync("case", "list", "--data-dir", _fm.DataDirectory, "--json")).Succeeded().Json.GetProperty("cases");
        Assert.Equal(names.Order(), listed.EnumerateArray().Select(c => c.GetProperty("name").GetString()).Order());
    }

    public void Dispose() => _fm.Dispose();
}
