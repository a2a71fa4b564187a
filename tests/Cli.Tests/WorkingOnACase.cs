namespace FaultMaven.Cli.Tests;

public sealed class WorkingOnACase : IDisposable
{
    private readonly Fm _fm = new();

    [Fact]
    public async Task Takes_a_question_that_begins_with_an_at_sign()
    {
        var result = (await _fm.RunAsync("investigate", Log(), "--question", "@oncall why did checkout stop?")).Succeeded();

        Assert.Contains("app.log", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Opens_describes_closes_and_reopens_a_case()
    {
        var first = (await _fm.RunAsync("case", "open", "Orders are slow")).Succeeded().Output.Trim();
        var name = (await _fm.RunAsync(
            "case", "open", "Checkout answers 502", "--service", "checkout", "--priority", "high", "--tag", "web", "--tag", "payments"))
            .Succeeded().Output.Trim();
        (await _fm.RunAsync(
            "case", "update", name, "--severity", "major", "--link", $"caused_by:{first}", "--clear", "service")).Succeeded();
        var listed = (await _fm.RunAsync("case", "list", "--filter", "tags:payments AND priority >= HIGH", "--json")).Succeeded().Json;
        (await _fm.RunAsync("case", "close", name, "--resolution", "duplicate", "--duplicate-of", first)).Succeeded();
        var shown = (await _fm.RunAsync("case", "show", name)).Succeeded().Output;
        (await _fm.RunAsync("case", "reopen", name, "--reason", "It is another one")).Succeeded();
        (await _fm.RunAsync("case", "reopen", name)).FailedWith(5);

        var found = Assert.Single(listed.GetProperty("cases").EnumerateArray());
        Assert.Equal(name, found.GetProperty("name").GetString());
        Assert.Equal(("major", "", "high"), (Text("severity"), Text("service"), Text("priority")));
        Assert.Equal("caused_by", found.GetProperty("links")[0].GetProperty("relation").GetString());
        Assert.Contains("Closed as: duplicate", shown, StringComparison.Ordinal);
        Assert.Contains($"duplicate_of {first}", shown, StringComparison.Ordinal);

        string? Text(string property) => found.GetProperty(property).GetString();
    }

    [Theory]
    [InlineData("update", "x")]
    [InlineData("update", "x", "--link", "enemy_of:0198c1e2")]
    [InlineData("update", "x", "--priority", "urgent")]
    public async Task Refuses_what_says_nothing_of_a_case(params string[] arguments) =>
        (await _fm.RunAsync(["case", .. arguments])).FailedWith(2);

    [Fact]
    public async Task Reads_evidence_from_standard_input()
    {
        var result = await _fm.RunWithInputAsync("2026-03-11T14:00:01Z ERROR disk full\n", "investigate", "-", "--json");
        var investigated = result.Succeeded().Json;

        var evidence = Assert.Single(investigated.GetProperty("evidence").EnumerateArray());
        Assert.Equal(("stdin", 1), (evidence.GetProperty("file_name").GetString(), evidence.GetProperty("lines").GetInt32()));
    }

    [Fact]
    public async Task Adds_searches_and_prints_evidence()
    {
        var name = await InvestigateAsync();

        var log = _fm.File("web.log", "2026-03-11T14:00:05Z INFO started\n2026-03-11T14:00:06Z ERROR connection refused by db-7\n");
        (await _fm.RunAsync("evidence", "add", name, log)).Succeeded();
        var found = (await _fm.RunAsync("evidence", "search", name, "Connection refused", "--context", "1", "--json")).Succeeded().Json;
        var match = Assert.Single(found.GetProperty("matches").EnumerateArray());
        var citation = match.GetProperty("citation").GetString()!;
        var bySeverity = (await _fm.RunAsync("evidence", "search", name, "--level", "error", "--from", "2026-03-11T14:00:05Z")).Succeeded();
        var line = (await _fm.RunAsync("evidence", "cat", citation)).Succeeded();
        var file = (await _fm.RunAsync("evidence", "cat", citation[..citation.IndexOf('#', StringComparison.Ordinal)])).Succeeded();

        Assert.EndsWith("#L2", citation, StringComparison.Ordinal);
        Assert.Equal("2026-03-11T14:00:05Z INFO started", Assert.Single(match.GetProperty("before").EnumerateArray()).GetString());
        Assert.StartsWith("web.log:2", Assert.Single(Lines(bySeverity)), StringComparison.Ordinal);
        Assert.Equal("2026-03-11T14:00:06Z ERROR connection refused by db-7\n", line.Output);
        Assert.Equal(2, Lines(file).Length);
    }

    [Fact]
    public async Task Accepts_the_beginning_of_an_id()
    {
        var name = await InvestigateAsync();
        var shortName = name[..("cases/".Length + 10)];

        var shown = (await _fm.RunAsync("case", "show", shortName, "--json")).Succeeded().Json;
        var evidence = shown.GetProperty("evidence")[0].GetProperty("name").GetString()!;
        var last = evidence[(evidence.LastIndexOf('/') + 1)..];
        var details = (await _fm.RunAsync("evidence", "show", $"{shortName}/evidence/{last[..12]}", "--json")).Succeeded().Json;
        var timeline = (await _fm.RunAsync("evidence", "timeline", shortName["cases/".Length..], "--json")).Succeeded().Json;

        Assert.Equal(name, shown.GetProperty("case").GetProperty("name").GetString());
        Assert.Equal(evidence, details.GetProperty("evidence")[0].GetProperty("name").GetString());
        Assert.Equal(2, timeline.GetProperty("entries").GetInt32());
    }

    [Fact]
    public async Task Refuses_a_beginning_that_fits_several_cases()
    {
        var name = await InvestigateAsync();
        await InvestigateAsync();

        var result = await _fm.RunAsync("case", "show", name[..("cases/".Length + 1)]);

        Assert.Contains(name, result.FailedWith(5), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Closes_a_case_and_lists_by_state()
    {
        var closed = await InvestigateAsync();
        var open = await InvestigateAsync();

        (await _fm.RunAsync("case", "close", closed, "--resolution", "resolved", "--reason", "Rolled back")).Succeeded();

        Assert.Equal([open], Names(await _fm.RunAsync("case", "list", "--state", "open", "--json")));
        Assert.Equal([closed], Names(await _fm.RunAsync("case", "list", "--state", "closed", "--json")));
        Assert.Equal([open], Names(await _fm.RunAsync("case", "list", "--limit", "1", "--json")));
        Assert.Empty(Names(await _fm.RunAsync("case", "list", "--filter", "title:unknown", "--json")));
    }

    [Fact]
    public async Task Deletes_a_case_once_that_is_confirmed()
    {
        var name = await InvestigateAsync();

        (await _fm.RunAsync("case", "delete", name)).FailedWith(2);
        (await _fm.RunAsync("case", "delete", name, "--yes")).Succeeded();

        (await _fm.RunAsync("case", "show", name)).FailedWith(5);
    }

    [Fact]
    public async Task Sums_up_many_files_in_one_line()
    {
        for (var i = 0; i < 30; i++)
        {
            _fm.File($"many/{i:00}.log", $"2026-03-11T14:00:01Z ERROR disk {i} full\n");
        }

        var result = (await _fm.RunAsync("investigate", "many")).Succeeded();

        Assert.Single(result.Error.Split('\n'), line => line.Contains("30 files", StringComparison.Ordinal));
        Assert.DoesNotContain("07.log", result.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _fm.Dispose();

    private static string[] Lines(FmResult result) => result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string?> Names(FmResult result) =>
        result.Succeeded().Json.GetProperty("cases").EnumerateArray().Select(found => found.GetProperty("name").GetString());

    private async Task<string> InvestigateAsync() =>
        (await _fm.RunAsync("investigate", Log(), "--json")).Succeeded().Json.GetProperty("case").GetString()!;

    private string Log() => _fm.File("app.log", "2026-03-11T14:00:01Z INFO starting\n2026-03-11T14:00:02Z ERROR disk full\n");
}
