using System.Text.Json;
using System.Text.RegularExpressions;

namespace FaultMaven.Cli.Tests;

public sealed partial class InvestigatingTheSamples : IDisposable
{
    private readonly Fm _fm = new();

    [Theory]
    [InlineData("checkout-outage", "configuration_error", "pool")]
    [InlineData("memory-leak-rollout", "resource_exhaustion", "memory")]
    public async Task Finds_the_cause(string sample, string category, string word)
    {
        var investigation = (await InvestigateAsync(sample)).Json;

        Assert.Contains(investigation.GetProperty("verdict").GetString(), new[] { "cause_found", "probable_cause" });
        Assert.Equal(category, investigation.GetProperty("category").GetString());
        Assert.Contains(word, investigation.GetProperty("root_cause").GetString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Quotes_the_change_that_is_the_cause_first()
    {
        var lines = (await InvestigateAsync("checkout-outage")).Json.GetProperty("decisive_lines");

        Assert.Contains("maximum-pool-size: 4", lines[0].GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Finds_the_cause_in_an_archive_as_well()
    {
        using var archive = new TemporaryArchive(Path.Combine(Fm.Samples, "checkout-outage"));

        var investigation = (await _fm.RunAsync("investigate", archive.Path, "--json")).Succeeded().Json;

        Assert.Equal("configuration_error", investigation.GetProperty("category").GetString());
        Assert.Contains("checkout-api.log", Strings(investigation, "evidence", "file_name"));
    }

    [Fact]
    public async Task Knows_a_false_alarm()
    {
        var investigation = (await InvestigateAsync("noisy-night-false-alarm")).Json;

        Assert.Equal("no_active_failure", investigation.GetProperty("verdict").GetString());
        Assert.Equal("healthy", investigation.GetProperty("category").GetString());
    }

    [Theory]
    [InlineData("198.51.100.20", new string[0])]
    [InlineData("<IP_ADDRESS_", new[] { "--redacted" })]
    public async Task Shows_addresses_to_the_owner_of_the_evidence_unless_the_report_is_passed_on(string shown, string[] options)
    {
        var log = _fm.File("ledger.log",
            "2026-03-02T10:40:01Z ERROR ledger: connection to 198.51.100.20:5432 refused, user ann@example.org\n");

        var printed = (await _fm.RunAsync(["investigate", log, "--json", .. options])).Succeeded().Output;

        Assert.Contains(shown, printed, StringComparison.Ordinal);
        Assert.DoesNotContain("ann@example.org", printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prints_json_that_scripts_can_rely_on()
    {
        var result = await InvestigateAsync("checkout-outage");
        var investigation = result.Json;

        Assert.Equal(
            [
                "case", "turn", "category", "verdict", "assurance", "response_type", "answer", "summary", "root_cause",
                "decisive_lines", "since_last_answer", "remembered", "claims", "affected", "timeline",
                "hypotheses", "remedies", "data_requests", "references", "phases", "evidence", "files_without_findings", "author",
                "gate_notes", "warnings",
            ],
            investigation.EnumerateObject().Select(property => property.Name));
        Assert.NotEmpty(investigation.GetProperty("hypotheses").EnumerateArray());
        Assert.NotEmpty(investigation.GetProperty("timeline").EnumerateArray());
        Assert.NotEmpty(investigation.GetProperty("remedies").EnumerateArray());
        Assert.Equal(5, Strings(investigation, "phases", "phase").Distinct().Count());
        Assert.Contains("checkout-api.log", Strings(investigation, "evidence", "file_name"));
    }

    [Fact]
    public async Task Cites_evidence_of_the_case_for_every_claim()
    {
        var investigation = (await InvestigateAsync("checkout-outage")).Json;
        var evidence = investigation.GetProperty("evidence").EnumerateArray().ToDictionary(
            file => file.GetProperty("name").GetString()!, file => file.GetProperty("lines").GetInt64());

        var claims = investigation.GetProperty("claims").EnumerateArray().ToList();

        Assert.NotEmpty(claims);
        Assert.All(claims, claim => Assert.NotEmpty(claim.GetProperty("citations").EnumerateArray()));
        Assert.All(claims.SelectMany(claim => claim.GetProperty("citations").EnumerateArray()), citation => Resolve(citation, evidence));
    }

    [Fact]
    public async Task Reports_to_people_with_places_they_can_open()
    {
        var result = (await _fm.RunAsync("investigate", Path.Combine(Fm.Samples, "checkout-outage"))).Succeeded();

        string[] headings = ["The lines that decide", "What happened (UTC)", "What to do"];
        foreach (var heading in headings)
        {
            Assert.Contains($"\n{heading}\n", result.Output, StringComparison.Ordinal);
        }

        Assert.Matches(@"checkout-api\.log:\d+", result.Output);
        Assert.Matches("fm case show cases/", result.Output);
        Assert.DoesNotContain("\u001b", result.Output + result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reports_on_one_screen_without_jargon_and_says_each_thing_once()
    {
        var result = await _fm.RunOnTerminalAsync(100, "investigate", Path.Combine(Fm.Samples, "memory-leak-rollout"));

        var rows = Screen.Of(result.Output).Rows.SkipWhile(row => !row.StartsWith("Probable cause", StringComparison.Ordinal)).ToList();
        Assert.InRange(rows.Count, 10, 35);
        Assert.DoesNotMatch(@"\b(statement|metric|pod|deploy)\.[a-z_]+\b|likelihood|mechanistic|SEVERITY_", string.Join('\n', rows));
        var texts = rows.Where(row => row.StartsWith("  ", StringComparison.Ordinal) && row.Length > 40).ToList();
        Assert.Equal(texts.Distinct(), texts);
    }

    [Fact]
    public async Task Shows_the_five_phases_on_demand()
    {
        var name = (await InvestigateAsync("checkout-outage")).Json.GetProperty("case").GetString()!;

        var all = (await _fm.RunAsync("case", "show", name, "--all")).Succeeded();

        string[] headings = ["1 Blast radius", "2 Timeline of 2026-03-11", "3 Hypotheses", "4 Validation", "5 Solution"];
        Assert.All(headings, heading => Assert.Contains($"\n{heading}\n", all.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Prints_no_secret_and_no_address()
    {
        var result = await InvestigateAsync("checkout-outage");

        Assert.DoesNotContain("robin.vale@larkspur.example", result.Output + result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("FAKE-not-a-real-password", result.Output + result.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _fm.Dispose();

    private async Task<FmResult> InvestigateAsync(string sample) =>
        (await _fm.RunAsync("investigate", Path.Combine(Fm.Samples, sample), "--json")).Succeeded();

    private static IEnumerable<string?> Strings(JsonElement parent, string list, string property) =>
        parent.GetProperty(list).EnumerateArray().Select(item => item.GetProperty(property).GetString());

    private static void Resolve(JsonElement citation, Dictionary<string, long> evidence)
    {
        var match = Citation().Match(citation.GetString()!);
        Assert.True(match.Success, $"{citation} is not a citation.");

        var lines = evidence[match.Groups["evidence"].Value];
        var start = long.Parse(match.Groups["start"].Value);
        var end = match.Groups["end"].Success ? long.Parse(match.Groups["end"].Value) : start;
        Assert.InRange(start, 1, end);
        Assert.InRange(end, start, lines);
    }

    [GeneratedRegex(@"^(?<evidence>cases/[^/]+/evidence/[^#]+)#L(?<start>\d+)(-L(?<end>\d+))?$")]
    private static partial Regex Citation();
}
