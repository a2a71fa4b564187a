using FaultMaven.Data.Analysis.Signals;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.Alerts;

/// <summary>
/// Finds alerts of Alertmanager, Grafana, Datadog, CloudWatch, PagerDuty and the like, and lists of monitors. An alert is what someone's
/// rule claims, not what is: it is never graver than a warning.
/// </summary>
internal sealed class AlertReader : IDocumentReader
{
    private static readonly string[] s_titles =
        ["title", "alert_title", "AlarmName", "alert_name", "alertname", "labels/alertname", "commonLabels/alertname", "name", "ruleName",
        "summary", "event_title", "incident/title"];
    private static readonly string[] s_states =
        ["overall_state", "NewStateValue", "StateValue", "state", "status", "alert_status", "alert_transition", "alertState",
        "event/event_type", "transition"];
    private static readonly string[] s_conditions =
        ["query", "condition", "expr", "NewStateReason", "StateReason", "rule", "annotations/condition"];
    private static readonly string[] s_summaries =
        ["commonAnnotations/summary", "annotations/summary", "annotations/description", "commonAnnotations/description", "description",
        "AlarmDescription", "body", "message", "text", "details"];
    private static readonly string[] s_lists = ["alerts", "monitors", "alarms", "metric_alarms", "incidents", "rules"];

    private static readonly string[] s_about =
    [
        "pod", "kube_pod", "pod_name", "kube_node", "node", "kube_deployment", "deployment", "workload_name", "db_instance_identifier",
        "db_instance", "instance", "host", "service", "job", "queue",
        "kube_namespace", "namespace",
    ];

    public void Read(Node root, SignalBuilder signals, CancellationToken cancellationToken)
    {
        var calm = new List<(string Name, Node At)>();
        foreach (var (node, name) in root.Walk())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!node.IsMap || !IsAlert(node, name))
            {
                continue;
            }

            // A group of alerts repeats what its alerts say; the alerts say it better.
            if (node.First("alerts") is not { Items: [{ Kind: NodeKind.Map }, ..] })
            {
                Report(node, node.First(s_titles), node.First(s_states), calm, signals);
            }
        }

        if (calm.Count > 0)
        {
            var names = string.Join("; ", calm.Take(6).Select(monitor => monitor.Name));
            signals.Add(new SignalDraft("alerts.ok", "alerts", calm.Count == 1 ? $"The monitor {names} is OK."
                : $"{calm.Count} monitors are OK: {names}.", [.. calm.Take(8).Select(monitor => (LineRange?)monitor.At)])
            {
                Severity = Proto.Severity.Info,
                State = Proto.SignalState.Normal,
                Surprise = 0.1,
                Attributes = [("count", calm.Count)],
            });
        }
    }

    /// <summary>An alert has a name and a state, and something only alerts have.</summary>
    private static bool IsAlert(Node node, string name)
    {
        // The labels of an alert carry its name too.
        if (node.First(s_titles) is not { IsScalar: true }
            || Names.IsOneOf(name, "labels", "commonLabels", "groupLabels", "annotations", "commonAnnotations"))
        {
            return false;
        }

        var telling = node.First(
            "labels/alertname", "commonLabels/alertname", "alertname", "AlarmName", "alert_name", "overall_state", "NewStateValue",
            "StateValue", "commonAnnotations", "alert_status",
            "alert_transition", "startsAt", "alert_title", "ruleName", "event/event_type");
        return telling is not null
            || (Names.IsOneOf(name, s_lists) && node.First(s_states) is { IsScalar: true })
            || (node.First("annotations", "labels") is { IsMap: true } && node.First(s_states) is { IsScalar: true }
                && node.First("kind", "apiVersion") is null)
            || (node.First("title") is not null && node.First("severity", "urgency", "priority") is { IsScalar: true }
                && node.First(s_states) is { IsScalar: true });
    }

    private static void Report(Node node, Node? title, Node? state, List<(string Name, Node At)> calm, SignalBuilder signals)
    {
        var start =
            node.TimeOf("startsAt", "activeAt", "StateChangeTime", "StateUpdatedTimestamp", "triggered_at", "created_at", "date",
            "timestamp", "last_updated", "started_at", "fired_at");
        var end = node.TimeOf("endsAt", "resolved_at");
        var standing = StandingOf(state?.Text ?? "", node);
        if (standing == Standing.Untold)
        {
            return;
        }

        if (standing == Standing.Ok)
        {
            calm.Add((title!.Text, node.EndLine - node.Line <= 30 ? node : title));
            return;
        }

        var alertName = node.First("labels/alertname", "commonLabels/alertname", "alertname", "AlarmName", "alert_name") ?? title!;
        var summary = node.First(s_summaries);
        var condition = node.First(s_conditions);
        var severity = node.First("labels/severity", "commonLabels/severity", "severity", "priority", "urgency");
        var about = About(node);
        var isFiring = standing == Standing.Firing;
        var told = summary is { IsScalar: true } && summary.Text != title!.Text ? $": {summary.Text}" : "";
        signals.Add(new SignalDraft(
            isFiring ? "alert.firing" : "alert.resolved", about is null ? $"alert/{alertName.Text}"
                : $"{Kind(about.Value.Name)}/{about.Value.Node.Text}",
            $"Alert {Quotation.Of(title!.Text)} {(isFiring ? "is firing" : "was resolved")}{told}",
            title, summary, state, condition, alertName, severity, about?.Node)
        {
            Severity = isFiring ? Proto.Severity.Warning : Proto.Severity.Info,
            State = isFiring ? Proto.SignalState.Active : Proto.SignalState.Recovered,
            Surprise = 0.3,
            Start = start,
            End = end is { } ended && ended.Year > 1 ? ended : null,
            Attributes =
            [
                ("alert", alertName.Text), ("severity", severity?.Text), ("condition", condition?.Text), ("title", title.Text),
                ("value", node.TextOf("value", "valueString", "values", "current_value")),
                ("threshold", node.TextOf("threshold", "Trigger/Threshold", "options/thresholds/critical")),
                ("description", node.TextOf("commonAnnotations/description", "annotations/description")),
                ("error", node.TextOf("commonAnnotations/error", "annotations/error")),
            ],
        });
    }

    private enum Standing
    {
        Firing,
        Resolved,
        Ok,
        Untold,
    }

    /// <summary>An alert without a state was sent because it is firing.</summary>
    private static Standing StandingOf(string state, Node node) => state.ToUpperInvariant() switch
    {
        "OK" or "NORMAL" or "INACTIVE" or "GREEN" or "HEALTHY" or "PASSING" or "UP" => Standing.Ok,
        "NO DATA" or "NODATA" or "NO_DATA" or "INSUFFICIENT_DATA" or "MUTED" or "UNKNOWN" => Standing.Untold,
        "RESOLVED" or "RECOVERED" or "CLOSED" or "INCIDENT.RESOLVED" or "RECOVERY" => Standing.Resolved,
        _ when node.First("endsAt") is { } end && Values.Time(end.Text) is { Year: > 1 } && state.Length == 0 => Standing.Resolved,
        _ => Standing.Firing,
    };

    private static (string Name, Node Node)? About(Node node)
    {
        foreach (var place in (string[])["labels", "commonLabels", "annotations", "commonAnnotations", "dimensions"])
        {
            foreach (var name in s_about)
            {
                if (node.First($"{place}/{name}") is { IsScalar: true } found
                    && name is not ("service" or "namespace" or "kube_namespace" or "workload_name" or "job") )
                {
                    return (name, found);
                }
            }
        }

        foreach (var place in (string[])["labels", "commonLabels", "annotations", "commonAnnotations"])
        {
            foreach (var name in (string[])["workload_name", "service", "job", "namespace"])
            {
                if (node.First($"{place}/{name}") is { IsScalar: true } found)
                {
                    return (name, found);
                }
            }
        }

        return null;
    }

    private static string Kind(string label) => label switch
    {
        "pod" or "kube_pod" or "pod_name" => "pod",
        "node" or "kube_node" => "node",
        "deployment" or "kube_deployment" or "workload_name" => "deployment",
        "namespace" => "namespace",
        "service" or "job" => "service",
        "queue" => "queue",
        "host" => "host",
        _ => "instance",
    };
}
