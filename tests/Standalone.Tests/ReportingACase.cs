using System.Text;
using FaultMaven.Client;
using FaultMaven.Protos.Agent.V1;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Session.V1;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.Tests.Shared;
using Google.Protobuf;
using Grpc.Core;
using Kind = FaultMaven.Protos.Agent.V1.Report.Types.Kind;
using Topic = FaultMaven.Protos.Agent.V1.ReportSection.Types.Topic;

namespace FaultMaven.Standalone.Tests;

/// <summary>Reports of a case that was investigated and resolved, as the services make them.</summary>
public sealed class ReportingACase : IAsyncLifetime
{
    // A made-up incident: a limit was lowered, and the pool ran out.
    private const string Log = """
        2026-03-11T14:00:01Z INFO pool of orders-db ready (limit 40)
        2026-03-11T14:02:00Z INFO configuration reloaded: pool limit 4
        2026-03-11T14:03:10Z ERROR order 71 failed: connection pool exhausted, timed out after 30000 ms (total=4, active=4, waiting=9)
        2026-03-11T14:03:11Z ERROR order 72 failed: connection pool exhausted, timed out after 30000 ms (total=4, active=4, waiting=12)
        2026-03-11T14:03:15Z ERROR order 75 failed: connection pool exhausted, timed out after 30000 ms (total=4, active=4, waiting=17)
        2026-03-11T14:03:19Z ERROR order 77 failed: connection pool exhausted, timed out after 30000 ms (total=4, active=4, waiting=21)

        """;

    private const string Metrics = """
        timestamp,orders_pool_active,orders_http_5xx_percent
        2026-03-11T14:00:00Z,12,0.1
        2026-03-11T14:01:00Z,13,0.2
        2026-03-11T14:02:00Z,12,0.1
        2026-03-11T14:03:00Z,4,61.3
        2026-03-11T14:04:00Z,4,63.0
        2026-03-11T14:05:00Z,4,62.2

        """;

    private const string Diff = """
        --- a/orders/application.yaml
        +++ b/orders/application.yaml
        @@ -3,3 +3,3 @@
         pool:
        -  maximum-pool-size: 40
        +  maximum-pool-size: 4

        """;

    private FaultMavenHost _host = null!;
    private FaultMavenClient _client = null!;
    private string _name = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<Kind> Kinds => [.. Enum.GetValues<Kind>().Where(kind => kind != Kind.Unspecified)];

    public async ValueTask InitializeAsync()
    {
        _host = await FaultMavenHost.StartAsync(Cancel);
        _client = new(_host.Channel.CreateCallInvoker());
        var opened = new CreateCaseRequest { Title = "Orders fail", Case = new() { Description = "Shoppers see errors since lunch" } };
        _name = (await _client.Sessions.CreateCaseAsync(opened, cancellationToken: Cancel)).Name;
    }

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Has_only_statements_with_evidence_or_of_people(Kind kind)
    {
        await ResolveAsync();

        var report = await CreateAsync(kind);

        var said = report.Sections.Where(section => section.Topic is Topic.Said or Topic.Resolution)
            .SelectMany(section => section.Statements).ToList();
        var found = Statements(report).Except(said).ToList();
        Assert.NotEmpty(found);
        foreach (var statement in found)
        {
            Assert.NotEmpty(statement.Sources);
            foreach (var citation in statement.Sources.Select(number => report.Sources[number - 1].Citation))
            {
                var lines = await _client.Data.ReadEvidenceLinesAsync(
                    new() { Name = citation.Evidence, StartLine = citation.StartLine, EndLine = citation.EndLine },
                    cancellationToken: Cancel);
                Assert.Equal(lines.Lines.Take(8), report.Sources.Single(source => source.Citation?.Equals(citation) == true).Lines);
            }
        }

        Assert.All(said, statement => Assert.All(
            statement.Sources, number => Assert.Equal(statement.Text, report.Sources[number - 1].Saying.Text)));
    }

    [Fact]
    public async Task Says_who_said_what_and_why_it_was_closed()
    {
        await ResolveAsync();

        var report = await CreateAsync(Kind.Closure);

        Assert.Equal(
            ["Shoppers see errors since lunch", "We put the limit back at 14:30"],
            report.Sections.Single(section => section.Topic == Topic.Said).Statements.Select(statement => statement.Text));
        var closing = Assert.Single(report.Sections.Single(section => section.Topic == Topic.Resolution).Statements);
        Assert.Equal("The limit is 40 again", closing.Text);
        Assert.Equal(("closed", "resolved"), (report.Facts.State, report.Facts.Resolution));
        Assert.NotEmpty(report.Sources[closing.Sources[0] - 1].Saying.Actor);
    }

    [Fact]
    public async Task Shows_the_metrics_and_the_log_entries_that_it_is_about()
    {
        await ResolveAsync();

        var report = await CreateAsync(Kind.Incident);

        Assert.Equal(6, report.LogRate.EntryCount);
        var curve = Assert.Single(report.Curves, curve => curve.Series.Metric == "orders_http_5xx_percent");
        Assert.Equal([0.1, 0.2, 0.1, 61.3, 63.0, 62.2], curve.Series.Points.Select(point => point.Value));
        Assert.Equal([2, 3, 4, 5, 6, 7], curve.Series.Points.Select(point => (int)point.Line));
    }

    [Fact]
    public async Task Says_what_is_missing_where_no_one_has_asked_yet()
    {
        var report = await CreateAsync(Kind.Postmortem);

        Assert.Equal(Verdict.Unspecified, report.Verdict);
        Assert.All(
            Statements(report), statement => Assert.All(statement.Sources, number => Assert.NotNull(report.Sources[number - 1].Saying)));
        var gap = Assert.Single(report.Sections.Single(section => section.Topic == Topic.Summary).Gaps);
        Assert.Equal($"fm evidence add {_name} FILE", gap.Command);
    }

    [Fact]
    public async Task Leaves_out_what_rests_on_evidence_that_was_deleted()
    {
        await ResolveAsync(close: false);
        foreach (var evidence in (await _client.Data.ListEvidenceAsync(new() { Parent = _name }, cancellationToken: Cancel)).Evidence)
        {
            await _client.Data.DeleteEvidenceAsync(new() { Name = evidence.Name }, cancellationToken: Cancel);
        }

        var report = await CreateAsync(Kind.Incident);

        Assert.DoesNotContain(report.Sources, source => source.Citation is not null);
        Assert.Empty(report.CausalChain);
        Assert.Contains(report.Sections[0].Gaps, gap => gap.Missing.Contains("any more", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Keeps_each_version_as_it_was_and_writes_it_in_the_log_of_the_case()
    {
        var first = await CreateAsync(Kind.Incident);
        await ResolveAsync();
        var second = await CreateAsync(Kind.Incident);
        var other = await CreateAsync(Kind.Timeline);

        Assert.Equal((1, 2, 1), (first.Version, second.Version, other.Version));
        Assert.Equal(first, await _client.Agent.GetReportAsync(new() { Name = first.Name }, cancellationToken: Cancel));
        var listed = await _client.Agent.ListReportsAsync(new() { Parent = _name, PageSize = 2 }, cancellationToken: Cancel);
        Assert.Equal([first.Name, second.Name], listed.Reports.Select(report => report.Name));
        Assert.All(listed.Reports, report => Assert.Empty(report.Sections));
        var rest = await _client.Agent.ListReportsAsync(
            new() { Parent = _name, PageSize = 2, PageToken = listed.NextPageToken }, cancellationToken: Cancel);
        Assert.Equal(other.Name, Assert.Single(rest.Reports).Name);
        Assert.Empty(rest.NextPageToken);

        using var watch = _client.Sessions.WatchCase(new() { Name = _name }, cancellationToken: Cancel);
        var created = new List<ReportCreated>();
        while (created.Count < 3 && await watch.ResponseStream.MoveNext(Cancel))
        {
            created.AddRange(watch.ResponseStream.Current.ReportCreated is { } report ? [report] : []);
        }

        Assert.Equal([(first.Name, 1), (second.Name, 2), (other.Name, 1)], created.Select(report => (report.Report, report.Version)));
    }

    [Fact]
    public async Task Comes_in_every_form()
    {
        await ResolveAsync();
        var report = await CreateAsync(Kind.Incident);

        var markdown = await RenderAsync(report, ReportFormat.Unspecified);
        var json = await RenderAsync(report, ReportFormat.Json);
        var html = await RenderAsync(report, ReportFormat.Html);

        Assert.Equal(("text/markdown", "application/json", "text/html"), (markdown.MediaType, json.MediaType, html.MediaType));
        Assert.StartsWith("# Incident report: Orders fail\n", markdown.Content.ToStringUtf8(), StringComparison.Ordinal);
        Assert.Equal(report, Report.Parser.ParseJson(json.Content.ToStringUtf8()));
        Assert.StartsWith("<!DOCTYPE html>\n", html.Content.ToStringUtf8(), StringComparison.Ordinal);
        Assert.EndsWith("-v1.html", html.FileName, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Holds_placeholders_for_what_was_redacted()
    {
        await ResolveAsync("2026-03-11T14:05:00Z ERROR connection pool exhausted for anna.made.up@example.org from 203.0.113.77\n");

        var report = await CreateAsync(Kind.Incident);

        var text = Encoding.UTF8.GetString(report.ToByteArray()) + (await RenderAsync(report, ReportFormat.Html)).Content.ToStringUtf8();
        Assert.DoesNotContain("anna.made.up", text, StringComparison.Ordinal);
        Assert.DoesNotContain("203.0.113.77", text, StringComparison.Ordinal);
        Assert.Contains("IP_ADDRESS_", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Goes_with_its_case()
    {
        var report = await CreateAsync(Kind.Incident);

        await _client.Sessions.DeleteCaseAsync(new() { Name = _name }, cancellationToken: Cancel);

        var gone = await Assert.ThrowsAsync<RpcException>(
            async () => await _client.Agent.GetReportAsync(new() { Name = report.Name }, cancellationToken: Cancel));
        Assert.Equal(ErrorReason.CaseNotFound, RpcFault.ReasonOf(gone));
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await CreateAsync(Kind.Incident));
        Assert.Equal(ErrorReason.CaseNotFound, RpcFault.ReasonOf(refused));
    }

    [Fact]
    public async Task Refuses_a_kind_and_a_form_that_there_are_not()
    {
        var report = await CreateAsync(Kind.Incident);

        var kind = await Assert.ThrowsAsync<RpcException>(async () => await CreateAsync((Kind)77));
        var form = await Assert.ThrowsAsync<RpcException>(async () => await RenderAsync(report, (ReportFormat)77));

        Assert.Equal((StatusCode.InvalidArgument, StatusCode.InvalidArgument), (kind.StatusCode, form.StatusCode));
    }

    private async Task ResolveAsync(string more = "", bool close = true)
    {
        foreach (var (name, text) in new[] { ("orders.log", Log + more), ("metrics.csv", Metrics), ("change.diff", Diff) })
        {
            await _client.Data.CreateEvidenceAsync(
                new() { Parent = _name, FileName = name, Content = ByteString.CopyFromUtf8(text) }, cancellationToken: Cancel);
        }

        var turn = await _client.Agent.CreateTurnAsync(new() { Parent = _name }, cancellationToken: Cancel);
        using var watch = _client.Agent.WatchTurn(new() { Name = turn.Name }, cancellationToken: Cancel);
        while (await watch.ResponseStream.MoveNext(Cancel))
        {
        }

        if (close)
        {
            await _client.Sessions.CreateMessageAsync(
                new() { Parent = _name, Text = "We put the limit back at 14:30" }, cancellationToken: Cancel);
            await _client.Sessions.CloseCaseAsync(
                new() { Name = _name, Resolution = Case.Types.Resolution.Resolved, Reason = "The limit is 40 again" },
                cancellationToken: Cancel);
        }
    }

    private async Task<Report> CreateAsync(Kind kind) =>
        await _client.Agent.CreateReportAsync(new() { Parent = _name, Kind = kind }, cancellationToken: Cancel);

    private async Task<RenderReportResponse> RenderAsync(Report report, ReportFormat format) =>
        await _client.Agent.RenderReportAsync(new() { Name = report.Name, Format = format }, cancellationToken: Cancel);

    private static IEnumerable<ReportStatement> Statements(Report report) => report.Sections.SelectMany(section => section.Statements)
        .Concat(report.CausalChain.Select(step => step.Statement))
        .Concat(report.Curves.Select(curve => curve.Statement));
}
