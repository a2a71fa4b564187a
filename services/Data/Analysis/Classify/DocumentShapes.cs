using FaultMaven.Data.Analysis.Documents.Cluster;
using FaultMaven.Data.Analysis.Documents.EmbeddedLogs;
using FaultMaven.Data.Analysis.Documents.Events;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Classify;

/// <summary>Classifies JSON and YAML by the shape of what is in it: a list of pods is cluster state, whatever the file is called.</summary>
internal static class DocumentShapes
{
    private const int MaxNodes = 50_000;

    private static readonly string[] s_statements =
        ["top_sql", "topSqls", "top_statements", "top_queries", "topQueries", "db_load", "top_wait_events", "wait_events", "slow_queries",
        "pg_stat_activity", "pg_stat_statements", "aas"];

    public static void Mark(SourceText text, LineShapes lines, TypeScores marks)
    {
        var isJson = StructuredDocument.IsJson(text.Text);
        if (isJson && lines.Json > 1 && lines.Json * 10 >= lines.Total * 8)
        {
            MarkJsonLines(text, lines, marks);
            return;
        }

        if (!isJson && !StructuredDocument.LooksLikeYaml(text))
        {
            return;
        }

        if ((!isJson && lines.Timed * 2 > lines.Total) || StructuredDocument.Read(text) is not { } root
            || root is { Items.Count: 0, Members.Count: 0 })
        {
            return;
        }

        var votes = Count(root);
        var found = false;
        foreach (var (type, (count, reason)) in votes)
        {
            found = true;
            var share = (double)count / votes.Values.Sum(vote => vote.Count);
            marks.Add(type, 0.72 + (0.22 * share), reason);
        }

        if (!found && (isJson || lines.YamlLines * 10 >= lines.Total * 7))
        {
            marks.Add(Proto.EvidenceType.Config, isJson ? 0.62 : 0.8, isJson ? "JSON that matches no other evidence type."
                : "YAML that matches no other evidence type.");
        }
    }

    private static void MarkJsonLines(SourceText text, LineShapes lines, TypeScores marks)
    {
        if (lines.JsonLogs * 2 >= lines.Json)
        {
            marks.Add(Proto.EvidenceType.Logs, 0.94, "The lines are JSON objects with a message or a level.");
            return;
        }

        foreach (var (type, (_, reason)) in JsonDocumentReader.Read(text) is { } root ? Count(root) : [])
        {
            marks.Add(type, 0.85, reason);
        }

        marks.Add(Proto.EvidenceType.Logs, 0.6, "The lines are JSON objects.");
    }

    private static SortedDictionary<Proto.EvidenceType, (int Count, string Reason)> Count(Node root)
    {
        var votes = new SortedDictionary<Proto.EvidenceType, (int Count, string Reason)>();
        var strongest = new Dictionary<Proto.EvidenceType, int>();
        foreach (var (node, name) in root.Walk().Take(MaxNodes))
        {
            if (TypeOf(node, name) is var (type, weight, reason) && type != Proto.EvidenceType.Unspecified)
            {
                var (count, known) = votes.GetValueOrDefault(type);
                var isStronger = weight > strongest.GetValueOrDefault(type);
                votes[type] = (count + weight, isStronger ? reason : known);
                strongest[type] = isStronger ? weight : strongest[type];
            }
        }

        return votes;
    }

    private static (Proto.EvidenceType Type, int Weight, string Reason) TypeOf(Node node, string name)
    {
        if (node.IsList)
        {
            return node.Items.Count == 0 && Names.IsOneOf(name, "warning_events", "events", "warnings")
                ? (Proto.EvidenceType.Events, 1, "An empty list of events.")
                : node.Items.Count == 0 && Names.IsOneOf(name, "logs", "log_events", "hits")
                ? (Proto.EvidenceType.Logs, 1, "An empty answer of a log search.")
                : node.Items is [{ IsScalar: true }, ..] && Names.IsOneOf(name, "logs", "log_lines", "lines")
                    && LogText.LooksLikeEntry(node.Items[0].Text)
                ? (Proto.EvidenceType.Logs, 5, "Contains the lines of a log as a list.")
                : node.Items.Count == 0 && Names.IsOneOf(name, "monitors", "alerts")
                    ? (Proto.EvidenceType.Alert, 1, "An empty list of alerts.")
                : default;
        }

        if (!node.IsMap)
        {
            return node.IsScalar && Names.IsOneOf(name, "logs", "log", "output", "stdout") && node.Text.Contains('\n')
                ? (Proto.EvidenceType.Logs, 5, "Contains the lines of a log as one string.")
                : default;
        }

        return Load(node) ?? Cluster(node, name) ?? Event(node, name) ?? Series(node, name) ?? Trace(node, name) ?? Alert(node, name)
            ?? Log(node) ?? Profile(node) ?? default;
    }

    private static (Proto.EvidenceType, int, string)? Load(Node node) =>
        node.First(s_statements) is { Kind: NodeKind.List or NodeKind.Map }
            ? (Proto.EvidenceType.DatabaseLoad, 40, "Contains database load, statements or wait events.")
        : node.First("Plan/Node Type", "query_plan", "execution_plan", "query_block/select_id", "query_block/table",
            "query_block/nested_loop") is not null ? (Proto.EvidenceType.DatabaseLoad, 40, "It is the plan of a query.")
        : null;

    private static (Proto.EvidenceType, int, string)? Cluster(Node node, string name)
    {
        if (PodState.TryRead(node, name, out _))
        {
            return (Proto.EvidenceType.ClusterState, 4, "Describes the state of pods.");
        }

        if (node.First("apiVersion", "metadata/name") is not null && node.TextOf("kind") is { Length: > 0 } kind
            && kind is not ("Event" or "EventList") && !kind.EndsWith("List", StringComparison.Ordinal))
        {
            return node.First("status") is { IsMap: true, Members.Count: > 0 }
                ? (Proto.EvidenceType.ClusterState, 6, $"Describes the state of a Kubernetes {kind}.")
                : (Proto.EvidenceType.Config, 6, $"The manifest of a Kubernetes {kind}.");
        }

        return Names.IsOneOf(name, "nodes", "deployments", "statefulsets", "daemonsets", "replicasets", "hpas", "pvcs", "jobs", "quotas",
            "resource_quotas", "endpoints", "namespaces")
            && node.First("name", "metadata/name") is not null
                && node.First("ready", "status", "phase", "desired", "replicas", "conditions", "used", "available") is not null
            ? (Proto.EvidenceType.ClusterState, 4, $"Describes the state of {name}.")
            : null;
    }

    private static (Proto.EvidenceType, int, string)? Event(Node node, string name) =>
        KubernetesEvent.TryRead(node) is not null ? (Proto.EvidenceType.Events, 5, "Contains events of Kubernetes.")
        : node.First("message", "description", "detail") is { IsScalar: true }
            && node.First("date", "time", "timestamp", "event_time", "created_at", "eventTime") is not null
            && (node.First("event_categories", "source_identifier", "eventTypeCode", "eventName") is not null
                || Names.IsOneOf(name, "events", "rds_events"))
            && node.First("level", "status", "logger") is null
            ? (Proto.EvidenceType.Events, 4, "Contains events of a platform.")
        : Names.IsOneOf(name, "deployments", "releases", "deploys", "changes", "rollouts")
            && node.First("version", "revision", "sha", "commit", "image") is not null
            && node.First("time", "timestamp", "deployed_at", "finished_at", "created_at", "started_at", "date") is not null
            ? (Proto.EvidenceType.Events, 4, "Contains a history of deployments.")
        : null;

    private static (Proto.EvidenceType, int, string)? Series(Node node, string name) =>
        node.First("timestamps") is { IsList: true } && node.First("values") is { IsList: true }
            ? Names.IsOneOf(name, "db_load", "load") ? (Proto.EvidenceType.DatabaseLoad, 10, "Contains database load over time.")
                : (Proto.EvidenceType.Metrics, 10, "Contains time series.")
        : node.First("datapoints", "pointlist", "points", "samples", "data_points") is { IsList: true, Items.Count: > 0 }
            ? (Proto.EvidenceType.Metrics, 8, "Contains data points of metrics.")
        : node.First("metric") is { IsMap: true } && node.First("values", "value") is { IsList: true }
            ? (Proto.EvidenceType.Metrics, 8, "An answer of the Prometheus API.")
        : node.First("schema/fields") is { IsList: true } && node.First("data/values") is { IsList: true }
            ? (Proto.EvidenceType.Metrics, 8, "Contains Grafana data frames.")
        : node.First("metric/__name__") is not null || (Names.IsOneOf(name, "MetricDataResults") && node.First("Label", "Id") is not null)
            ? (Proto.EvidenceType.Metrics, 4, "Names metrics.")
        : Names.IsOneOf(name, "series") && node.First("metric") is { IsScalar: true } ? (Proto.EvidenceType.Metrics, 4, "Names metrics.")
        : node.First("metric_name", "metricName") is not null
            && node.First("metric_data_results", "values", "datapoints", "statistics", "dimensions") is not null
            ? (Proto.EvidenceType.Metrics, 4, "Names metrics.")
        : node.First("namespace") is not null && node.First("period") is not null
            ? (Proto.EvidenceType.Metrics, 2, "The envelope of metrics.")
        : null;

    private static (Proto.EvidenceType, int, string)? Trace(Node node, string name) =>
        node.First("spanID", "spanId", "span_id") is not null
            && node.First("operationName", "name", "startTime", "startTimeUnixNano", "duration") is not null
            ? (Proto.EvidenceType.Trace, 4, "Contains spans of traces.")
        : node.First("log/entries") is { IsList: true } && node.First("log/version", "log/creator") is not null
            ? (Proto.EvidenceType.Trace, 30, "An HTTP archive.")
        : null;

    private static (Proto.EvidenceType, int, string)? Alert(Node node, string name)
    {
        var says = 0;
        says += node.First("labels/alertname", "commonLabels/alertname", "alertname", "AlarmName", "alert_name", "monitor_id",
            "ruleName") is not null ? 2 : 0;
        says += node.First("annotations", "commonAnnotations") is { IsMap: true } ? 1 : 0;
        says += node.First("labels", "commonLabels", "groupLabels") is { IsMap: true } ? 1 : 0;
        says += node.First("overall_state", "NewStateValue", "StateValue", "alert_status", "alertState", "startsAt", "event_action",
            "alert_transition") is not null ? 2 : 0;
        says += node.First("title", "alert_title") is not null && node.First("state", "status", "severity") is { IsScalar: true } ? 1 : 0;
        says += node.First("title") is not null && node.First("urgency", "alert_type") is not null ? 1 : 0;
        says += Names.IsOneOf(name, "alerts", "monitors", "incidents", "incident", "alarms", "metric_alarms") ? 1 : 0;
        return says >= 2 ? (Proto.EvidenceType.Alert, 6, "An alert or a list of alerts.") : null;
    }

    private static (Proto.EvidenceType, int, string)? Log(Node node) =>
        node.First("message", "msg", "log", "@message", "line", "content/message", "textPayload", "_source/message") is { IsScalar: true }
            && node.First("timestamp", "time", "@timestamp", "ts", "date", "ingestionTime", "content/timestamp",
                "_source/@timestamp") is not null
            && node.First("value", "values") is null
            ? (Proto.EvidenceType.Logs, 4, "Contains log entries with a time and a message.")
        : node.First("stream") is { IsMap: true } && node.First("values") is { IsList: true }
            ? (Proto.EvidenceType.Logs, 8, "An answer of Loki.")
        : null;

    private static (Proto.EvidenceType, int, string)? Profile(Node node) =>
        (node.First("nodes") is { IsList: true } && node.First("samples", "timeDeltas") is { IsList: true })
        || (node.First("profiles", "shared/frames") is not null && node.First("$schema") is { } schema
            && schema.Text.Contains("speedscope", StringComparison.Ordinal))
            ? (Proto.EvidenceType.Profile, 40, "A profile of a process.")
            : null;
}
