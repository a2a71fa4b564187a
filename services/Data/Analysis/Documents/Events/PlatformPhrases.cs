using System.Text.RegularExpressions;

namespace FaultMaven.Data.Analysis.Documents.Events;

/// <summary>Reads the meaning of a platform's event from how platforms in general put things.</summary>
internal static partial class PlatformPhrases
{
    private static readonly string[] s_done =
        ["completed", "complete.", "finished", "succeeded", "successful", "is available", "now available", "has been increased",
            "restored", "recovered", "resolved", "is now running", "ended"];

    public static PlatformMeaning Of(string message, string category)
    {
        var isDone = Any(message, s_done) && !Any(message, "not completed", "unsuccessful", "not available", "not recovered");
        return Change(message) ?? Capacity(message, category, isDone) ?? Maintenance(message, category)
            ?? Availability(message, category, isDone) ?? Rest(message, category);
    }

    private static PlatformMeaning? Capacity(string message, string category, bool isDone)
    {
        var storage = Any(message, "storage", "disk", "volume");
        if (storage
            && (Any(message, "ran out of", "run out of", "out of storage", "out of space", "storage full", "storage-full", "is full",
            "exhausted", "no space left", "insufficient storage", "insufficient space", "has no free"))
            && !Any(message, "resolved", "no longer"))
        {
            return new("platform.storage_full", Proto.Severity.Critical);
        }

        if (storage
            && Any(message, "autoscal", "allocated storage", "storage has been increased", "storage increase", "volume was enlarged",
            "scaled up", "expanded", "storage modification", "storage scaling")
            && !Any(message, "unable to", "failed", "could not", "cannot", "consider"))
        {
            return Any(message, "low", "critical") && !isDone
                ? new("platform.storage_low", Proto.Severity.Warning)
                : new("platform.storage_scaled", Proto.Severity.Info) { Ends = isDone, State = isDone ? Proto.SignalState.Recovered
                    : Proto.SignalState.Active };
        }

        if (storage
            && Any(message, "low", "running out", "almost full", "utilization", "remaining", "threshold", "approaching", "depleted",
            "consumed", "% used", "has grown"))
        {
            return new("platform.storage_low", Any(message, "critical", "imminent", "exhaust") ? Proto.Severity.Error
                : Proto.Severity.Warning);
        }

        if (Any(category, "low storage"))
        {
            return new("platform.storage_low", Proto.Severity.Error);
        }

        if (Any(message, "replica", "replication")
            && Any(message, "lag", "behind", "stopped", "error", "broken", "terminated", "not replicating"))
        {
            return new("platform.replication_lagging", Any(message, "stopped", "terminated", "broken", "error") ? Proto.Severity.Error
                : Proto.Severity.Warning) { Ends = Any(message, "caught up", "resumed") };
        }

        return Any(message, "connections", "connection count") && !Any(message, "accepting connections", "no connections accepted")
            && Any(message, "maximum", "max_connections", "limit", "refused", "exhaust", "too many")
            ? new("metric.saturated", Any(message, "refused", "exhaust", "too many", "exceeded", "reached") ? Proto.Severity.Error
                : Proto.Severity.Warning,
                ("resource", "connections"), ("metric", "connections"), ("value", Number(ConnectionCount().Match(message))),
                ("limit", Number(Maximum().Match(message))))
            : null;
    }

    private static PlatformMeaning? Availability(string message, string category, bool isDone)
    {
        if (Any(message, "failover", "failed over", "fail over", "standby was promoted", "promoted to primary", "switchover",
            "new primary elected", "promotion"))
        {
            return Any(message, "is available", "available and accepting") && !Any(message, "failover")
                ? new("platform.recovered", Proto.Severity.Info) { Ends = true, State = Proto.SignalState.Recovered }
                : new("platform.failover", Proto.Severity.Error) { Ends = isDone || Any(message, "now running on", "promoted") };
        }

        if (Any(message, "needs to be rebooted", "pending-reboot", "pending reboot", "requires a reboot", "reboot is required",
            "restart is required", "requires restart", "to take effect"))
        {
            return new("platform.routine", Proto.Severity.Info) { State = Proto.SignalState.Normal };
        }

        if (Any(message, "incompatible-", "unavailable", "not available", "unreachable", "impaired", "outage", "no connections accepted",
            "hardware failure", "host failure",
            "crashed", "was killed", "not accepting", "health check fail", "failed health check", "lost connectivity", "went down",
            "is down", "degraded", "stopped responding",
            "recovery of the db instance has started", "crash recovery has started"))
        {
            return isDone && !Any(message, "incompatible-")
                ? new("platform.recovered", Proto.Severity.Info) { Ends = true, State = Proto.SignalState.Recovered }
                : new("platform.unavailable", Proto.Severity.Error);
        }

        if (Any(message, "backup", "snapshot") || Any(category, "backup"))
        {
            return Any(message, "failed", "failure", "unable", "error")
                ? new("platform.event", Proto.Severity.Warning)
                : new("platform.routine", Proto.Severity.Info) { State = Proto.SignalState.Normal };
        }

        // A restart ends the shortage for a while only.
        if (Any(message, "insufficient memory", "out of memory", "out-of-memory", "low memory", "lack of memory", "memory pressure"))
        {
            return new("metric.saturated", Proto.Severity.Error, ("resource", "memory"), ("metric", "memory"));
        }

        if (Any(message, "restart", "reboot", "shutdown", "shut down", "stopped", "is being started") && !Any(message, "not restart"))
        {
            return new("platform.restart", Any(message, "user", "requested") ? Proto.Severity.Info
                : Proto.Severity.Warning) { Ends = isDone || Any(message, "restarted", "rebooted") };
        }

        if (Any(message, "is available", "now available", "recovered", "recovery", "back online", "restored", "resolved", "now healthy",
            "is healthy", "accepting connections",
            "returned to normal", "caught up", "resumed"))
        {
            return new("platform.recovered", Proto.Severity.Info) { Ends = true, State = Proto.SignalState.Recovered };
        }

        return null;
    }

    private static PlatformMeaning? Change(string message)
    {
        var updated = UpdatedParameter().Match(message);
        return updated.Success
            ? new("config.changed", Proto.Severity.Warning, ("key", updated.Groups["key"].Value),
                ("before", updated.Groups["before"].Value), ("after", updated.Groups["after"].Value))
            : null;
    }

    private static PlatformMeaning? Maintenance(string message, string category) =>
        Any(message, "maintenance", "patching", "upgrade", "patch ") || Any(category, "maintenance")
            ? new("platform.maintenance", Any(message, "fail") ? Proto.Severity.Warning
                : Proto.Severity.Info) { Ends = Any(message, "completed", "finished", "has been applied") }
            : null;

    private static PlatformMeaning Rest(string message, string category) =>
        Any(message, "fail", "error", "exceed", "critical", "warning", "unable", "above", "denied", "revoked", "expired", "timed out",
            "throttl", "corrupt", "deadlock") || Any(category, "failure")
            ? new("platform.event", Proto.Severity.Warning)
            : new("platform.routine", Proto.Severity.Info) { State = Proto.SignalState.Normal };

    private static bool Any(string message, params ReadOnlySpan<string> phrases) => EventPhrases.Any(message, phrases);

    private static string Number(Match match) => match.Groups["number"].Value.Replace(",", "", StringComparison.Ordinal);

    /// <summary><c>Updated parameter max_connections from 500 to 50 with apply method immediate</c>.</summary>
    [GeneratedRegex(@"\bparameter ['""]?(?<key>[\w.\-]{1,80})['""]? (?:(?:was )?(?:changed )?from (?<before>\S{1,80}) )?to "
        + @"(?<after>[^\s,;]{1,80})", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex UpdatedParameter();

    /// <summary><c>has 4948 connections</c> or <c>connection count at 4988</c>.</summary>
    [GeneratedRegex(@"(?<number>\d[\d,]{0,12}) (active |open |current )?connections|connection count (at|is|of|reached) "
        + @"(?<number>\d[\d,]{0,12})", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex ConnectionCount();

    /// <summary><c>approaching the maximum of 5000</c>, <c>max_connections (500)</c>, <c>limit: 100</c>.</summary>
    [GeneratedRegex(@"(maximum|max_connections|limit)\s?(of|is|=|:|\()?\s?(?<number>\d[\d,]{0,12})",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Maximum();
}
