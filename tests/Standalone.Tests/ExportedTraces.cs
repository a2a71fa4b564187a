using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using FaultMaven.Protos.Agent.V1;
using FaultMaven.Protos.Data.V1;
using FaultMaven.Protos.Session.V1;
using FaultMaven.Tests.Shared;
using Google.Protobuf;

namespace FaultMaven.Standalone.Tests;

/// <summary>What a collector receives of one investigation.</summary>
[Collection(nameof(TracedProcess))]
public sealed partial class ExportedTraces
{
    private const string JsonTrace = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string Planted = "planted-by-the-caller";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Are_about_requests_named_after_RPCs_and_without_what_callers_write()
    {
        await using var collector = await Collector.StartAsync(Cancel);
        string turn;
        // As the app host sets it.
        var settings = new Dictionary<string, string?>(collector.Settings) { ["OTEL_TRACES_SAMPLER"] = "always_on" };
        await using (var host = await FaultMavenHost.StartAsync(null, null, settings, Cancel))
        {
            turn = await InvestigateAsync(host);
            await AskByJsonAsync(host);
        }

        // A store call without a parent is the polling of an outbox or a worker.
        Assert.DoesNotContain(collector.Spans, span => span.Kind == ExportedSpan.Client && span.ParentId.Length == 0);
        Assert.All(collector.Spans.Where(span => span.Kind == ExportedSpan.Server), span => Assert.Matches(RpcName(), span.Name));

        Assert.Superset(
            new HashSet<string>
            {
                "faultmaven.agent.v1.AgentService/CreateTurn",
                "faultmaven.data.v1.DataService/ListSignals",
                "faultmaven.knowledge.v1.KnowledgeService/SearchDocuments",
                "faultmaven.redaction.v1.RedactionService/RedactText",
                "faultmaven.session.v1.SessionService/CreateMessage",
            },
            NamesOf(collector, turn));
        Assert.Contains("faultmaven.session.v1.SessionService/GetCase", NamesOf(collector, JsonTrace));

        string[] callers = ["url.path", "url.query", "url.full", "user_agent.original", "client.address"];
        Assert.All(collector.Spans, span => Assert.Empty(span.Attributes.Intersect(callers)));
        Assert.All(collector.Received, kind => Assert.DoesNotContain(Planted, kind.Value, StringComparison.Ordinal));
    }

    private static HashSet<string> NamesOf(Collector collector, string trace) =>
        [.. collector.Spans.Where(span => span.TraceId == trace && span.Kind == ExportedSpan.Server).Select(span => span.Name)];

    /// <summary>Runs a turn; returns the id of its trace.</summary>
    private static async Task<string> InvestigateAsync(FaultMavenHost host)
    {
        var sessions = new SessionService.SessionServiceClient(host.Channel);
        var agent = new AgentService.AgentServiceClient(host.Channel);
        var created = await sessions.CreateCaseAsync(new() { Title = "Disk full" }, cancellationToken: Cancel);
        await new DataService.DataServiceClient(host.Channel).CreateEvidenceAsync(
            new()
            {
                Parent = created.Name,
                FileName = "app.log",
                Content = ByteString.CopyFrom("2026-03-01T10:00:00Z ERROR write failed: no space left on device\n", Encoding.UTF8),
            },
            cancellationToken: Cancel);

        using var call = new Activity("a user's call").SetIdFormat(ActivityIdFormat.W3C);
        call.ActivityTraceFlags = ActivityTraceFlags.Recorded;
        call.Start();
        var turn = await agent.CreateTurnAsync(new() { Parent = created.Name }, cancellationToken: Cancel);
        call.Stop();
        using var watch = sessions.WatchCase(new() { Name = created.Name }, cancellationToken: Cancel);
        while (await watch.ResponseStream.MoveNext(Cancel) && watch.ResponseStream.Current.TurnCompleted?.Turn != turn.Name)
        {
        }

        return call.TraceId.ToHexString();
    }

    // By hand: HttpClient would write trace headers of its own. The case does not exist.
    private static async Task AskByJsonAsync(FaultMavenHost host)
    {
        using var client = host.CreateHttpClient();
        var address = client.BaseAddress!;
        using var connection = new TcpClient();
        await connection.ConnectAsync(address.Host, address.Port, Cancel);
        var stream = connection.GetStream();
        var request = $"""
            GET /v1/cases/{Planted} HTTP/1.1
            Host: {address.Authority}
            User-Agent: {Planted}
            traceparent: 00-{JsonTrace}-00f067aa0ba902b7-01
            tracestate: vendor={Planted}
            Connection: close


            """;
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request.ReplaceLineEndings("\r\n")), Cancel);
        using var reader = new StreamReader(stream);

        Assert.StartsWith("HTTP/1.1 4", await reader.ReadToEndAsync(Cancel), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^(faultmaven|grpc)\.[a-z0-9.]+\.[A-Z]\w+/[A-Z]\w+$")]
    private static partial Regex RpcName();
}
