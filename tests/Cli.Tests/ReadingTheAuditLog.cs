using System.Text.Json;
using System.Text.RegularExpressions;

namespace FaultMaven.Cli.Tests;

public sealed class ReadingTheAuditLog : IDisposable
{
    private readonly Fm _fm = new();

    [Fact]
    public async Task Lists_verifies_and_exports_what_was_done_in_the_data_folder()
    {
        (await _fm.RunAsync("key", "create", "deploy-bot", "--role", "viewer", "--scope", "cases")).Succeeded();

        var listed = (await _fm.RunAsync("audit", "list", "--filter", "method = \"*CreateApiKey\"")).Succeeded().Output;
        var newest = (await _fm.RunAsync("audit", "list", "--log", "gateway", "--count", "1", "--json")).Succeeded().Output;
        var verified = (await _fm.RunAsync("audit", "verify")).Succeeded().Output;
        var exported = (await _fm.RunAsync("audit", "export")).Succeeded().Output;

        Assert.Contains("ended CreateApiKey", listed, StringComparison.Ordinal);
        Assert.DoesNotContain("deploy-bot", listed, StringComparison.Ordinal);
        Assert.Equal("KIND_ENDED", Kinds(newest).Single());
        Assert.Contains("Nothing is wrong.", verified, StringComparison.Ordinal);
        Assert.Equal(["KIND_BEGAN", "KIND_ENDED", "KIND_BEGAN"], Kinds(exported));
    }

    [Fact]
    public async Task Checks_that_an_entry_is_as_it_was()
    {
        (await _fm.RunAsync("key", "create", "deploy-bot", "--role", "viewer", "--scope", "cases")).Succeeded();
        var printed = (await _fm.RunAsync("audit", "verify", "--log", "gateway")).Succeeded().Output;
        var known = Regex.Match(printed, @"--known\s+(\d+:[0-9a-f]{64})").Groups[1].Value;
        (await _fm.RunAsync("key", "create", "other-bot", "--role", "viewer", "--scope", "cases")).Succeeded();

        (await _fm.RunAsync("audit", "verify", "--log", "gateway", "--known", known)).Succeeded();
        (await _fm.RunAsync("audit", "verify", "--log", "gateway", "--known", $"1:{known.Split(':')[1]}")).FailedWith(1);
    }

    [Theory]
    [InlineData("42")]
    [InlineData("0:ab")]
    [InlineData("a:b:c")]
    public async Task Refuses_what_is_no_number_with_a_hash(string known) =>
        (await _fm.RunAsync("audit", "verify", "--log", "gateway", "--known", known)).FailedWith(2);

    [Fact]
    public async Task Says_what_is_wrong_with_a_request()
    {
        (await _fm.RunAsync("audit", "list", "--log", "nothing")).FailedWith(5);
        (await _fm.RunAsync("audit", "list", "--filter", "who = me")).FailedWith(5);
    }

    public void Dispose() => _fm.Dispose();

    private static IEnumerable<string?> Kinds(string lines) => lines.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("kind").GetString());
}
