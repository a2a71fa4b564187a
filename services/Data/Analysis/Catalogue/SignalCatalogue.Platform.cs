namespace FaultMaven.Data.Analysis.Catalogue;

internal static partial class SignalCatalogue
{
    private static SignalFamily Platform() => new(
        "Platform, alerts, changes, traces",
        "",
        "",
        [
            new("platform.failover", "a standby took over", "instance, node, platform", "message", "instance", "count"),
            new("platform.restart", "an instance was restarted", "instance, node, platform", "message", "instance", "count"),
            new("platform.storage_full", "an instance ran out of storage", "instance, node, platform", "message", "instance"),
            new("platform.storage_low", "the platform warns that storage is running out", "instance, node, platform", "message",
                "instance"),
            new("platform.storage_scaled", "storage was enlarged", "instance, node, platform", "message", "instance"),
            new("platform.replication_lagging", "the platform reports that a replica fell behind, or that replication stopped",
                "instance, node, platform", "message", "instance", "count"),
            new("platform.maintenance", "maintenance ran or is due", "instance, node, platform", "message", "instance", "count"),
            new("platform.unavailable", "an instance or zone was not available", "instance, node, platform", "message", "instance",
                "count"),
            new("platform.recovered", "the platform reports a recovery", "instance, node, platform", "message", "instance"),
            new("platform.routine", "normal: backups and other routine", "instance, node, platform", "message", "instance", "count"),
            new("platform.event", "another event", "instance, node, platform", "message", "instance"),
            new("alert.firing", "an alert fires", "alert, or the object it names", "alert", "severity", "condition", "value", "threshold",
                "error", "title"),
            new("alert.resolved", "an alert was resolved", "alert, or the object it names", "alert", "title"),
            new("alerts.ok", "normal: monitors are OK", "alerts", "count"),
            new("config.changed", "a setting, other than which image or version runs, differs between two versions",
                "setting, file, instance", "key", "before", "after", "file", "instance", "message"),
            new("config.invalid", "a setting is invalid", "setting, file", "key", "value", "reason"),
            new("deploy.changed", "something was deployed, or a setting names another image or version", "deployment, setting, file",
                "version", "service", "by", "from", "to", "key", "file"),
            new("change.before_trouble", "a change happened at most an hour before the first problem; found across files", "what changed",
                "change", "trouble", "lead_seconds"),
            new("trace.slow_span", "a span takes most of the time", "service, operation", "operation", "service", "ms", "share"),
            new("trace.failed_span", "a span failed", "service, operation", "operation", "service", "error", "count"),
        ]);
}
