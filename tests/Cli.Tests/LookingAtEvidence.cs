namespace FaultMaven.Cli.Tests;

public sealed class LookingAtEvidence : IDisposable
{
    private readonly Fm _fm = new();

    [Fact]
    public async Task Says_what_it_is_and_keeps_who_said_so()
    {
        var investigated = (await _fm.RunAsync("investigate", _fm.File("disks.txt", "Filesystem 1K-blocks Used Available Use% Mounted on\n/dev/sda1 51475068 49000000 100000 100% /\n"), "--json")).Succeeded().Json;
        var parent = investigated.GetProperty("case").GetString()!;

        var listed = Assert.Single((await _fm.RunAsync("evidence", "list", parent, "--json")).Succeeded().Json.GetProperty("evidence").EnumerateArray());
        Assert.Equal(("disks.txt", "command_output"), (listed.GetProperty("file_name").GetString(), listed.GetProperty("type").GetString()));
        var name = listed.GetProperty("name").GetString()!;

        var overridden = (await _fm.RunAsync("evidence", "classify", name, "--type", "Source-Code", "--by", "ann")).Succeeded();
        Assert.Contains("source code (100 %)", overridden.Output, StringComparison.Ordinal);
        Assert.Contains("asked for by ann", overridden.Output, StringComparison.Ordinal);

        (await _fm.RunAsync("evidence", "classify", name)).Succeeded();
        var shown = (await _fm.RunAsync("evidence", "show", name, "--json")).Succeeded().Json.GetProperty("evidence")[0];
        Assert.Equal("command_output", shown.GetProperty("type").GetString());
        Assert.NotEqual(0, shown.GetProperty("reasons").GetArrayLength());
        Assert.Equal(
            ["classifier", "override", "classifier"],
            shown.GetProperty("classifications").EnumerateArray().Select(entry => entry.GetProperty("source").GetString()!));
    }

    [Fact]
    public async Task Draws_its_entries_over_time()
    {
        var lines = Enumerable.Range(0, 120).Select(second => $"2026-03-11T14:{second / 60:00}:{second % 60:00}Z {(second < 90 ? "INFO request" : "ERROR no answer to request")} {1000 + second}\n");
        var investigated = (await _fm.RunAsync("investigate", _fm.File("app.log", string.Concat(lines)), "--json")).Succeeded().Json;
        var parent = investigated.GetProperty("case").GetString()!["cases/".Length..];

        var drawn = (await _fm.RunAsync("evidence", "timeline", parent, "--bucket", "30s", "--incident", "2026-03-11T14:01:30Z")).Succeeded().Output.Split('\n');
        Assert.Contains("120 entries from 2026-03-11 14:00:00Z on, 4 × 30 s", drawn[0], StringComparison.Ordinal);
        Assert.Contains(drawn, line => line.StartsWith("error", StringComparison.Ordinal) && line.EndsWith("30  ···█", StringComparison.Ordinal));
        Assert.Contains(drawn, line => line.Contains("no answer to request <*>  (app.log:91), new since the incident", StringComparison.Ordinal));

        var json = (await _fm.RunAsync("evidence", "timeline", parent, "--from", "2026-03-11T14:01Z", "--bucket", "1m", "--templates", "1", "--json")).Succeeded().Json;
        Assert.Equal((60, 1), (json.GetProperty("entries").GetInt32(), json.GetProperty("templates").GetArrayLength()));
    }

    [Theory]
    [InlineData(2, "evidence", "classify", "cases/a/evidence/b", "--type", "novel")]
    [InlineData(2, "evidence", "timeline", "cases/a", "--bucket", "5 bananas")]
    [InlineData(2, "evidence", "timeline", "cases/a", "--from", "noon")]
    [InlineData(5, "evidence", "show", "cases/a/evidence/b")]
    [InlineData(5, "evidence", "classify", "b")]
    [InlineData(5, "evidence", "timeline", "cases/a/evidence/b")]
    [InlineData(5, "evidence", "timeline", "cases/a", "--from", "2026-03-11T14:00Z", "--to", "2026-03-11T13:00Z")]
    public async Task Refuses_what_makes_no_sense_in_a_sentence(int exitCode, params string[] arguments) => (await _fm.RunAsync(arguments)).FailedWith(exitCode);

    public void Dispose() => _fm.Dispose();
}
