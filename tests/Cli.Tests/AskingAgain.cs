using System.Text.Json;
using System.Text.RegularExpressions;

namespace FaultMaven.Cli.Tests;

public sealed partial class AskingAgain : IDisposable
{
    private const string FullDisk =
        """
        2026-03-11T14:00:01Z INFO ledger: starting
        2026-03-11T14:00:02Z ERROR ledger: could not write /var/data/out.bin: No space left on device
        2026-03-11T14:00:03Z ERROR ledger: could not write /var/data/out.bin: No space left on device

        """;

    private readonly Fm _fm = new();

    [Fact]
    public async Task Follows_the_command_that_the_report_prints()
    {
        var report = (await _fm.RunAsync("investigate", Log(FullDisk), "--data-dir", _fm.DataDirectory)).Succeeded().Output;

        var command = Printed().Match(report);
        var again = (await _fm.RunInBashAsync(command.Value.Replace("…", "When did it start?", StringComparison.Ordinal))).Succeeded();

        Assert.True(command.Success, report);
        Assert.Contains("Nothing changed", again.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Says_what_changed_after_evidence_was_added(bool onServer)
    {
        string[] place = onServer ? ["--server", await ServeAsync()] : ["--data-dir", _fm.DataDirectory];
        var first = (await _fm.RunAsync(["investigate", Log("2026-03-11T13:59:00Z INFO ledger: starting\n"), "--json", .. place]))
            .Succeeded().Json;
        var name = first.GetProperty("case").GetString()!;

        var added = (await _fm.RunAsync(["evidence", "add", name, _fm.File("disk.log", FullDisk), .. place])).Succeeded();
        var second = (await _fm.RunAsync(["ask", name, "Why", "did", "ledger", "stop?", "--json", .. place])).Succeeded().Json;
        var third = (await _fm.RunAsync(["ask", name, "When did it start?", "--json", .. place])).Succeeded().Json;

        Assert.Equal(JsonValueKind.Null, first.GetProperty("since_last_answer").ValueKind);
        Assert.Contains($"fm ask {name}", added.Error, StringComparison.Ordinal);
        var change = second.GetProperty("since_last_answer");
        Assert.Equal(first.GetProperty("verdict").GetString(), change.GetProperty("previous_verdict").GetString());
        Assert.Equal(first.GetProperty("turn").GetString(), change.GetProperty("previous_turn").GetString());
        Assert.Equal("disk.log", Assert.Single(change.GetProperty("new_evidence").EnumerateArray()).GetProperty("file_name").GetString());
        Assert.NotEmpty(change.GetProperty("new_decisive_lines").EnumerateArray());
        Assert.Equal(2, second.GetProperty("evidence").GetArrayLength());
        Assert.StartsWith("It began at 2026-03-11 14:0", third.GetProperty("answer").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("Nothing changed", third.GetProperty("since_last_answer").GetProperty("summary").GetString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_a_file_in_which_nothing_was_found()
    {
        var poem = _fm.File("poem.txt", "A rose\nis a rose\n");

        var report = (await _fm.RunAsync("investigate", Log(FullDisk), poem)).Succeeded();

        Assert.Contains("Nothing was found in poem.txt.", report.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_case_that_does_not_exist_says_how_to_find_one()
    {
        var sentence = (await _fm.RunAsync("ask", "0198c1e2", "Why?")).FailedWith(5);

        Assert.Equal("fm: Case 0198c1e2 does not exist; 'fm case list' lists all cases.", sentence);
    }

    [Fact]
    public async Task Of_a_closed_case_says_what_to_do_instead()
    {
        var name = (await _fm.RunAsync("investigate", Log(FullDisk), "--json")).Succeeded().Json.GetProperty("case").GetString()!;
        (await _fm.RunAsync("case", "close", name, "--resolution", "resolved")).Succeeded();

        var sentence = (await _fm.RunAsync("ask", name, "Why?")).FailedWith(5);

        Assert.StartsWith($"fm: {name} is closed", sentence, StringComparison.Ordinal);
        Assert.Contains("fm investigate", sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("")]
    [InlineData("  ")]
    public async Task Without_a_question_says_how_to_write_one(params string[] question)
    {
        var sentence = (await _fm.RunAsync(["ask", "0198c1e2", .. question])).FailedWith(2);

        Assert.Equal("fm: The question is missing; write it after the case: fm ask 0198c1e2 \"When did it start?\".", sentence);
    }

    public void Dispose() => _fm.Dispose();

    private string Log(string text) => _fm.File("ledger.log", text);

    private async Task<string> ServeAsync()
    {
        var server = _fm.Start("serve", "--listen", "http://127.0.0.1:0", "--data-dir", Path.Combine(_fm.DataDirectory, "faultmaven"));
        return Address().Match(await server.ErrorLineAsync(line => Address().IsMatch(line))).Groups["url"].Value;
    }

    [GeneratedRegex(@"fm ask cases/\w+ ""…"" --data-dir \S+")]
    private static partial Regex Printed();

    [GeneratedRegex(@"JSON on (?<url>http://127\.0\.0\.1:[1-9]\d*)")]
    private static partial Regex Address();
}
