using System.Globalization;
using System.Text;
using FaultMaven.Data.Query.Timelines;
using FaultMaven.Data.Tests.Hosting;
using FaultMaven.Protos.Data.V1;
using FaultMaven.Protos.Errors.V1;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using static FaultMaven.Data.Tests.Hosting.DataClientExtensions;
using EvidenceTimeline = FaultMaven.Protos.Data.V1.EvidenceTimeline;

namespace FaultMaven.Data.Tests.Evidence;

public sealed class CountingEntriesOverTime(DataHost host) : IAsyncLifetime
{
    private static readonly DateTimeOffset s_start = new(2026, 5, 4, 3, 0, 0, TimeSpan.Zero);

    private readonly string _parent = NewCase();
    private string _web = "";

    // Ten minutes: a request a second, and from the sixth minute on an error every ten seconds.
    public async ValueTask InitializeAsync()
    {
        var log = new StringBuilder();

        for (var second = 0; second < 600; second++)
        {
            log.Append(Line(second, "INFO", $"request {1000 + second} served in {second % 7} ms"));

            if (second >= 300 && second % 10 == 0)
            {
                log.Append(Line(second, "ERROR", $"no connection for request {second}"))
                    .Append("java.lang.IllegalStateException: closed\n    at shop.Pool.take(Pool.java:9)\n");
            }
        }

        _web = (await host.Client.UploadAsync(_parent, "web.log", log.ToString(), EvidenceType.Logs)).Name;
        await host.Client.UploadAsync(
            _parent, "db.log", $"{Line(0, "WARN", "checkpoint is late")}{Line(599, "WARN", "checkpoint is late")}", EvidenceType.Logs);
        await host.Client.UploadAsync(_parent, "notes.txt", "Nobody knows why. It began at three.\n", EvidenceType.Text);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Counts_each_level_in_each_bucket()
    {
        var answer = await QueryAsync(new() { BucketWidth = Duration.FromTimeSpan(TimeSpan.FromMinutes(1)) });

        Assert.Equal((s_start.ToTimestamp(), 10, 632L, 0L), (answer.StartTime, answer.BucketCount, answer.EntryCount, answer.UntimedCount));
        Assert.Equal([EntryLevel.Error, EntryLevel.Warning, EntryLevel.Information], answer.Levels.Select(level => level.Level));
        Assert.Equal([0L, 0, 0, 0, 0, 6, 6, 6, 6, 6], answer.Levels[0].BucketCounts);
        Assert.Equal([1L, 0, 0, 0, 0, 0, 0, 0, 0, 1], answer.Levels[1].BucketCounts);
        Assert.All(answer.Levels[2].BucketCounts, count => Assert.Equal(60, count));
    }

    [Fact]
    public async Task Reports_the_most_frequent_templates_with_their_place_and_time()
    {
        var answer = await QueryAsync(new() { BucketWidth = Duration.FromTimeSpan(TimeSpan.FromMinutes(5)), MaxTemplates = 2 });

        Assert.Equal(
            [("request <*> served in <*> ms", 600L), ("no connection for request <*>", 30)],
            answer.Templates.Select(template => (template.Template, template.Count)));
        Assert.Equal(3, answer.TemplateCount);
        var errors = answer.Templates[1];
        Assert.Equal([0L, 30], errors.BucketCounts);
        Assert.Equal(
            (EntryLevel.Error, s_start.AddSeconds(300).ToTimestamp(), s_start.AddSeconds(590).ToTimestamp()),
            (errors.Level, errors.FirstTime, errors.LastTime));
        Assert.Equal(
            (_web, 302, 304, "no connection for request 300"),
            (errors.First.Evidence, errors.First.StartLine, errors.First.EndLine, errors.First.Quote));
        Assert.NotEmpty(await host.Client.SearchAsync(new() { Parent = _parent, Template = errors.Template }));
    }

    [Fact]
    public async Task Puts_what_changed_with_the_incident_first()
    {
        var answer = await QueryAsync(new() { IncidentTime = s_start.AddSeconds(295).ToTimestamp() });

        Assert.Equal(
            ("no connection for request <*>", 0L, true),
            (answer.Templates[0].Template, answer.Templates[0].CountBeforeIncident, answer.Templates[0].IsNew));
        var requests = Assert.Single(answer.Templates, template => template.Count == 600);
        Assert.Equal((295L, false), (requests.CountBeforeIncident, requests.IsNew));
    }

    [Fact]
    public async Task Counts_only_what_is_in_the_window_and_the_evidence_asked_for()
    {
        var answer = await QueryAsync(new()
        {
            Evidence = _web,
            StartTime = s_start.AddSeconds(301).ToTimestamp(),
            EndTime = s_start.AddSeconds(311).ToTimestamp(),
            BucketWidth = Duration.FromTimeSpan(TimeSpan.FromSeconds(5)),
        });

        Assert.Equal((s_start.AddSeconds(300).ToTimestamp(), 3, 11L), (answer.StartTime, answer.BucketCount, answer.EntryCount));
        Assert.Equal([4L, 5, 1], answer.Levels.Single(level => level.Level == EntryLevel.Information).BucketCounts);
    }

    [Fact]
    public async Task Chooses_a_width_that_people_count_in()
    {
        Assert.Equal((TimeSpan.FromSeconds(10), 60), Shape(await QueryAsync(new())));
        Assert.Equal((TimeSpan.FromMinutes(2), 5), Shape(await QueryAsync(new() { MaxBuckets = 8 })));

        static (TimeSpan, int) Shape(EvidenceTimeline answer) => (answer.BucketWidth.ToTimeSpan(), answer.BucketCount);
    }

    [Fact]
    public async Task Counts_entries_without_a_time_in_no_bucket()
    {
        var parent = NewCase();
        await host.Client.UploadAsync(parent, "console.txt", "INFO: up\nERROR: down\nINFO: up\n", EvidenceType.Logs);

        var answer = await QueryAsync(new() { Parent = parent });

        Assert.Equal((0, 3L, 3L), (answer.BucketCount, answer.EntryCount, answer.UntimedCount));
        Assert.Null(answer.StartTime);
        Assert.Equal([1L, 2], answer.Levels.Select(level => level.Count));
    }

    [Theory]
    [InlineData("""
        {"logs": [
          {"timestamp": "2026-05-04T03:00:02Z", "status": "error", "service": "web", "message": "no connection for request 7"},
          {"timestamp": "2026-05-04T03:00:01Z", "status": "info", "service": "web", "message": "up"}]}
        """, 2)]
    [InlineData("""
        {"events": [
          {"timestamp": 1777863602000, "message": "ERROR no connection for request 7", "logStreamName": "web",
           "ingestionTime": 1777863603000},
          {"timestamp": 1777863601000, "message": "INFO up", "logStreamName": "web", "ingestionTime": 1777863603000}]}
        """, 2)]
    [InlineData("""
        {"status": "success", "data": {"resultType": "streams", "result": [{"stream": {"app": "web"}, "values": [
          ["1777863602000000000", "ERROR no connection for request 7"],
          ["1777863601000000000", "INFO up"]]}]}}
        """, 2)]
    [InlineData("""
        {"hits": {"hits": [
          {"_index": "logs", "_source": {"@timestamp": "2026-05-04T03:00:02Z", "level": "ERROR", "message": "no connection for request 7"}},
          {"_index": "logs", "_source": {"@timestamp": "2026-05-04T03:00:01Z", "level": "INFO", "message": "up"}}]}}
        """, 2)]
    [InlineData("""
        {"pod_name": "web-0",
         "logs": "2026-05-04T03:00:01Z INFO up\n2026-05-04T03:00:02Z ERROR no connection for request 7\n"}
        """, 2)]
    [InlineData("""
        [{"time": "2026-05-04T03:00:01Z", "level": "info", "msg": "up"},
         {"time": "2026-05-04T03:00:02Z", "level": "error", "msg": "no connection for request 7"}]
        """, 2)]
    public async Task Counts_the_entries_of_logs_inside_documents(string document, int line)
    {
        var parent = NewCase();
        var evidence = await host.Client.UploadAsync(parent, "export.json", document, EvidenceType.Logs);

        var answer = await QueryAsync(new() { Parent = parent, BucketWidth = Duration.FromTimeSpan(TimeSpan.FromSeconds(1)) });

        Assert.Equal(
            (s_start.AddSeconds(1).ToTimestamp(), 2, 2L, 0L),
            (answer.StartTime, answer.BucketCount, answer.EntryCount, answer.UntimedCount));
        Assert.Equal(
            [(EntryLevel.Error, "0 1"), (EntryLevel.Information, "1 0")],
            answer.Levels.Select(level => (level.Level, string.Join(' ', level.BucketCounts))));
        var error = Assert.Single(answer.Templates, template => template.Level == EntryLevel.Error);
        Assert.Equal((evidence.Name, line), (error.First.Evidence, error.First.StartLine));
    }

    [Fact]
    public async Task Reports_its_progress_first()
    {
        using var call = host.Client.QueryEvidenceTimeline(new() { Parent = _parent }, cancellationToken: Cancel);

        var responses = await call.ResponseStream.ReadAllAsync(Cancel).ToListAsync(Cancel);

        var progress = responses.SkipLast(1).Select(response => response.Progress).ToList();
        Assert.Equal(["web.log", "db.log"], progress.Select(step => step.FileName));
        Assert.All(progress, step => Assert.InRange(step.BytesTotal, 20_000, 100_000));
        Assert.Equal(632, responses[^1].Timeline.EntryCount);
    }

    [Fact]
    public async Task Of_a_case_without_logs_is_empty()
    {
        var answer = await QueryAsync(new() { Parent = NewCase() });

        Assert.Equal((0, 0L, 0), (answer.BucketCount, answer.EntryCount, answer.Templates.Count));
    }

    [Fact]
    public async Task Is_there_as_json_over_http()
    {
        using var http = host.CreateHttpClient();

        var json = await http.GetStringAsync(
            new Uri($"/v1/{_parent}/evidence:queryTimeline?bucketWidth=300s&maxTemplates=1", UriKind.Relative), Cancel);

        Assert.Contains("\"bucketCount\":2", json.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_makes_no_sense_is_refused()
    {
        await RefusedAsync(new() { StartTime = s_start.AddSeconds(5).ToTimestamp(), EndTime = s_start.ToTimestamp() });
        await RefusedAsync(new() { BucketWidth = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(100)) });
        await RefusedAsync(new() { BucketWidth = new() { Nanos = 1_500_000 } });
        await RefusedAsync(new() { BucketWidth = new() { Seconds = -1 } });
        await RefusedAsync(new() { BucketWidth = new() { Seconds = long.MaxValue } });
        await RefusedAsync(new() { MaxBuckets = -1 });
        await RefusedAsync(new() { MaxTemplates = -1 });
        await RefusedAsync(new() { IncidentTime = new() { Seconds = long.MaxValue } });
        await RefusedAsync(new() { Evidence = $"{NewCase()}/evidence/other" });
        await FailsAsync(
            StatusCode.NotFound, ErrorReason.EvidenceNotFound, () => QueryAsync(new() { Evidence = $"{_parent}/evidence/none" }));

        Task RefusedAsync(QueryEvidenceTimelineRequest request) =>
            FailsAsync(StatusCode.InvalidArgument, ErrorReason.InvalidField, () => QueryAsync(request));
    }

    [Fact]
    public void Has_every_time_in_one_of_at_most_as_many_buckets_as_wanted() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<(DateTime First, DateTime Last, DateTime Between, byte Max)>(),
            given =>
            {
                DateTimeOffset[] times =
                [
                    .. new[] { given.First, given.Last, given.Between }
                        .Select(time => new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc))).Order(),
                ];

                var buckets = TimelineBuckets.Of(times[0], times[2], given.Max + 1);

                return buckets.Count >= 1 && buckets.Count <= given.Max + 1 && times.All(time => buckets.IndexOf(time) >= 0)
                    && buckets.IndexOf(times[2]) == buckets.Count - 1;
            }).QuickCheckThrowOnFailure();

    private Task<EvidenceTimeline> QueryAsync(QueryEvidenceTimelineRequest request)
    {
        request.Parent = request.Parent.Length == 0 ? _parent : request.Parent;

        return host.Client.QueryAsync(request);
    }

    private static string Line(int second, string level, string message) =>
        string.Create(CultureInfo.InvariantCulture, $"{s_start.AddSeconds(second):yyyy-MM-ddTHH:mm:ssZ} {level} [web] {message}\n");
}
