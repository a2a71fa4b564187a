using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using FaultMaven.Protos.Agent.V1;
using FaultMaven.Protos.Data.V1;
using FaultMaven.Protos.Session.V1;
using FaultMaven.Tests.Shared;
using Google.Protobuf;

namespace FaultMaven.Standalone.Tests;

[Collection(nameof(TracedProcess))]
public sealed class TracingATurn
{
    private static readonly string[] s_sources = ["FaultMaven.Agent", "FaultMaven.Messaging", "Microsoft.AspNetCore", "System.Net.Http"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Gives_one_trace_from_the_call_to_the_event_that_reports_its_end()
    {
        var ended = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => s_sources.Contains(source.Name),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var host = await FaultMavenHost.StartAsync(Cancel);
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

        using var call = new Activity("a user's call").SetIdFormat(ActivityIdFormat.W3C).Start();
        var turn = await agent.CreateTurnAsync(new() { Parent = created.Name }, cancellationToken: Cancel);
        call.Stop();
        using var watch = sessions.WatchCase(new() { Name = created.Name }, cancellationToken: Cancel);
        while (await watch.ResponseStream.MoveNext(Cancel) && watch.ResponseStream.Current.TurnCompleted?.Turn != turn.Name)
        {
        }

        // The case learns of the turn's end from the outbox, so by now both have been there; the worker's own span may end a moment later.
        await host.StopAsync();
        var names = ended.Where(activity => activity.TraceId == call.TraceId).Select(Name).ToHashSet();
        string[] expected =
        [
            "turn",
            "publish",
            "faultmaven.agent.v1.AgentService/CreateTurn",
            "faultmaven.data.v1.DataService/ListSignals",
            "faultmaven.knowledge.v1.KnowledgeService/SearchDocuments",
            "faultmaven.redaction.v1.RedactionService/RedactText",
            "faultmaven.session.v1.SessionService/CreateMessage",
        ];
        Assert.Empty(expected.Except(names));
    }

    private static string Name(Activity activity) => (activity.GetTagItem("grpc.method") as string)?.TrimStart('/') ?? activity.DisplayName;
}
