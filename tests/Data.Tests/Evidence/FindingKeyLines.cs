using FaultMaven.Data.Tests.Hosting;
using FaultMaven.Protos.Data.V1;
using Grpc.Core;
using static FaultMaven.Data.Tests.Hosting.DataClientExtensions;

namespace FaultMaven.Data.Tests.Evidence;

public sealed class FindingKeyLines(DataHost host)
{
    private const string Question = "Why does ledger-batch hang on node-17 since 10:40?";

    private static string Calm { get; } = string.Concat(Enumerable.Range(0, 400)
        .Select(i => $"2026-03-02T10:{i / 10:00}:{i % 10 * 6:00}Z INFO http: GET /accounts/{i * 37} 200 in {i % 9} ms\n"));

    [Fact]
    public async Task Puts_the_calm_line_that_decides_before_hundreds_of_others()
    {
        var parent = NewCase();
        await host.Client.UploadAsync(parent, "ledger.log", Calm
            + "2026-03-02T10:40:01Z INFO ledger-batch waiting for lock ledger/2026-03 held by job 88124\n"
            + string.Concat(Enumerable.Range(0, 60)
                .Select(i => $"2026-03-02T10:{41 + (i / 6)}:{i % 6 * 10:00}Z ERROR ledger-batch: request {i} timed out\n")));
        await host.Client.UploadAsync(parent, "jobs.txt",
            "JOB     NODE     STATE\n88124   node-17  suspended by operator\n88190   node-02  running\n");

        var lines = await FindAsync(parent, Question);

        Assert.Contains(lines.Take(4), line => line.Citation.Quote.Contains("held by job 88124", StringComparison.Ordinal));
        Assert.Contains(lines.Take(4), line => line.Citation.Quote.Contains("suspended by operator", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Counts_entries_that_differ_in_their_values_as_one_line()
    {
        var parent = NewCase();
        await host.Client.UploadAsync(parent, "ledger.log", Calm);

        var line = Assert.Single(await FindAsync(parent, Question));

        Assert.Equal((1L, 400L), (line.Citation.StartLine, line.Count));
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 10, 39, 54, TimeSpan.Zero), line.EndTime.ToDateTimeOffset());
    }

    [Fact]
    public async Task Keeps_an_entry_apart_that_names_what_was_asked_about()
    {
        var parent = NewCase();
        await host.Client.UploadAsync(parent, "jobs.log", string.Concat(Enumerable.Range(0, 50)
            .Select(i => $"2026-03-02T10:40:{i:00}Z INFO started on node-{i}\n")));

        var lines = await FindAsync(parent, Question);

        Assert.Contains(lines, line => line.Citation.Quote.EndsWith("node-17", StringComparison.Ordinal) && line.Count == 1);
    }

    [Fact]
    public async Task Marks_the_changed_lines_of_a_diff()
    {
        var parent = NewCase();
        await host.Client.UploadAsync(parent, "change.diff",
            """
            --- a/client.hcl
            +++ b/client.hcl
            @@ -4,3 +4,3 @@
             client {
            -  volume "ledger-data" {
            +  volume "ledger_data" {
               path = "/srv"

            """);

        var lines = await FindAsync(parent, Question);

        Assert.Equal(["-  volume \"ledger-data\" {", "+  volume \"ledger_data\" {"],
            lines.Where(line => line.Changed).OrderBy(line => line.Citation.StartLine).Select(line => line.Citation.Quote));
    }

    [Fact]
    public async Task Finds_the_lines_of_a_document_without_line_ends()
    {
        var parent = NewCase();
        var queues = Enumerable.Range(0, 80)
            .Select(i => new { name = $"queue-{i}", state = i == 61 ? "suspended: quota used up" : "running" });
        await host.Client.UploadAsync(parent, "state.json", System.Text.Json.JsonSerializer.Serialize(new { items = queues }));

        Assert.Contains(await FindAsync(parent, "Which queue is stuck?"),
            line => line.Citation.Quote.Contains("quota used up", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Returns_as_many_as_wanted()
    {
        var parent = NewCase();
        await host.Client.UploadAsync(parent, "notes.txt",
            string.Concat("abcdefghijklmnopqrstuvwxyz".Select(letter => $"{letter} is {letter} and {letter}{letter}\n")));

        Assert.Equal(10, (await FindAsync(parent, Question)).Count);
        Assert.Equal(2, (await FindAsync(parent, Question, 2)).Count);
    }

    [Fact]
    public async Task Finds_nothing_in_a_case_without_evidence() => Assert.Empty(await FindAsync(NewCase(), Question));

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public async Task Refuses_a_question_that_is_empty_or_too_long(string? question)
    {
        var fault = await Assert.ThrowsAsync<RpcException>(() => FindAsync(NewCase(), question ?? new string('x', 8_193)));

        Assert.Equal(StatusCode.InvalidArgument, fault.StatusCode);
    }

    [Fact]
    public async Task Redacts_the_question_like_the_evidence()
    {
        var parent = NewCase();
        await host.Client.UploadAsync(parent, "a.log",
            "2026-05-04T03:00:00Z ERROR token=PLANTED-ABC refused\n2026-05-04T03:00:01Z INFO ok\n");

        Assert.DoesNotContain(await FindAsync(parent, "Why is PLANTED-ABC refused?"),
            line => line.Citation.Quote.Contains("PLANTED", StringComparison.Ordinal));
    }

    private async Task<IReadOnlyList<KeyLine>> FindAsync(string parent, string question, int count = 0) =>
        (await host.Client.FindKeyLinesAsync(
            new() { Parent = parent, Question = question, MaxResults = count }, cancellationToken: Cancel)).KeyLines;
}
