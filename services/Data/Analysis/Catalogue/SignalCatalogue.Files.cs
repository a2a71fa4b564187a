namespace FaultMaven.Data.Analysis.Catalogue;

internal static partial class SignalCatalogue
{
    private static SignalFamily Files() => new(
        "Profiles, plans, hosts, code and documents",
        "Signals about code and documents are context, never a problem by themselves.",
        "",
        [
            new("metric.target_down", "a target does not answer its scrapes", "metric", "metric", "resource", "value", "unit", "instance",
                "mean", "p95", "p99"),
            new("profile.hot_frame", "a frame takes much of the time by itself", "frame", "frame", "share", "whole_share"),
            new("profile.waiting", "a frame in which threads wait takes much of the time", "frame", "frame", "share", "whole_share"),
            new("profile.no_hot_frame", "normal: no frame takes much of the time by itself", "profile", "frame", "share"),
            new("db.sequential_scan", "a query reads all of a large table", "table, query", "table", "rows", "condition", "step"),
            new("db.estimate_off", "a step of a plan gave many times more or fewer rows than expected", "table, query", "table",
                "expected_rows", "rows", "step"),
            new("db.spill", "a sort or hash did not fit into memory", "table, query", "step", "disk_kb"),
            new("db.slow_step", "a step takes most of the time of a query", "table, query", "step", "table", "ms", "share"),
            new("db.slow_statement", "a statement took long", "database", "statement", "ms", "rows"),
            new("db.deadlock", "the database reports a deadlock", "database"),
            new("db.plan_sound", "normal: nothing is wrong with a plan", "query", "step", "ms"),
            new("host.io_wait", "processors wait for disks", "host, device", "value", "limit", "unit", "count"),
            new("host.swapping", "memory is swapped in or out", "host", "value", "unit", "count"),
            new("host.sockets_piling_up", "many connections are stuck in one state", "socket", "state", "count", "target"),
            new("host.listen_queue_full", "connections wait to be accepted, as many as may wait", "socket", "target", "value", "limit"),
            new("config.unchanged", "normal: a file of settings means the same as the version before it", "file", "file"),
            new("trace.critical_path", "the chain of spans that decides how long a trace takes", "service, operation", "operation",
                "service", "ms", "path"),
            new("trace.service_graph", "which services call which", "trace", "count", "path"),
            new("code.outline", "what a source file declares", "file", "language", "names", "count"),
            new("code.error_swallowed", "code swallows an error", "file", "language", "count"),
            new("code.marker", "a remark that something is unfinished", "file", "message", "count"),
            new("code.changed", "code differs between two versions", "file", "file", "added", "removed"),
            new("document.outline", "what a document is about, by its headings", "file", "title", "names", "count"),
            new("document.section", "a section about trouble and what to do", "file", "title", "count"),
        ]);
}
