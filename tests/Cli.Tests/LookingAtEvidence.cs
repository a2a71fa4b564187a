namespace FaultMaven.Cli.Tests;

public sealed class LookingAtEvidence : IDisposable
{
    private readonly Fm _fm = new();

    [Fact]
    public async Task Sets_its_type_and_keeps_who_set_it()
    {
        const string Disks = "Filesystem 1K-blocks Used Available Use% Mounted on\n/dev/sda1 51475068 49000000 100000 100% /\n";
        var investigated = (await _fm.RunAsync("investigate", _fm.File("disks.txt", Disks), "--json")).Succeeded().Json;
        var parent = investigated.GetProperty("case").GetString()!;

        var list = (await _fm.RunAsync("evidence", "list", parent, "--json")).Succeeded().Json.GetProperty("evidence");
        var listed = Assert.Single(list.EnumerateArray());
        Assert.Equal("disks.txt", listed.GetProperty("file_name").GetString());
        Assert.Equal("command_output", listed.GetProperty("type").GetString());
        var name = listed.GetProperty("name").GetString()!;

        var overridden = (await _fm.RunAsync("evidence", "classify", name, "--type", "Source-Code", "--by", "ann")).Succeeded();
        Assert.Contains("source code", overridden.Output, StringComparison.Ordinal);
        Assert.Contains("ann", overridden.Output, StringComparison.Ordinal);

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
        var lines = Enumerable.Range(0, 120).Select(second =>
            $"2026-03-11T14:{second / 60:00}:{second % 60:00}Z {(second < 90 ? "INFO request" : "ERROR no answer to request")} {second}\n");
        var investigated = (await _fm.RunAsync("investigate", _fm.File("app.log", string.Concat(lines)), "--json")).Succeeded().Json;
        var parent = investigated.GetProperty("case").GetString()!["cases/".Length..];

        string[] options = ["--bucket", "30s", "--incident", "2026-03-11T14:01:30Z"];
        var drawn = (await _fm.RunAsync(["evidence", "timeline", parent, .. options])).Succeeded().Output.Split('\n');
        Assert.Contains("4 × 30 s", drawn[0], StringComparison.Ordinal);
        Assert.Contains(
            drawn, line => line.StartsWith("error", StringComparison.Ordinal) && line.EndsWith("30  ···█", StringComparison.Ordinal));
        Assert.Contains(drawn, line => line.Contains("no answer to request <*>  (app.log:91)", StringComparison.Ordinal));

        options = ["--from", "2026-03-11T14:01Z", "--bucket", "1m", "--templates", "1", "--json"];
        var json = (await _fm.RunAsync(["evidence", "timeline", parent, .. options])).Succeeded().Json;
        Assert.Equal((60, 1), (json.GetProperty("entries").GetInt32(), json.GetProperty("templates").GetArrayLength()));
    }

    [Fact]
    public async Task Lists_how_its_objects_are_related()
    {
        const string Pods = "NAME    READY  STATUS   RESTARTS  AGE  IP         NODE      NOMINATED NODE  READINESS GATES\n"
            + "till-0  0/1    Pending  0         3m   10.8.4.21  worker-4  <none>          <none>\n";
        const string Log = "2026-03-02T10:00:01Z ERROR dial tcp 10.8.4.21:7070: connection refused\n2026-03-02T10:00:02Z INFO retrying\n";
        var parent = (await _fm.RunAsync("investigate", _fm.File("pods.txt", Pods), _fm.File("till-front.log", Log), "--json"))
            .Succeeded().Json.GetProperty("case").GetString()!;

        var printed = (await _fm.RunAsync("evidence", "graph", parent)).Succeeded().Output;
        Assert.Contains("pod/till-0 runs on node/worker-4  [pods.txt:2]", printed, StringComparison.Ordinal);
        Assert.Contains("pod/till-0: Pending, 0/1 ready", printed, StringComparison.Ordinal);

        var json = (await _fm.RunAsync("evidence", "graph", parent, "--about", "front", "--json")).Succeeded().Json;
        var relation = Assert.Single(json.GetProperty("relations").EnumerateArray());
        Assert.Equal(
            ("calls", "file/till-front.log"), (relation.GetProperty("type").GetString(), relation.GetProperty("from").GetString()));
        Assert.False(json.GetProperty("truncated").GetBoolean());

        var none = (await _fm.RunAsync("evidence", "graph", parent, "--about", "elsewhere")).Succeeded();
        Assert.Contains("has \"elsewhere\" in its id", none.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "evidence", "classify", "cases/a/evidence/b", "--type", "novel")]
    [InlineData(2, "evidence", "timeline", "cases/a", "--bucket", "5 bananas")]
    [InlineData(2, "evidence", "timeline", "cases/a", "--from", "noon")]
    [InlineData(5, "evidence", "show", "cases/a/evidence/b")]
    [InlineData(5, "evidence", "classify", "b")]
    [InlineData(5, "evidence", "timeline", "cases/a/evidence/b")]
    [InlineData(5, "evidence", "timeline", "cases/a", "--from", "2026-03-11T14:00Z", "--to", "2026-03-11T13:00Z")]
    public async Task Refuses_wrong_arguments_in_a_sentence(int exitCode, params string[] arguments) =>
        (await _fm.RunAsync(arguments)).FailedWith(exitCode);

    public void Dispose() => _fm.Dispose();
}
