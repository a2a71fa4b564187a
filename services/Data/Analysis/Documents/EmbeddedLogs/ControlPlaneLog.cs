using FaultMaven.Data.Analysis.Documents.Cluster;
using FaultMaven.Data.Analysis.Documents.Events;
using FaultMaven.Data.Analysis.Logs.Entries;
using FaultMaven.Data.Analysis.Signals;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.EmbeddedLogs;

/// <summary>
/// Finds in logs what controllers of a cluster say there in the words of events: rollbacks, refusals by quota, nodes and pods that are
/// ready again.
/// </summary>
internal static class ControlPlaneLog
{
    private const int MaxSignalsOfKind = 5;

    public static void Read(IReadOnlyList<LogEntry> entries, SignalBuilder signals)
    {
        var told = new Dictionary<string, int>();
        foreach (var entry in entries)
        {
            if (Meaning(entry.Message) is not var (kind, severity, state, attributes) || told.GetValueOrDefault(kind) >= MaxSignalsOfKind)
            {
                continue;
            }

            told[kind] = told.GetValueOrDefault(kind) + 1;
            signals.Add(new SignalDraft(kind, entry.Source.Length > 0 ? $"service/{entry.Source}"
                : "", $"{(entry.Source.Length > 0 ? $"{entry.Source} logged: " : "Logged: ")}{entry.Message}",
                new LineRange(entry.StartLine, entry.EndLine))
            {
                Severity = severity,
                State = state,
                Start = entry.Time,
                Attributes = [.. attributes, ("message", entry.Message)],
            });
        }
    }

    private static (string Kind, Proto.Severity Severity, Proto.SignalState State,
        IReadOnlyList<(string, object?)> Attributes)? Meaning(string message)
    {
        if (QuotaMessage.Unstated(message) is { Length: > 0 } unstated)
        {
            return ("pod.config_missing", Proto.Severity.Error, Proto.SignalState.Active, [("object", unstated)]);
        }

        if (EventPhrases.Any(message, "exceeded quota"))
        {
            return ("quota.exceeded", Proto.Severity.Error, Proto.SignalState.Active,
                [.. QuotaMessage.Facts(message).Where(fact => fact.Name != "message")]);
        }

        if (EventPhrases.Any(message, "DeploymentRollback", "rollback successful", "rolled back", "rollback complete", "rollout undone",
            "restored to revision"))
        {
            return EventPhrases.Any(message, "transaction", "failed to roll", "rollback failed") ? null
                : ("deployment.rolled_back", Proto.Severity.Info, Proto.SignalState.Recovered, []);
        }

        return EventPhrases.Any(message, "status is now: NodeReady", "status now Ready", "returned to Ready", "is now Ready",
            "node is ready again", "kubelet heartbeat restored")
            ? ("platform.recovered", Proto.Severity.Info, Proto.SignalState.Recovered, [])
            : null;
    }
}
