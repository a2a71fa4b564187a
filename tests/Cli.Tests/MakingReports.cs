using System.Text.Json;

namespace FaultMaven.Cli.Tests;

public sealed class MakingReports : IDisposable
{
    private const string Address = "203.0.113.77";

    private readonly Fm _fm = new();

    [Fact]
    public async Task Writes_the_report_of_what_was_just_found()
    {
        var file = Path.Combine(Path.GetDirectoryName(_fm.DataDirectory)!, "report.html");

        var result = (await _fm.RunAsync("investigate", Path.Combine(Fm.Samples, "memory-leak-rollout"), "--html", file)).Succeeded();

        var html = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.Contains($"Wrote {file}.", result.Error, StringComparison.Ordinal);
        Assert.StartsWith("<!DOCTYPE html>\n", html, StringComparison.Ordinal);
        Assert.Contains("<p class=\"headline\">Probable cause, not confirmed: resource exhaustion</p>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("The root cause is that", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prints_Markdown_unless_another_form_is_wanted()
    {
        var name = await InvestigateAsync();

        var markdown = (await _fm.RunAsync("report", name)).Succeeded().Output;
        var postmortem = (await _fm.RunAsync("report", name, "--kind", "postmortem", "--format", "json")).Succeeded().Json;
        var html = (await _fm.RunAsync("report", name, "-k", "timeline", "-f", "html")).Succeeded().Output;

        Assert.StartsWith("# Incident report: ", markdown, StringComparison.Ordinal);
        Assert.Contains("## Sources", markdown, StringComparison.Ordinal);
        Assert.Equal("KIND_POSTMORTEM", postmortem.GetProperty("kind").GetString());
        Assert.StartsWith("<!DOCTYPE html>", html, StringComparison.Ordinal);
        foreach (var statement in postmortem.GetProperty("sections").EnumerateArray()
            .SelectMany(section => section.TryGetProperty("statements", out var said) ? said.EnumerateArray() : []))
        {
            Assert.NotEqual(0, statement.GetProperty("sources").GetArrayLength());
        }
    }

    [Fact]
    public async Task Takes_the_form_from_the_name_of_the_file()
    {
        var name = await InvestigateAsync();
        var file = Path.Combine(Path.GetDirectoryName(_fm.DataDirectory)!, "out.json");

        (await _fm.RunAsync("report", name, "-o", file)).Succeeded();

        using var read = JsonDocument.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        Assert.Equal(1, read.RootElement.GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task Prints_a_version_again_as_it_was()
    {
        var name = await InvestigateAsync();
        var first = (await _fm.RunAsync("report", name)).Succeeded().Output;
        (await _fm.RunAsync("report", name)).Succeeded();

        var again = (await _fm.RunAsync("report", name, "--version-number", "1")).Succeeded().Output;
        var missing = (await _fm.RunAsync("report", name, "--version-number", "3")).FailedWith(5);

        Assert.Equal(first, again);
        Assert.Contains("the last is 2", missing, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Puts_addresses_back_only_when_asked()
    {
        var name = await InvestigateAsync();

        var redacted = (await _fm.RunAsync("report", name)).Succeeded().Output;
        var restored = (await _fm.RunAsync("report", name, "--restore")).Succeeded().Output;

        Assert.DoesNotContain(Address, redacted, StringComparison.Ordinal);
        Assert.Contains(Address, restored, StringComparison.Ordinal);
        Assert.DoesNotContain("anna.made.up", restored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_what_to_do_about_a_wrong_call()
    {
        var kind = (await _fm.RunAsync("report", "cases/1", "--kind", "novel")).FailedWith(2);
        var both = (await _fm.RunAsync("report", "cases/1", "--html", "a.html", "-f", "md")).FailedWith(2);
        var folder = (await _fm.RunAsync("report", "cases/1", "--html", "/no/such/folder/a.html")).FailedWith(6);
        var missing = (await _fm.RunAsync("report", "cases/0123456789abcdef0123456789abcdef")).FailedWith(5);
        var place = (await _fm.RunAsync("investigate", _fm.File("a.log", "ERROR x"), "--html", "/no/such/folder/a.html")).FailedWith(6);

        Assert.Contains("Must be one of", kind, StringComparison.Ordinal);
        Assert.Contains("leave out --format", both, StringComparison.Ordinal);
        Assert.Contains("no folder /no/such/folder", folder, StringComparison.Ordinal);
        Assert.Contains("cases/0123456789abcdef0123456789abcdef", missing, StringComparison.Ordinal);
        Assert.Contains("no folder", place, StringComparison.Ordinal);
    }

    public void Dispose() => _fm.Dispose();

    private async Task<string> InvestigateAsync()
    {
        var log = _fm.File("orders.log", string.Concat(Enumerable.Range(10, 8).Select(second =>
            $"2026-03-11T14:03:{second}Z ERROR pool exhausted for anna.made.up@example.org from {Address}, waiting={second}\n")));
        return (await _fm.RunAsync("investigate", log, "--json")).Succeeded().Json.GetProperty("case").GetString()!;
    }
}
