using FaultMaven.Data.Analysis.Documents;
using FaultMaven.Data.Analysis.Documents.Changes;
using FaultMaven.Data.Analysis.Signals;
using FaultMaven.Data.Query.Signals;
using FaultMaven.Protos.Data.V1;
using Google.Protobuf.WellKnownTypes;

namespace FaultMaven.Data.Tests.Extraction;

public sealed class ReadingSeveralFiles
{
    private const string Backoff = """
        {"events": [{"reason": "BackOff", "type": "Warning", "message": "Back-off restarting failed container",
         "involved_object": "Pod/web-0",
          "count": 2, "last_time": "2024-05-01T10:00:00Z"}]}
        """;

    private const string Ready = """
        {"pods": [{"name": "web-0", "phase": "Running", "containers": [{"name": "web", "ready": true, "restart_count": 2,
         "state": {"running": true, "started_at": "2024-05-01T10:00:10Z"}}]}]}
        """;

    [Fact]
    public void A_pod_that_is_ready_by_now_has_recovered()
    {
        const string Later =
            """{"events": [{"reason": "Pulled", "type": "Normal", "message": "pulled", "involved_object": "Pod/x","""
                + """ "last_time": "2024-05-01T11:00:00Z"}, {"reason": "ScalingReplicaSet", "type": "Normal", "message": "Scaled up","""
                + """ "involved_object": "Deployment/x", "last_time": "2024-05-01T11:00:00Z"}]}""";

        Assert.Equal(SignalState.Recovered, Reconciled(Backoff, Ready, Later).Single(signal => signal.Kind == "pod.crash_loop").State);
    }

    [Fact]
    public void What_was_heard_of_just_now_is_not_over() =>
        Assert.Equal(SignalState.Active, Reconciled(Backoff, Ready).Single(signal => signal.Kind == "pod.crash_loop").State);

    [Fact]
    public void A_node_that_is_ready_by_now_has_recovered()
    {
        const string Event =
            """{"events": [{"reason": "NodeNotReady", "type": "Warning", "message": "Node n1 is not ready","""
                + """ "involved_object": "Node/n1"}]}""";
        const string Nodes = """{"nodes": [{"name": "n1", "ready": "True"}, {"name": "n2", "ready": "True"}]}""";

        Assert.Equal(
            (SignalState.Recovered, Severity.Warning),
            Reconciled(Event, Nodes).Where(signal => signal.Kind == "node.not_ready")
                .Select(signal => (signal.State, signal.Severity)).Single());
    }

    [Fact]
    public void A_rollout_that_hung_is_over_when_every_replica_is_there()
    {
        const string Event =
            """{"events": [{"reason": "ProgressDeadlineExceeded", "type": "Warning", "message": "web-2 exceeded its progress deadline","""
                + """ "involved_object": "Deployment/web"}]}""";
        const string Now = """{"deployments": [{"name": "web", "desired": 2, "ready": 2, "available": 2}]}""";

        Assert.Equal(SignalState.Recovered, Reconciled(Event, Now).Single(signal => signal.Kind == "deployment.rollout_stuck").State);
    }

    [Fact]
    public void A_limit_that_an_event_states_is_one_for_the_metric()
    {
        const string Event =
            """{"events": [{"date": "2024-05-01T10:02:00Z", "message": "Instance ledger has 490 connections, approaching the maximum of """
                + """500.", "source_identifier": "ledger"}]}""";
        const string Metric = """
            {"label": "DatabaseConnections", "unit": "Count", "dimensions": [{"Name": "Instance", "Value": "ledger"}],
             "timestamps": ["2024-05-01T10:00:00Z", "2024-05-01T10:01:00Z", "2024-05-01T10:02:00Z"], "values": [470, 480, 490]}
            """;

        var signal = Reconciled(Event, Metric).Single(signal => signal.Subject == "metric/DatabaseConnections");

        Assert.Equal(("metric.saturated", "500"), (signal.Kind, signal.Attributes["limit"]));
        Assert.Equal(
            ["cases/c/evidence/0", "cases/c/evidence/1"], signal.Citations.Select(citation => citation.Evidence).Distinct().Order());
    }

    [Fact]
    public void A_change_shortly_before_the_first_trouble_is_told_with_both()
    {
        const string Deploys =
            """{"deploys": [{"service": "web", "version": "2", "deployed_at": "2024-05-01T09:50:00Z"}, {"service": "web", "version": "1","""
                + """ "deployed_at": "2024-04-01T09:50:00Z"}]}""";

        var signal = Reconciled(Backoff, Deploys).Single(signal => signal.Kind == "change.before_trouble");

        Assert.Equal("600", signal.Attributes["lead_seconds"]);
        Assert.Equal(["cases/c/evidence/0", "cases/c/evidence/1"], signal.Citations.Select(citation => citation.Evidence).Order());
    }

    [Fact]
    public void A_change_counts_as_before_trouble_though_an_error_came_and_went_before_it()
    {
        const string Deploys =
            """{"deploys": [{"service": "web", "version": "2", "deployed_at": "2024-05-01T09:50:00Z"}, {"service": "web", "version": "1","""
                + """ "deployed_at": "2024-04-01T09:50:00Z"}]}""";
        var stray = new Signal
        {
            Kind = "log.errors",
            Severity = Severity.Error,
            State = SignalState.Recovered,
            StartTime = Timestamp.FromDateTime(new DateTime(2024, 5, 1, 9, 20, 0, DateTimeKind.Utc)),
            EndTime = Timestamp.FromDateTime(new DateTime(2024, 5, 1, 9, 20, 0, DateTimeKind.Utc)),
            Citations = { new Citation { Evidence = "cases/c/evidence/9", StartLine = 1, EndLine = 1 } },
        };

        Assert.Equal(
            "600",
            SignalCorrelator.Reconcile([stray, .. Signals(Backoff, Deploys)])
                .Single(signal => signal.Kind == "change.before_trouble").Attributes["lead_seconds"]);

        stray.State = SignalState.Active;
        Assert.DoesNotContain(
            SignalCorrelator.Reconcile([stray, .. Signals(Backoff, Deploys)]), signal => signal.Kind == "change.before_trouble");
    }

    [Fact]
    public void What_is_given_is_not_changed()
    {
        const string Event =
            """{"events": [{"reason": "NodeNotReady", "type": "Warning", "message": "Node n1 is not ready","""
                + """ "involved_object": "Node/n1"}]}""";
        var given = Signals(Event, """{"nodes": [{"name": "n1", "ready": "True"}]}""");
        var before = given.Select(signal => signal.Clone()).ToList();

        _ = SignalCorrelator.Reconcile(given);

        Assert.Equal(before, given);
    }

    [Fact]
    public void Nothing_at_all_gives_no_signal() => Assert.Empty(SignalCorrelator.Reconcile([]));

    private static IReadOnlyList<Signal> Reconciled(params string[] files) => SignalCorrelator.Reconcile(Signals(files));

    private static List<Signal> Signals(params string[] files)
    {
        IEvidenceAnalyzer[] analyzers = [new DocumentAnalyzer(TimeProvider.System), new ConfigAnalyzer()];
        return
        [
            .. files.SelectMany((text, i) => analyzers.SelectMany(analyzer =>
                analyzer.Analyze(
                    Analysed.Source(text) with { Name = $"cases/c/evidence/{i}" }, TestContext.Current.CancellationToken).Signals)),
        ];
    }
}
