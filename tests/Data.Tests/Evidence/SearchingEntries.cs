using FaultMaven.Data.Query.Search;
using FaultMaven.Data.Tests.Hosting;
using FaultMaven.Protos.Data.V1;
using FaultMaven.Protos.Errors.V1;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using static FaultMaven.Data.Tests.Hosting.DataClientExtensions;

namespace FaultMaven.Data.Tests.Evidence;

public sealed class SearchingEntries(DataHost host) : IAsyncLifetime
{
    private const string Log = """
        2026-05-04T03:00:00Z INFO [web] user 17 logged in status=200 took=12ms
        2026-05-04T03:00:05Z ERROR [db] query failed status=500
        java.lang.IllegalStateException: pool is empty
            at com.example.Pool.take(Pool.java:42)
        2026-05-04T03:00:06Z WARN [web] user 18 logged out status=200
        2026-05-04T03:00:07Z INFO [web] user 19 logged in status=5001
        """;

    private const string JsonLog = """
        {"time":"2026-05-04T03:00:02Z","level":"error","msg":"upstream gone","status":"500"}
        {"time":"2026-05-04T03:00:09Z","level":"info","msg":"upstream is back","status":"200"}
        """;

    private readonly string _parent = NewCase();
    private string _log = "";
    private string _jsonLog = "";

    public async ValueTask InitializeAsync()
    {
        _log = (await host.Client.UploadAsync(_parent, "app.log", Log, EvidenceType.Logs)).Name;
        _jsonLog = (await host.Client.UploadAsync(_parent, "proxy.json", JsonLog, EvidenceType.Logs)).Name;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task By_level_cites_all_lines_of_an_entry()
    {
        var matches = await host.Client.SearchAsync(new() { Parent = _parent, MinLevel = EntryLevel.Error });

        Assert.Equal(
            [(_log, 2, 4), (_jsonLog, 1, 1)], matches.Select(match => (match.Match.Evidence, match.Match.StartLine, match.Match.EndLine)));
        Assert.All(matches, match => Assert.Equal(EntryLevel.Error, match.Level));
        Assert.Equal(new DateTime(2026, 5, 4, 3, 0, 5, DateTimeKind.Utc), matches[0].Time.ToDateTime());
    }

    [Fact]
    public async Task By_text_and_level_quotes_the_line_that_has_the_text()
    {
        var match = Assert.Single(
            await host.Client.SearchAsync(new() { Parent = _parent, MinLevel = EntryLevel.Error, Text = "POOL IS EMPTY" }));

        Assert.Equal(
            (2, 4, "java.lang.IllegalStateException: pool is empty"), (match.Match.StartLine, match.Match.EndLine, match.Match.Quote));
    }

    [Fact]
    public async Task By_time_takes_the_start_and_leaves_the_end()
    {
        var request = new SearchEvidenceRequest { Parent = _parent, StartTime = At(5), EndTime = At(9) };

        Assert.Equal(
            [(_log, 2), (_log, 5), (_log, 6)],
            (await host.Client.SearchAsync(request)).Select(match => (match.Match.Evidence, match.Match.StartLine)));
    }

    [Fact]
    public async Task By_template_goes_by_the_message_alone()
    {
        var matches = await host.Client.SearchAsync(new() { Parent = _parent, Template = "user <*> logged in<*>" });

        Assert.Equal([1, 6], matches.Select(match => match.Match.StartLine));
        Assert.Empty(await host.Client.SearchAsync(new() { Parent = _parent, Template = "USER <*> logged in<*>", CaseSensitive = true }));
        Assert.Empty(await host.Client.SearchAsync(new() { Parent = _parent, Template = "user <*> logged" }));
    }

    [Fact]
    public async Task By_field_takes_all_of_its_value_however_it_is_written()
    {
        var matches = await host.Client.SearchAsync(new() { Parent = _parent, Fields = { ["status"] = "500" } });

        Assert.Equal([(_log, 2), (_jsonLog, 1)], matches.Select(match => (match.Match.Evidence, match.Match.StartLine)));
        Assert.Empty(await host.Client.SearchAsync(new() { Parent = _parent, Fields = { ["tatus"] = "500" } }));
        Assert.Single(await host.Client.SearchAsync(new() { Parent = _parent, Fields = { ["status"] = "200", ["took"] = "12ms" } }));
    }

    [Fact]
    public async Task Gives_the_lines_around_a_match()
    {
        var match = Assert.Single(await host.Client.SearchAsync(new() { Parent = _parent, Text = "logged out", ContextLines = 2 }));

        Assert.Equal(["java.lang.IllegalStateException: pool is empty", "    at com.example.Pool.take(Pool.java:42)"], match.LinesBefore);
        Assert.Equal(["2026-05-04T03:00:07Z INFO [web] user 19 logged in status=5001"], match.LinesAfter);
    }

    [Fact]
    public async Task Gives_the_lines_around_an_entry()
    {
        var match = Assert.Single(
            await host.Client.SearchAsync(new() { Parent = _parent, Evidence = _log, MinLevel = EntryLevel.Error, ContextLines = 1 }));

        Assert.StartsWith("2026-05-04T03:00:00Z", Assert.Single(match.LinesBefore), StringComparison.Ordinal);
        Assert.StartsWith("2026-05-04T03:00:06Z", Assert.Single(match.LinesAfter), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Looks_into_one_file_only_if_asked_to()
    {
        Assert.Equal(
            [_jsonLog],
            (await host.Client.SearchAsync(new() { Parent = _parent, Text = "500", Evidence = _jsonLog }))
                .Select(match => match.Match.Evidence));
        await FailsAsync(
            StatusCode.NotFound,
            ErrorReason.EvidenceNotFound,
            () =>
                host.Client.SearchAsync(
                    new SearchEvidenceRequest { Parent = _parent, Text = "500", Evidence = $"{_parent}/evidence/none" }));
    }

    [Fact]
    public async Task Finds_entries_deep_in_a_large_file_with_citations_that_hold()
    {
        var parent = NewCase();
        var evidence = await host.Client.UploadAsync(parent, "large.log", string.Concat(Enumerable.Range(0, 60_000).Select(i =>
            $"2026-05-04T{3 + (i / 3_600):00}:{i / 60 % 60:00}:{i % 60:00}Z {(i % 20_000 == 19_999 ? "FATAL" : "INFO")} step "
                + $"{i}{(i % 7 == 0 ? "\n" : "")}\n")));

        var matches = await host.Client.SearchAsync(new() { Parent = parent, MinLevel = EntryLevel.Critical, ContextLines = 3 });

        Assert.Equal(3, matches.Count);

        foreach (var match in matches)
        {
            var cited = await host.Client.ReadEvidenceLinesAsync(
                new() { Name = evidence.Name, StartLine = match.Match.StartLine - 3, EndLine = match.Match.StartLine + 3 },
                cancellationToken: Cancel);
            Assert.Equal(cited.Lines, [.. match.LinesBefore, match.Match.Quote, .. match.LinesAfter]);
        }
    }

    [Theory]
    [InlineData("text")]
    [InlineData("template")]
    [InlineData("fields")]
    [InlineData("context_lines")]
    [InlineData("evidence")]
    [InlineData("start_time")]
    [InlineData("min_level")]
    public async Task Refuses_what_it_cannot_look_for(string field)
    {
        var request = new SearchEvidenceRequest { Parent = _parent, Text = "x" };
        switch (field)
        {
            case "text":
                request.Text = new string('x', 513);
                break;
            case "template":
                request.Template = new string('x', 2_049);
                break;
            case "fields":
                request.Fields.Add("", "x");
                break;
            case "context_lines":
                request.ContextLines = 21;
                break;
            case "evidence":
                request.Evidence = $"{NewCase()}/evidence/a";
                break;
            case "start_time":
                request.StartTime = new Timestamp { Nanos = -1 };
                break;
            default:
                request.MinLevel = (EntryLevel)99;
                break;
        }

        var exception = await FailsAsync(StatusCode.InvalidArgument, ErrorReason.InvalidField, () => host.Client.SearchAsync(request));
        Assert.StartsWith(field, exception.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Matches_a_template_as_its_wildcards_say() => Prop.ForAll<NonEmptyArray<NonNull<string>>, NonNull<string>>((parts, filler) =>
    {
        // What a template was made from matches it, whatever stands for its wildcards.
        var texts = parts.Get.Select(part => part.Get.Trim().Replace("<*>", "", StringComparison.Ordinal)).ToList();
        var template = string.Join("<*>", texts);
        var message = string.Join(filler.Get, texts);

        return new TemplatePattern(template)
            .Matches(template.Contains("<*>", StringComparison.Ordinal) ? message : template.Trim(), StringComparison.Ordinal)
            || template != template.Trim();
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("a<*>b", "ab", true)]
    [InlineData("a<*>b", "a b c b", true)]
    [InlineData("a<*>b", "a b c", false)]
    [InlineData("<*> at <*>", "gone at 7", true)]
    [InlineData("ab<*>ba", "aba", false)]
    public void Knows_where_a_wildcard_ends(string template, string message, bool matches) =>
        Assert.Equal(matches, new TemplatePattern(template).Matches(message, StringComparison.Ordinal));

    private static Timestamp At(int second) => Timestamp.FromDateTime(new DateTime(2026, 5, 4, 3, 0, second, DateTimeKind.Utc));
}
