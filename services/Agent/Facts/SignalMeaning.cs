namespace FaultMaven.Agents.Facts;

/// <summary>What a kind of signal means as a fact.</summary>
/// <param name="Class">What it says is wrong.</param>
/// <param name="ObjectKind">What kind of thing it is about.</param>
/// <param name="Specificity">How near to a cause it is by itself, 0 to 1: a killed container says more than a failed probe.</param>
internal sealed record SignalMeaning(FactClass Class, string ObjectKind, double Specificity)
{
    private static readonly Dictionary<string, SignalMeaning> s_known = new(StringComparer.Ordinal)
    {
        ["pod.oom_killed"] = new(FactClass.Exhausted, "memory", 0.75),
        ["pod.crash_loop"] = new(FactClass.Crashed, "process", 0.4),
        ["pod.image_pull_failed"] = new(FactClass.Missing, "image", 0.7),
        ["pod.unschedulable"] = new(FactClass.Exhausted, "node", 0.6),
        ["pod.config_missing"] = new(FactClass.Missing, "setting", 0.8),
        ["pod.mount_failed"] = new(FactClass.Failed, "volume", 0.6),
        ["pod.init_failed"] = new(FactClass.Crashed, "process", 0.45),
        ["pod.probe_failing"] = new(FactClass.Lost, "process", 0.3),
        ["pod.evicted"] = new(FactClass.Lost, "process", 0.5),
        ["pod.restarted"] = new(FactClass.Restarted, "process", 0.25),
        ["pod.not_ready"] = new(FactClass.Lost, "process", 0.2),
        ["pod.sandbox_failed"] = new(FactClass.Failed, "network", 0.55),
        ["node.not_ready"] = new(FactClass.Lost, "node", 0.45),
        ["node.pressure"] = new(FactClass.Exhausted, "node", 0.6),
        ["node.capacity_low"] = new(FactClass.Exhausted, "node", 0.5),
        ["node.cordoned"] = new(FactClass.Lost, "node", 0.35),
        ["deployment.unavailable"] = new(FactClass.Lost, "process", 0.2),
        ["deployment.rollout_stuck"] = new(FactClass.Failed, "process", 0.3),
        ["quota.exceeded"] = new(FactClass.Exhausted, "quota", 0.8),
        ["volume_claim.pending"] = new(FactClass.Missing, "volume", 0.55),
        ["job.failed"] = new(FactClass.Failed, "process", 0.25),
        ["autoscaler.limited"] = new(FactClass.Exhausted, "quota", 0.5),
        ["service.no_endpoints"] = new(FactClass.Missing, "dependency", 0.5),
        ["cluster.warning"] = new(FactClass.Failed, "", 0.25),
        ["metric.saturated"] = new(FactClass.Exhausted, "quota", 0.65),
        ["metric.exhausting"] = new(FactClass.Exhausted, "quota", 0.5),
        ["metric.target_down"] = new(FactClass.Unreachable, "dependency", 0.4),
        ["metric.spike"] = new(FactClass.Behind, "", 0.2),
        ["metric.drop"] = new(FactClass.Behind, "", 0.2),
        ["metric.shift"] = new(FactClass.Behind, "", 0.25),
        ["db.load_high"] = new(FactClass.Behind, "dependency", 0.4),
        ["db.deadlock"] = new(FactClass.Conflict, "lock", 0.65),
        ["db.sequential_scan"] = new(FactClass.Behind, "schema", 0.5),
        ["db.slow_statement"] = new(FactClass.Behind, "schema", 0.4),
        ["db.statement_dominant"] = new(FactClass.Behind, "schema", 0.45),
        ["db.user_dominant"] = new(FactClass.Behind, "dependency", 0.4),
        ["db.spill"] = new(FactClass.Exhausted, "memory", 0.4),
        ["host.io_wait"] = new(FactClass.Behind, "disk", 0.4),
        ["host.swapping"] = new(FactClass.Exhausted, "memory", 0.5),
        ["host.sockets_piling_up"] = new(FactClass.Exhausted, "connections", 0.5),
        ["host.listen_queue_full"] = new(FactClass.Exhausted, "queue", 0.6),
        ["platform.failover"] = new(FactClass.Restarted, "replica", 0.55),
        ["platform.restart"] = new(FactClass.Restarted, "process", 0.4),
        ["platform.storage_full"] = new(FactClass.Exhausted, "disk", 0.8),
        ["platform.storage_low"] = new(FactClass.Exhausted, "disk", 0.6),
        ["platform.replication_lagging"] = new(FactClass.Behind, "replica", 0.5),
        ["platform.unavailable"] = new(FactClass.Lost, "node", 0.5),
        ["config.invalid"] = new(FactClass.Misconfigured, "setting", 0.7),
        ["trace.failed_span"] = new(FactClass.Failed, "dependency", 0.35),
        ["trace.slow_span"] = new(FactClass.Behind, "dependency", 0.35),
        ["log.out_of_memory"] = new(FactClass.Exhausted, "memory", 0.75),
        ["log.disk_full"] = new(FactClass.Exhausted, "disk", 0.75),
        ["log.too_many_connections"] = new(FactClass.Exhausted, "connections", 0.72),
        ["log.pool_exhausted"] = new(FactClass.Exhausted, "pool", 0.55),
        ["log.rate_limited"] = new(FactClass.Throttled, "quota", 0.62),
        ["log.deadlock"] = new(FactClass.Conflict, "lock", 0.65),
        ["log.dns_failure"] = new(FactClass.Unreachable, "dns", 0.55),
        ["log.tls_failure"] = new(FactClass.Denied, "certificate", 0.62),
        ["log.port_in_use"] = new(FactClass.Conflict, "ports", 0.7),
        ["log.migration_failed"] = new(FactClass.Missing, "schema", 0.65),
        ["log.health_check_failed"] = new(FactClass.Lost, "process", 0.3),
        ["log.auth_failure"] = new(FactClass.Denied, "credentials", 0.6),
        ["log.permission_denied"] = new(FactClass.Denied, "permission", 0.62),
        ["log.message_backlog"] = new(FactClass.Behind, "queue", 0.4),
        ["log.timeout"] = new(FactClass.TimedOut, "time limit", 0.38),
        ["log.upstream_error"] = new(FactClass.Failed, "dependency", 0.35),
        ["log.connection_refused"] = new(FactClass.Refused, "dependency", 0.48),
        ["log.config_invalid"] = new(FactClass.Misconfigured, "setting", 0.65),
        ["log.data_invalid"] = new(FactClass.Invalid, "data", 0.55),
        ["log.gc_pressure"] = new(FactClass.Behind, "memory", 0.5),
        ["log.crash"] = new(FactClass.Crashed, "process", 0.45),
        ["log.exception"] = new(FactClass.Failed, "code", 0.3),
        ["log.errors"] = new(FactClass.Failed, "", 0.2),
        ["log.resource_rising"] = new(FactClass.Exhausted, "memory", 0.45),
        ["log.resource_near_limit"] = new(FactClass.Exhausted, "quota", 0.55),
        ["log.latency_shift"] = new(FactClass.Behind, "", 0.25),
    };

    /// <summary>The meaning of a signal. Null for what says nothing by itself, such as a burst: which errors came is another
    /// signal's.</summary>
    public static SignalMeaning? Of(Data.Signal signal)
    {
        if (IsStatement(signal))
        {
            return Enum.TryParse<FactClass>(signal.Kind[StatementPrefix.Length..].Replace("_", "", StringComparison.Ordinal),
                ignoreCase: true, out var said)
                ? new(said, signal.Attributes.GetValueOrDefault("object_kind", ""),
                    Number(signal.Attributes.GetValueOrDefault("specificity"), 0.3))
                : null;
        }

        return s_known.GetValueOrDefault(signal.Kind);
    }

    /// <summary>True for what the evidence says in its own words.</summary>
    public static bool IsStatement(Data.Signal signal) => signal.Kind.StartsWith(StatementPrefix, StringComparison.Ordinal);

    /// <summary>True for what was read from words alone, of a log or another text.</summary>
    public static bool IsSaid(Data.Signal signal) => IsStatement(signal) || signal.Kind.StartsWith("log.", StringComparison.Ordinal);

    private const string StatementPrefix = "statement.";

    private static double Number(string? text, double otherwise) =>
        double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
