using FaultMaven.Data.Analysis.Signals;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.Changes;

/// <summary>
/// Finds deployments and other changes in a history of them: <c>{"service": "web", "version": "1.4.2", "deployed_at": …, "author":
/// "ana"}</c>.
/// </summary>
internal sealed class DeployReader : IDocumentReader
{
    private static readonly string[] s_lists =
        ["deployments", "deploys", "releases", "changes", "rollouts", "pipelines", "builds", "change_events", "history", "deploy_history",
        "revisions"];
    private static readonly string[] s_times =
        ["deployed_at", "finished_at", "completed_at", "started_at", "released_at", "timestamp", "time", "date", "created_at", "updated",
        "changed_at"];
    private static readonly string[] s_versions =
        ["version", "to_version", "new_version", "revision", "tag", "image", "app_version", "sha", "commit", "release"];
    private static readonly string[] s_befores = ["previous_version", "from_version", "old_version", "previous", "from"];

    public void Read(Node root, SignalBuilder signals, CancellationToken cancellationToken)
    {
        foreach (var (node, name) in root.Walk())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!node.IsMap || !(name.Length == 0 || Names.IsOneOf(name, s_lists))
                || node.First("kind", "spanID", "spanId", "containers", "metric", "desired", "replicas", "ready", "conditions") is not null
                || node.First(s_times) is not { IsScalar: true } time || Values.Time(time.Text) is not { } at)
            {
                continue;
            }

            var version = node.First(s_versions);
            var description = node.TextOf("description", "summary", "title", "message", "change");
            if ((version is null && (description.Length == 0 || !Names.IsOneOf(name, "changes", "change_events")))
                || node.First("level", "severity", "logger", "reason") is not null)
            {
                continue;
            }

            Report(node, version, description, at, signals);
        }
    }

    private static void Report(Node node, Node? version, string description, DateTimeOffset at, SignalBuilder signals)
    {
        var service = node.TextOf("service", "app", "application", "name", "component", "deployment", "repository", "repo", "environment");
        var before = node.TextOf(s_befores);
        var by = node.TextOf("author", "by", "user", "deployed_by", "actor", "triggered_by", "changed_by");
        var status = node.TextOf("status", "result", "state", "outcome");
        var isUndone = SaysUndone(description, status);
        var what = version is null ? "A change was made" : isUndone ? $"A rollback brought version {version.Text}"
            : $"Version {version.Text} was deployed";
        signals.Add(new SignalDraft(
            isUndone ? "deployment.rolled_back" : "deploy.changed", service.Length > 0 ? $"deployment/{service}" : "deployment",
            $"{what}{(service.Length > 0 ? $" to {service}" : "")}{(before.Length > 0 ? $" in place of {before}" : "")} at "
                + $"{at:yyyy-MM-ddTHH:mm:ssZ}{(by.Length > 0 ? $" by {by}" : "")}{(status.Length > 0 ? $", {status}" : "")}"
                + $"{(description.Length > 0 ? $": {description}" : "")}.",
            node.EndLine - node.Line <= 25 ? node : version ?? node)
        {
            Severity = Proto.Severity.Info,
            State = isUndone ? Proto.SignalState.Recovered : Proto.SignalState.Active,
            Surprise = 0.3,
            Start = at,
            Attributes =
                [("version", version?.Text), ("service", service), ("by", by), ("from", before), ("to", version?.Text),
                ("message", description)],
        });
    }

    private static bool SaysUndone(string description, string status) =>
        description.Contains("rolled back", StringComparison.OrdinalIgnoreCase)
            || description.Contains("rollback", StringComparison.OrdinalIgnoreCase)
            || description.Contains("revert", StringComparison.OrdinalIgnoreCase)
        || status.Contains("rolled_back", StringComparison.OrdinalIgnoreCase)
            || status.Contains("rolled back", StringComparison.OrdinalIgnoreCase);
}
