namespace FaultMaven.Data.Analysis.Catalogue;

internal static partial class SignalCatalogue
{
    private static SignalFamily Metrics() => new(
        "Metrics and database load",
        """
        `instance` is what was measured, such as a host or a database. `low` is the lowest value of a metric of what is free, `peak` the
        highest of others.
        """,
        "",
        [
            new("metric.saturated", "a metric is at, or beyond, its limit", "metric, instance, service, file", "metric", "resource",
                "value", "limit", "unit", "instance", "peak", "low", "capacity", "count", "database", "message", "service", "mean", "p95",
                "p99"),
            new("metric.exhausting", "a metric moves towards its limit and will reach it", "metric", "metric", "resource", "value",
                "limit", "unit", "instance", "low", "mean", "p95", "p99"),
            new("metric.spike", "a short peak far above its own usual range", "metric", "metric", "resource", "baseline", "peak", "unit",
                "instance", "mean", "p95", "p99"),
            new("metric.drop", "a fall far below its own usual range", "metric", "metric", "resource", "baseline", "low", "unit",
                "instance", "mean", "p95", "p99"),
            new("metric.shift", "a lasting change of level", "metric", "metric", "resource", "before", "after", "unit", "instance", "peak",
                "mean", "p95", "p99"),
            new("metric.within_bounds", "normal: a metric stayed within its bounds", "metric", "metric", "resource", "min", "max", "unit",
                "instance", "value", "limit", "mean", "p95", "p99"),
            new("db.load_high", "more active sessions than the database can serve", "instance", "value", "limit", "peak"),
            new("db.user_dominant", "one user causes most of the load", "instance", "user", "load"),
            new("db.load_normal", "normal: active sessions are well within bounds", "instance", "value", "limit", "peak"),
            new("db.statement_dominant", "one statement causes most of the load", "instance", "statement", "load", "user",
                "calls_per_second", "share", "wait"),
            new("db.wait_dominant", "one wait event causes most of the load", "instance", "wait", "wait_type", "load", "share"),
        ]);
}
