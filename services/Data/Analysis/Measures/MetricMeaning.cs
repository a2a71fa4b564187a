using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Measures;

/// <summary>Which way a metric goes when things go wrong.</summary>
internal enum BadDirection
{
    /// <summary>Neither is bad by itself: traffic, throughput.</summary>
    None,
    High,
    Low,
}

/// <summary>What a metric is about, taken from the words of its name and from its unit.</summary>
/// <param name="Resource">As docs/signals.md names it.</param>
/// <param name="Bad">Which way is bad.</param>
/// <param name="Limit">The limit that its unit implies: 100 for a percentage that can be used up.</param>
/// <param name="Floor">Values below this are harmless, whatever their ratio to each other.</param>
internal sealed record MetricMeaning(string Resource, BadDirection Bad, double? Limit, double Floor)
{
    /// <summary>Transaction ids of PostgreSQL wrap around after 2^31; it refuses commands some millions before.</summary>
    private const double MaxTransactionIds = 2_147_483_648;

    private static readonly (string Words, string Resource)[] s_resources =
    [
        ("transaction ids", "transaction_ids"), ("xid", "transaction_ids"), ("replica lag", "replication_lag"),
        ("replication lag", "replication_lag"),
        ("replication delay", "replication_lag"), ("seconds behind", "replication_lag"), ("consumer lag", "queue"),
        ("lag", "replication_lag"),
        ("file descriptors", "file_descriptors"), ("fds", "file_descriptors"), ("open files", "file_descriptors"),
        ("restart", "restarts"), ("restarts", "restarts"), ("gc", "gc"), ("garbage", "gc"),
        ("error", "error_rate"), ("errors", "error_rate"), ("5xx", "error_rate"), ("4xx", "error_rate"), ("failed", "error_rate"),
        ("failures", "error_rate"),
        ("failure", "error_rate"), ("timeouts", "error_rate"), ("rejected", "error_rate"), ("dropped", "error_rate"),
        ("deadlocks", "error_rate"), ("throttled", "error_rate"),
        ("latency", "latency"), ("duration", "latency"), ("response time", "latency"), ("wait time", "latency"), ("p99", "latency"),
        ("p95", "latency"), ("await", "latency"),
        // Callers that wait for a connection: a pool that is used up, not work that piles up.
        ("pool pending", "connections"), ("pool waiting", "connections"), ("connections pending", "connections"),
        ("pending connections", "connections"),
        ("queue", "queue"), ("backlog", "queue"), ("pending", "queue"), ("inflight", "queue"), ("messages visible", "queue"),
        ("connections", "connections"), ("connection", "connections"), ("sessions", "connections"), ("clients", "connections"),
        ("pool", "connections"),
        ("iops", "iops"), ("cpu", "cpu"), ("swap", "memory"), ("memory", "memory"), ("mem", "memory"), ("heap", "memory"),
        ("rss", "memory"),
        ("storage", "storage"), ("disk", "storage"), ("filesystem", "storage"), ("volume", "storage"), ("inodes", "storage"),
        ("binlog", "storage"), ("wal", "storage"),
        ("burst balance", "iops"), ("credit", "cpu"),
        ("network", "network"), ("rx", "network"), ("tx", "network"), ("throughput", "throughput"), ("requests", "throughput"),
        ("rps", "throughput"), ("qps", "throughput"),
        ("commits", "throughput"), ("transactions", "throughput"), ("hits", "throughput"), ("rate", "throughput"),
        ("threads", "threads"), ("goroutines", "threads"), ("load", "load"), ("load1", "load"), ("load5", "load"),
    ];

    private static readonly string[] s_low =
        ["free", "freeable", "available", "avail", "remaining", "headroom", "idle", "balance", "credit", "hit", "healthy", "availability",
            "uptime", "success", "successful", "ready", "up"];

    private static readonly string[] s_neutral = ["throughput", "network", "iops", "other"];

    private static readonly string[] s_percent = ["percent", "percentage", "pct", "utilization", "utilisation", "util"];

    public static MetricMeaning Of(string name, string unit, double max)
    {
        var words = Names.Words(name);
        var joined = $" {string.Join(' ', words)} ";
        var resource = s_resources.FirstOrDefault(entry => joined.Contains($" {entry.Words} ", StringComparison.Ordinal)).Resource
            ?? "other";
        if (resource == "storage"
            && (joined.Contains(" throughput ", StringComparison.Ordinal) || unit.Contains("/s", StringComparison.OrdinalIgnoreCase)))
        {
            resource = "throughput";
        }

        var bad = words.Any(word => s_low.Contains(word)) && !words.Contains("errors") && !words.Contains("unhealthy") ? BadDirection.Low
            : s_neutral.Contains(resource) ? BadDirection.None : BadDirection.High;
        return new MetricMeaning(resource, bad, LimitOf(words, unit, resource, bad, max), FloorOf(words, unit, resource, max));
    }

    /// <summary>The unit that a name ends in, such as percent, ms, seconds or bytes; empty if it does not.</summary>
    public static string UnitOf(string name)
    {
        var words = Names.Words(name);
        return words.Count == 0 ? ""
            : words[^1] is "percent" or "pct" or "percentage" ? "%"
            : words[^1] is "ms" or "milliseconds" ? "milliseconds"
            : words[^1] is "seconds" or "sec" or "secs" ? "seconds"
            : words[^1] is "bytes" ? "bytes"
            : "";
    }

    private static double? LimitOf(IReadOnlyList<string> words, string unit, string resource, BadDirection bad, double max)
    {
        var isPercent = unit is "%" || Names.IsOneOf(unit, "percent", "percentage") || words.Any(word => s_percent.Contains(word));
        var isShare = Names.IsOneOf(unit, "percentunit", "ratio")
            || (words.Contains("ratio") || (isPercent && max <= 1 && unit.Length == 0));
        return resource is "transaction_ids" ? MaxTransactionIds
            : resource is "latency" or "replication_lag" or "error_rate" or "restarts" or "gc" ? null
            : isShare ? 1
            // Percentages of several cores go beyond 100, and then 100 is not a limit.
            : isPercent
                || (resource is "cpu" && unit.Length == 0 && max is > 1 and <= 100 && bad == BadDirection.High
                && !words.Contains("seconds") && !words.Contains("cores")) ? max <= 105 ? 100 : null
            : null;
    }

    private static double FloorOf(IReadOnlyList<string> words, string unit, string resource, double max) => resource switch
    {
        "latency" or "gc" => 0.010 * PerSecond(words, unit),
        "replication_lag" => 10 * PerSecond(words, unit.Length == 0 && !words.Contains("ms") ? "seconds" : unit),
        "error_rate" => unit is "%" || Names.Same(unit, "percent") || words.Any(word => s_percent.Contains(word)) ? 1
            : words.Any(word => word is "rate" or "ratio" or "fraction") ? max <= 1 ? 0.01 : 1
            : 3,
        "queue" => 5,
        "connections" => 15,
        "threads" or "file_descriptors" => 100,
        "iops" or "throughput" => 10,
        "network" => 100_000,
        "load" => 1,
        _ => 0,
    };

    /// <summary>How many of the unit make a second; without a known unit milliseconds are assumed.</summary>
    private static double PerSecond(IReadOnlyList<string> words, string unit) =>
        Names.IsOneOf(unit, "s", "sec", "secs", "second", "seconds") || words.Contains("seconds") || words.Contains("sec") ? 1
        : Names.IsOneOf(unit, "us", "µs", "microseconds") || words.Contains("us") || words.Contains("microseconds") ? 1e6
        : Names.IsOneOf(unit, "ns", "nanoseconds") || words.Contains("ns") ? 1e9
        : 1000;
}
