using System.Text.Json;

namespace FaultMaven.Cli.Tests;

public sealed class Redacting : IDisposable
{
    private readonly Fm _fm = new();

    [Fact]
    public async Task Replaces_what_it_finds_in_standard_input()
    {
        var result = (await _fm.RunWithInputAsync("mail from ann@example.org, again ann@example.org\n", "redact")).Succeeded();

        Assert.Equal("mail from <EMAIL_ADDRESS_1>, again <EMAIL_ADDRESS_1>\n", result.Output);
        Assert.Contains("EMAIL_ADDRESS", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Writes_the_lines_of_a_pipe_that_stays_open_when_no_more_come()
    {
        const string Body = "MadeUpForTestsOnly0MadeUpForTestsOnly0MadeUpForTestsOnly0MadeUp";
        var process = _fm.Start("redact");

        await WriteAsync("login of ann@example.org\n");
        Assert.Equal("login of <EMAIL_ADDRESS_1>", await process.OutputLineAsync(_ => true));

        // As far as a writer has come that pauses inside a key.
        await WriteAsync($"the key is\n-----BEGIN PRIVATE KEY-----\n{Body}\n{Body}\n");
        Assert.Equal("the key is", await process.OutputLineAsync(_ => true));
        await WriteAsync($"{Body}\n-----END PRIVATE KEY-----\nlogout of ann@example.org\n");
        Assert.Equal("<PRIVATE_KEY_1>", await process.OutputLineAsync(_ => true));
        Assert.Equal("logout of <EMAIL_ADDRESS_1>", await process.OutputLineAsync(_ => true));

        process.Input.Close();
        (await process.EndAsync()).Succeeded();

        async Task WriteAsync(string text)
        {
            await process.Input.WriteAsync(text);
            await process.Input.FlushAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Leaves_everything_else_as_it_was()
    {
        var text = "héllo 🙂 – tab\there\r\nno newline at the end";

        var result = (await _fm.RunAsync("redact", _fm.File("plain.txt", text))).Succeeded();

        Assert.Equal(text.ReplaceLineEndings("\n"), result.Output.TrimEnd('\n').ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Answers_json_lines_in_order_with_offsets_in_utf16()
    {
        var lines = Enumerable.Range(1, 3000)
            .Select(i => JsonSerializer.Serialize(new { id = i, text = $"🙂 user{i}@example.org logged in" }));

        var result = (await _fm.RunWithInputAsync(string.Join('\n', lines), "redact", "--jsonl")).Succeeded();

        var answers = result.JsonLines;
        Assert.Equal(Enumerable.Range(1, 3000), answers.Select(answer => answer.GetProperty("id").GetInt32()));
        var finding = Assert.Single(answers[0].GetProperty("findings").EnumerateArray());
        Assert.Equal(["type", "start", "end"], finding.EnumerateObject().Select(property => property.Name));
        Assert.Equal("EMAIL_ADDRESS", finding.GetProperty("type").GetString());
        Assert.Equal((3, 20), (finding.GetProperty("start").GetInt32(), finding.GetProperty("end").GetInt32()));
        Assert.Equal("🙂 <EMAIL_ADDRESS_1> logged in", answers[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task Answers_a_line_before_the_next_one_is_written()
    {
        var process = _fm.Start("redact", "--jsonl");

        foreach (var id in new[] { "a", "b" })
        {
            await process.Input.WriteLineAsync($$"""{"id": "{{id}}", "text": "from 203.0.113.7"}""");
            await process.Input.FlushAsync(TestContext.Current.CancellationToken);
            var answer = JsonDocument.Parse(await process.OutputLineAsync(_ => true)).RootElement;
            Assert.Equal(id, answer.GetProperty("id").GetString());
        }

        process.Input.Close();
        (await process.EndAsync()).Succeeded();
    }

    [Fact]
    public async Task Says_which_line_is_malformed_after_answering_those_before_it()
    {
        var result = await _fm.RunWithInputAsync("{\"id\": 1, \"text\": \"fine\"}\n\n{\"id\": 2}\n", "redact", "--jsonl");

        Assert.Contains("Line 3", result.FailedWith(3), StringComparison.Ordinal);
        Assert.Equal(1, Assert.Single(result.JsonLines).GetProperty("id").GetInt32());
    }

    [Fact]
    public async Task Takes_a_text_larger_than_one_call_does()
    {
        var text = string.Concat(Enumerable.Repeat("nothing to see here, move along. ", 130_000)) + "ann@example.org";

        var result = (await _fm.RunWithInputAsync(JsonSerializer.Serialize(new { id = "long", text }), "redact", "--jsonl")).Succeeded();

        var answer = Assert.Single(result.JsonLines);
        Assert.EndsWith("along. <EMAIL_ADDRESS_1>", answer.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(text.Length, answer.GetProperty("findings")[0].GetProperty("end").GetInt32());
    }

    [Fact]
    public async Task Keeps_nothing()
    {
        (await _fm.RunWithInputAsync("ann@example.org", "redact")).Succeeded();

        Assert.Empty(_fm.TemporaryFiles());
        Assert.False(Directory.Exists(_fm.DataDirectory));
    }

    [Fact]
    public async Task Ends_at_once_on_interruption_and_leaves_nothing_behind()
    {
        var process = _fm.Start("redact", "--jsonl");
        await process.Input.WriteLineAsync("""{"id": 1, "text": "x"}""");
        await process.Input.FlushAsync(TestContext.Current.CancellationToken);
        await process.OutputLineAsync(_ => true);

        await process.InterruptAsync();

        Assert.Equal("fm: Interrupted.", (await process.EndAsync()).FailedWith(130));
        Assert.Empty(_fm.TemporaryFiles());
    }

    [Fact]
    public async Task Reports_what_it_could_not_read_as_text()
    {
        var file = _fm.File("latin.txt", "");
        await File.WriteAllBytesAsync(file, [.. "caf"u8, 0xE9, .. " of ann@example.org"u8], TestContext.Current.CancellationToken);

        var result = (await _fm.RunAsync("redact", file)).Succeeded();

        Assert.StartsWith("caf\uFFFD of <EMAIL_ADDRESS_1>", result.Output, StringComparison.Ordinal);
        Assert.Contains("U+FFFD in 1 place;", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_undone_by_restoring_in_the_same_scope()
    {
        const string Text = "mail <EMAIL_ADDRESS_1> and ann@example.org, password=Zt7-made-up";

        var redacted = (await _fm.RunWithInputAsync(Text, "redact", "--scope", "try")).Succeeded();
        var restored = (await _fm.RunWithInputAsync(redacted.Output, "restore", "--scope", "try")).Succeeded();
        var elsewhere = (await _fm.RunWithInputAsync(redacted.Output, "restore", "--scope", "other")).Succeeded();

        Assert.DoesNotContain("ann@example.org", redacted.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Zt7", redacted.Output, StringComparison.Ordinal);
        Assert.Equal(Text, restored.Output.TrimEnd());
        Assert.Equal(redacted.Output, elsewhere.Output);
        Assert.Contains("<EMAIL_ADDRESS_1>", elsewhere.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Follows_a_policy()
    {
        const string Policy =
            """{"typeRules": [{"type": "EMAIL_ADDRESS", "action": "REDACTION_ACTION_MASK"}], "allowedValues": ["10.1.2.3"]}""";
        (await _fm.RunWithInputAsync(Policy, "policy", "save", "strict", "-")).Succeeded();

        var redacted = (await _fm.RunWithInputAsync("ann@example.org from 10.1.2.3 and 10.1.2.4", "redact", "--policy", "strict"))
            .Succeeded();
        var listed = (await _fm.RunAsync("policy", "list")).Succeeded();
        var unknown = await _fm.RunWithInputAsync("x", "redact", "--policy", "none");

        Assert.Equal("<EMAIL_ADDRESS_0> from 10.1.2.3 and <IP_ADDRESS_1>", redacted.Output.TrimEnd());
        Assert.Contains("strict@1", listed.Output, StringComparison.Ordinal);
        Assert.Contains("redactionPolicies/none", unknown.FailedWith(5), StringComparison.Ordinal);
    }

    public void Dispose() => _fm.Dispose();
}
