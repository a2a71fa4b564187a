using FaultMaven.Data.Analysis.Signals;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.Cluster;

/// <summary>Finds deployments, replica sets, stateful and daemon sets, and whether they have the replicas they want.</summary>
internal sealed class WorkloadReader : IDocumentReader
{
    private static readonly string[] s_kinds = ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Rollout", "DeploymentConfig"];
    private static readonly string[] s_lists =
        ["deployments", "deployment", "statefulsets", "daemonsets", "replicasets", "rollouts", "workloads"];

    public void Read(Node root, SignalBuilder signals, CancellationToken cancellationToken)
    {
        var available = new List<(string Name, string Count, double Wanted, LineRange?[] At)>();
        var total = 0;
        foreach (var (node, name) in root.Walk())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Replicas.TryRead(node, name, s_kinds, s_lists, out var replicas))
            {
                total++;
                if (Diagnose(replicas, signals))
                {
                    available.Add((replicas.Name, $"{replicas.Ready}/{replicas.Wanted}", replicas.Wanted, [replicas.At]));
                }
            }
        }

        if (total > 0 && available.Count == total)
        {
            var wanted = available.Sum(workload => workload.Wanted);
            var names = string.Join("; ", available.Take(6).Select(workload => $"{workload.Name} {workload.Count}"));
            signals.Add(new SignalDraft(
                "deployments.available", total == 1 ? $"deployment/{available[0].Name}" : "deployments",
                total == 1 ? $"Deployment {available[0].Name} has all {available[0].Wanted} replicas it wants ready and available."
                    : $"All {total} deployments have every replica they want ready and available: {names}.",
                [.. available.SelectMany(workload => workload.At)])
            {
                Severity = Proto.Severity.Info,
                State = Proto.SignalState.Normal,
                Surprise = 0.1,
                Attributes =
                    [("ready", wanted), ("wanted", wanted),
                    ("names", string.Join(' ', available.Take(12).Select(workload => workload.Name)))],
            });
        }
    }

    private static bool Diagnose(Replicas replicas, SignalBuilder signals)
    {
        var stuck = replicas.Conditions.FirstOrDefault(condition => Names.Same(condition.Type, "Progressing") && condition.IsTrue == false);
        var failing =
            replicas.Conditions.FirstOrDefault(condition => Names.Same(condition.Type, "ReplicaFailure") && condition.IsTrue == true);
        var missing = replicas.Wanted - Math.Min(replicas.Ready, replicas.Available);
        if (stuck is not null)
        {
            Add("deployment.rollout_stuck", $"The rollout of {replicas.Name} does not progress: {stuck.Reason}, {stuck.Message}",
                Proto.Severity.Error, stuck.Since,
                [stuck.Node, replicas.NameNode], [("message", stuck.Message), ("reason", stuck.Reason)]);
        }

        if (failing is not null)
        {
            var quota = failing.Message.Contains("exceeded quota", StringComparison.OrdinalIgnoreCase);
            Add(quota ? "quota.exceeded" : "cluster.warning",
                $"{replicas.Name} cannot create replicas ({failing.Reason}): {failing.Message}", Proto.Severity.Error,
                failing.Since, [failing.Node, replicas.NameNode],
                quota ? [.. QuotaMessage.Facts(failing.Message)] : [("reason", failing.Reason), ("message", failing.Message)]);
        }

        if (missing > 0)
        {
            var why =
                replicas.Conditions.FirstOrDefault(condition =>
                Names.Same(condition.Type, "Available") && condition.IsTrue == false)?.Message ?? "";
            Add("deployment.unavailable",
                $"Deployment {replicas.Name} has {replicas.Ready} of {replicas.Wanted} replicas ready ({replicas.Available} available, "
                    + $"{missing} missing){(why.Length > 0 ? $": {why.TrimEnd('.')}" : "")}.",
                replicas.Available == 0 ? Proto.Severity.Critical : Proto.Severity.Error, null, [replicas.At, replicas.NameNode],
                [("ready", replicas.Ready), ("wanted", replicas.Wanted), ("available", replicas.Available), ("message", why)]);
        }

        if (replicas.Cause.Contains("rollback", StringComparison.OrdinalIgnoreCase)
            || replicas.Cause.Contains("rolled back", StringComparison.OrdinalIgnoreCase)
            || replicas.Cause.Contains("rollout undo", StringComparison.OrdinalIgnoreCase))
        {
            Add("deployment.rolled_back", $"Deployment {replicas.Name} was rolled back: {replicas.Cause}", Proto.Severity.Info, null,
                [replicas.CauseNode, replicas.NameNode], [("to", replicas.Revision)]);
        }

        return missing <= 0 && stuck is null && failing is null;

        void Add(string kind, string summary, Proto.Severity severity, DateTimeOffset? start, LineRange?[] at,
            (string, object?)[] attributes) =>
            signals.Add(new SignalDraft(kind, $"deployment/{replicas.Name}", summary, at) { Severity = severity, Start = start,
                Surprise = 0.7, Attributes = attributes });
    }
}
