namespace FaultMaven.Data.Analysis.Catalogue;

internal static partial class SignalCatalogue
{
    private static SignalFamily Logs() => new(
        "Logs",
        "",
        """
        A quote in a log signal is the first line of the entry and, after a colon, the line or field that tells the trouble (`err`, `exception`,
        `cause`, …) where that is another one. `log.tls_failure` has a `reason` where the message gives one: `expired`, `not yet valid`,
        `name mismatch` or `unknown authority`. The `object` of `log.data_invalid` is the record, such as `partition 6 offset 112644`, where the
        message names one. A panic that a server survives is a `log.exception`; the one that ends a process is a `log.crash` too. What a database
        logs about transaction ids that run out is `metric.saturated` with `resource` `transaction_ids` and the name of the `database`.
        What a kernel logs has its `node/…` as subject, and no `service`.
        """,
        [
            new("log.errors", "messages of one template at level ERROR or above", "service, node, file", "template", "template_id", "level", "count", "service"),
            new("log.burst", "errors came much denser than in the rest of the log", "service, node, file", "count", "window_seconds", "template", "service"),
            new("log.new_template", "a warning or error that was not there before", "service, node, file", "template", "template_id", "count", "level", "after_start_seconds", "service"),
            new("log.surge", "messages of one template, no errors, came much denser for a while", "service, node, file", "template", "template_id", "count", "usual", "window_seconds", "service"),
            new("log.gap", "the log fell silent for much longer than usual", "service, node, file", "seconds", "service"),
            new("log.rate_change", "a template became much more or less frequent", "service, node, file", "template", "template_id", "before", "after", "service", "count"),
            new("log.latency_shift", "durations in the log grew or shrank, lastingly or for a good while", "service, node, file", "before_ms", "after_ms", "service", "count"),
            new("log.resource_rising", "a number that messages of one template give for a resource rises steadily", "service, node, file", "metric", "resource", "before", "value", "limit", "unit", "template", "template_id", "count", "service"),
            new("log.resource_near_limit", "the same number has come near the limit that the messages state", "service, node, file", "metric", "resource", "before", "value", "limit", "unit", "template", "template_id", "count", "service"),
            new("log.correlated", "troubles in two files began together and name the same thing; found across files", "service, node, file", "first", "then", "shared", "lead_seconds"),
            new("log.exception", "an exception with its cause", "service, node, file", "type", "message", "frame", "count", "service"),
            new("log.recovered", "a message says that trouble ended", "service, node, file", "service", "count"),
            new("log.no_errors", "normal: no errors in the log, or none in its last part", "file", "lines", "service"),
            new("log.out_of_memory", "a process ran out of memory or was killed for it", "service, node, file", "process", "limit", "service", "message"),
            new("log.connection_refused", "a peer refused or reset connections", "service, node, file", "target", "count", "service", "message"),
            new("log.timeout", "calls to a peer timed out", "service, node, file", "target", "count", "service", "message"),
            new("log.upstream_error", "a dependency answered with errors", "service, node, file", "target", "status", "count", "service", "message"),
            new("log.dns_failure", "a name did not resolve", "service, node, file", "host", "count", "service", "message"),
            new("log.tls_failure", "a certificate or handshake failed", "service, node, file", "host", "count", "service", "message", "reason"),
            new("log.auth_failure", "credentials or permissions were refused", "service, node, file", "target", "count", "service", "message"),
            new("log.permission_denied", "the operating system or platform refused access", "service, node, file", "target", "count", "service", "message"),
            new("log.disk_full", "a write failed for want of space", "service, node, file", "path", "count", "service", "message"),
            new("log.pool_exhausted", "a connection or thread pool was used up", "service, node, file", "pool", "limit", "count", "service", "message"),
            new("log.too_many_connections", "a server refused further connections", "service, node, file", "target", "count", "service", "message"),
            new("log.rate_limited", "a peer throttled calls", "service, node, file", "target", "count", "service", "message"),
            new("log.deadlock", "transactions or threads blocked each other", "service, node, file", "count", "service", "message"),
            new("log.config_invalid", "a setting is missing or malformed", "service, node, file", "setting", "count", "service", "message"),
            new("log.port_in_use", "an address could not be bound", "service, node, file", "address", "service", "message"),
            new("log.migration_failed", "a schema change failed, or code and schema disagree", "service, node, file", "object", "count", "service", "message"),
            new("log.data_invalid", "input failed parsing, validation or a constraint", "service, node, file", "object", "count", "service", "message"),
            new("log.crash", "a process crashed: segmentation fault, panic, abort", "service, node, file", "process", "service", "message", "count"),
            new("log.health_check_failed", "a health probe or heartbeat failed", "service, node, file", "target", "count", "service", "message"),
            new("log.gc_pressure", "long or frequent garbage collections", "service, node, file", "pause_ms", "count", "service", "message"),
            new("log.message_backlog", "consumers fell behind a queue or topic", "service, node, file", "queue", "depth", "service", "message"),
        ]);
}
