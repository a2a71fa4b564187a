using FaultMaven.Data.Tests.Hosting;
using FaultMaven.Protos.Errors.V1;
using Grpc.Core;
using static FaultMaven.Data.Tests.Hosting.DataClientExtensions;

namespace FaultMaven.Data.Tests.Evidence;

public sealed class SearchingEvidence(DataHost host)
{
    [Fact]
    public async Task Cites_the_lines_file_by_file_in_upper_and_lower_case()
    {
        var parent = NewCase();
        var first = await host.Client.UploadAsync(parent, "a.log", "ok\nDisk FULL on /var\nok\n");
        var second = await host.Client.UploadAsync(parent, "b.log", "disk full again");

        var matches = await host.Client.SearchAsync(parent, "disk full");

        Assert.Equal(
            [(first.Name, "a.log", 2, 2, "Disk FULL on /var"), (second.Name, "b.log", 1, 1, "disk full again")],
            matches.Select(match => (match.Evidence, match.FileName, match.StartLine, match.EndLine, match.Quote)));
    }

    [Fact]
    public async Task Quotes_a_long_line_where_it_matches()
    {
        var parent = NewCase();
        await host.Client.UploadAsync(parent, "a.json", new string('x', 50_000) + "needle" + new string('y', 50_000));

        var match = Assert.Single(await host.Client.SearchAsync(parent, "needle"));

        Assert.Contains("needle", match.Quote, StringComparison.Ordinal);
        Assert.InRange(match.Quote.Length, 300, 400);
    }

    [Fact]
    public async Task Ends_after_as_many_matches_as_wanted()
    {
        var parent = NewCase();
        await host.Client.UploadAsync(parent, "a.log", string.Concat(Enumerable.Range(0, 5_000).Select(i => $"error {i}\n")));

        Assert.Equal(3, (await host.Client.SearchAsync(parent, "ERROR", 3)).Count);
        Assert.Equal(100, (await host.Client.SearchAsync(parent, "ERROR")).Count);
        Assert.Equal(1_000, (await host.Client.SearchAsync(parent, "ERROR", 5_000)).Count);
    }

    [Fact]
    public async Task Does_not_look_into_other_cases()
    {
        await host.Client.UploadAsync(NewCase(), "a.log", "elsewhere\n");

        Assert.Empty(await host.Client.SearchAsync(NewCase(), "elsewhere"));
    }

    [Fact]
    public async Task Finds_a_value_where_its_placeholder_is()
    {
        var parent = NewCase();
        await host.Client.UploadAsync(
            parent, "a.log", "2026-05-04T03:00:00Z ERROR token=PLANTED-ABC refused\n2026-05-04T03:00:01Z INFO ok\n");

        Assert.Equal([1L], (await host.Client.SearchAsync(parent, "PLANTED-ABC")).Select(match => match.StartLine));
        Assert.Equal(
            [1L],
            (await host.Client.SearchAsync(new() { Parent = parent, Fields = { ["token"] = "PLANTED-ABC" } }))
                .Select(found => found.Match.StartLine));
        Assert.Equal([1L], (await host.Client.SearchAsync(parent, ScriptedRedaction.Placeholder)).Select(match => match.StartLine));
    }

    [Fact]
    public async Task Takes_conditions_on_fields_as_json_too()
    {
        var parent = NewCase();
        await host.Client.UploadAsync(
            parent, "a.log", "2026-05-04T03:00:00Z INFO status=200 ok\n2026-05-04T03:00:01Z ERROR status=500 failed\n");
        using var http = host.CreateHttpClient();

        using var answer = await http.PostAsync(
            new Uri($"/v1/{parent}/evidence:search", UriKind.Relative),
            new StringContent("""{"fields": {"status": "500"}}""", System.Text.Encoding.UTF8, "application/json"),
            Cancel);

        var found = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("status=500 failed", found, StringComparison.Ordinal);
        Assert.DoesNotContain("status=200", found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_refused_while_too_many_others_read()
    {
        await using var small = await DataHost.StartAsync(("Data:Reads:MaxConcurrent", "1"), ("Data:Reads:Patience", "00:00:00.010"));
        var parent = NewCase();
        await small.Client.UploadAsync(
            parent, "a.log",
            string.Concat(Enumerable.Range(0, 400_000).Select(i => $"error {i} of a long log that fills the windows of the call\n")));
        using var slow = small.Client.SearchEvidence(
            new() { Parent = parent, Text = "error", MaxResults = 1_000, ContextLines = 20 }, cancellationToken: Cancel);

        // It is not read any further, so it keeps its place.
        Assert.True(await slow.ResponseStream.MoveNext(Cancel));

        await FailsAsync(StatusCode.ResourceExhausted, ErrorReason.Overloaded, () => small.Client.SearchAsync(parent, "error"));
    }

    [Fact]
    public async Task Refuses_to_look_for_nothing()
    {
        await FailsAsync(StatusCode.InvalidArgument, ErrorReason.InvalidField, () => host.Client.SearchAsync(NewCase(), ""));
    }
}
