using System.Globalization;
using FaultMaven.Data.Sources;
using Google.Protobuf.WellKnownTypes;

namespace FaultMaven.Data.Query.Signals;

/// <summary>
/// Finds what only several files show together: trouble that is over by now, limits stated elsewhere, changes shortly before trouble.
/// </summary>
internal static class SignalCorrelator
{
    /// <summary>What an event reported counts as over when all is well and no event reported it again for so long.</summary>
    private static readonly TimeSpan s_quiet = TimeSpan.FromMinutes(2);

    /// <summary>A container that began later than this before the end may well crash again.</summary>
    private static readonly TimeSpan s_steady = TimeSpan.FromMinutes(10);

    /// <summary>A change at most this long before the first problem is reported.</summary>
    private static readonly TimeSpan s_before = TimeSpan.FromHours(1);

    private static readonly string[] s_podTroubles =
    [
        "pod.crash_loop", "pod.oom_killed", "pod.probe_failing", "pod.mount_failed", "pod.unschedulable", "pod.sandbox_failed",
        "pod.image_pull_failed",
        "pod.config_missing", "pod.not_ready", "pod.evicted",
    ];

    private static readonly string[] s_changes = ["deploy.changed", "config.changed", "deployment.changed", "platform.maintenance"];

    /// <summary>
    /// The signals of a case, some with another state or severity, and those found across files. The given signals are not changed.
    /// </summary>
    public static IReadOnlyList<Proto.Signal> Reconcile(IReadOnlyList<Proto.Signal> signals)
    {
        var all = signals.Select(signal => signal.Clone()).ToList();
        var end = all.Max(signal => signal.EndTime?.ToDateTimeOffset());
        var health = new HealthIndex(all, signal => IsStillRestarting(signal, end));
        var storage = StorageSignals(all);
        foreach (var signal in all)
        {
            if (signal.State == Proto.SignalState.Active && IsOver(signal, health, storage, end))
            {
                signal.State = Proto.SignalState.Recovered;
                signal.Severity = signal.Severity > Proto.Severity.Warning ? Proto.Severity.Warning : signal.Severity;
            }
            else if (signal.State == Proto.SignalState.Recovered && IsStillRestarting(signal, end))
            {
                signal.State = Proto.SignalState.Active;
                signal.Severity = signal.Kind == "pod.oom_killed" ? Proto.Severity.Error : Proto.Severity.Warning;
            }
        }

        JoinCrashesToTheirCause(all);

        // An exceeded quota is reported as "forbidden", but has nothing to do with who asked.
        all.RemoveAll(signal => signal.Kind is "log.auth_failure" or "log.permission_denied" && SaysQuota(signal.Summary));
        ApplyLimits(all);
        all.AddRange(ChangesBeforeTrouble(all));
        all.AddRange(LogCorrelation.Find(all).ToList());
        return all;
    }

    private static bool SaysQuota(string summary) =>
        summary.Contains("exceeded quota", StringComparison.OrdinalIgnoreCase)
            || summary.Contains("failed quota", StringComparison.OrdinalIgnoreCase);

    private static bool IsOver(Proto.Signal signal, HealthIndex health, IReadOnlyList<Proto.Signal> storage, DateTimeOffset? end)
    {
        // Only what was reported as an event, and then not again, can be over while the state of things is well.
        var isEvent = signal.Attributes.ContainsKey("origin");
        var isPast = signal.EndTime is null || end - signal.EndTime.ToDateTimeOffset() >= s_quiet;
        var name = signal.Subject[(signal.Subject.IndexOf('/', StringComparison.Ordinal) + 1)..];
        return signal.Kind switch
        {
            "node.not_ready" or "node.pressure" when isEvent => isPast && health.Lists("nodes.ready", name),
            "deployment.rollout_stuck" when isEvent =>
                health.Lists("deployments.available", name) || health.IsAbout("deployments.available", signal.Subject),
            "platform.storage_low" or "platform.storage_full" => IsStorageWell(signal, storage),
            _ when isEvent && s_podTroubles.Contains(signal.Kind) => isPast && health.IsPodWell(name),
            _ => false,
        };
    }

    /// <summary>The signals that show how full storage is, and that it grew.</summary>
    private static List<Proto.Signal> StorageSignals(List<Proto.Signal> all) =>
        all.FindAll(signal => signal.Kind is "platform.storage_scaled" or "metric.exhausting"
        || (signal.Kind.StartsWith("metric.", StringComparison.Ordinal) && signal.Attributes.GetValueOrDefault("resource") == "storage"));

    private static bool IsStorageWell(Proto.Signal signal, IReadOnlyList<Proto.Signal> storage) =>
        storage.Any(other => other.Kind.StartsWith("metric.", StringComparison.Ordinal)
            && other.Attributes.GetValueOrDefault("resource") == "storage"
            && other.State != Proto.SignalState.Active && other.EndTime is not null && signal.EndTime is not null
                && other.EndTime >= signal.EndTime
            && IsSameInstance(other, signal))
        && storage.Any(other => other.Kind is "platform.storage_scaled"
            || (other.Kind == "metric.exhausting" && other.State == Proto.SignalState.Recovered));

    private static bool IsStillRestarting(Proto.Signal signal, DateTimeOffset? end) =>
        signal.Kind is "pod.restarted" or "pod.oom_killed"
            && Values.TryNumber(signal.Attributes.GetValueOrDefault("restarts"), out var restarts) && restarts >= 3
        && Values.Time(signal.Attributes.GetValueOrDefault("started_at")) is { } started && end is { } last && last - started < s_steady;

    /// <summary>An event reports that a container keeps crashing, its pod has the reason: one problem, seen twice.</summary>
    private static void JoinCrashesToTheirCause(List<Proto.Signal> all)
    {
        var causes = new Dictionary<string, Proto.Signal>(StringComparer.Ordinal);
        foreach (var killed in all.Where(signal => signal.Kind == "pod.oom_killed"))
        {
            causes.TryAdd(killed.Subject, killed);
        }

        all.RemoveAll(crash =>
        {
            if (crash.Kind != "pod.crash_loop" || !crash.Attributes.ContainsKey("origin")
                || !causes.TryGetValue(crash.Subject, out var cause))
            {
                return false;
            }

            cause.Citations.Add(crash.Citations);
            cause.StartTime = cause.StartTime is null || crash.StartTime < cause.StartTime ? crash.StartTime : cause.StartTime;
            cause.EndTime = cause.EndTime is null || crash.EndTime > cause.EndTime ? crash.EndTime : cause.EndTime;
            return true;
        });
    }

    /// <summary>A limit that one file states also holds for the series of another: an event names the maximum of connections.</summary>
    private static void ApplyLimits(List<Proto.Signal> all)
    {
        var stated =
            all.Where(signal => signal.Kind == "metric.saturated" && !signal.Subject.StartsWith("metric/", StringComparison.Ordinal)
            && Values.TryNumber(signal.Attributes.GetValueOrDefault("limit"), out var limit) && limit > 0)
                .ToLookup(signal => signal.Attributes.GetValueOrDefault("resource", ""));
        foreach (var signal in all.Where(signal => signal.Kind is "metric.within_bounds" or "metric.shift" or "metric.exhausting"
            && signal.Subject.StartsWith("metric/", StringComparison.Ordinal)).ToList())
        {
            var said = stated[signal.Attributes.GetValueOrDefault("resource", "")].FirstOrDefault(other => IsSameInstance(signal, other));
            var last = signal.Attributes.GetValueOrDefault("value") ?? signal.Attributes.GetValueOrDefault("after");
            if (said is null || !Values.TryNumber(last, out var value))
            {
                continue;
            }

            var limit = double.Parse(said.Attributes["limit"], CultureInfo.InvariantCulture);
            if (value < 0.9 * limit)
            {
                continue;
            }

            signal.Kind = "metric.saturated";
            signal.Severity = value >= 0.95 * limit ? Proto.Severity.Critical : Proto.Severity.Error;
            signal.State = Proto.SignalState.Active;
            signal.Surprise = 0.8;
            signal.Summary =
                $"{signal.Attributes.GetValueOrDefault("metric")} is at {last} of a maximum of {said.Attributes["limit"]}; it was "
                + $"{signal.Attributes.GetValueOrDefault("min") ?? signal.Attributes.GetValueOrDefault("before")} before.";
            signal.Attributes["limit"] = said.Attributes["limit"];
            signal.Citations.Add(said.Citations);
        }
    }

    private static IEnumerable<Proto.Signal> ChangesBeforeTrouble(List<Proto.Signal> all)
    {
        var first = FirstTrouble(all);
        if (first is null)
        {
            yield break;
        }

        var trouble = first.StartTime.ToDateTimeOffset();
        foreach (var change in all.Where(signal => s_changes.Contains(signal.Kind) && signal.StartTime is not null
            && signal.Attributes.GetValueOrDefault("reason") != "SuccessfulRescale").ToList())
        {
            var lead = trouble - change.StartTime.ToDateTimeOffset();
            if (lead < TimeSpan.Zero || lead > s_before)
            {
                continue;
            }

            var signal = new Proto.Signal
            {
                Kind = "change.before_trouble",
                Subject = change.Subject,
                Summary =
                    $"A change happened {(int)lead.TotalMinutes} min {lead.Seconds} s before the first problem: {change.Summary}",
                Severity = Proto.Severity.Warning,
                State = Proto.SignalState.Active,
                Surprise = 0.6,
                StartTime = change.StartTime,
                EndTime = Timestamp.FromDateTimeOffset(trouble),
                Attributes =
                    { ["change"] = change.Kind, ["trouble"] = first.Kind, ["lead_seconds"] = ((long)lead.TotalSeconds)
                    .ToString(CultureInfo.InvariantCulture) },
            };
            signal.Citations.Add(change.Citations);
            signal.Citations.Add(first.Citations);
            yield return signal;
        }
    }

    /// <summary>
    /// The trouble that came first, without what was over before the lasting trouble began: a stray error is not the beginning of anything.
    /// </summary>
    private static Proto.Signal? FirstTrouble(List<Proto.Signal> all)
    {
        var troubles =
            all.Where(signal => signal.Severity >= Proto.Severity.Error && signal.StartTime is not null && !s_changes.Contains(signal.Kind)
            && !signal.Kind.StartsWith("alert.", StringComparison.Ordinal)).ToList();
        var lasting = troubles.Where(signal => signal.State == Proto.SignalState.Active)
            .Min(signal => signal.StartTime?.ToDateTimeOffset());

        return troubles.Where(signal => signal.State == Proto.SignalState.Active || lasting is null || signal.EndTime is null
            || lasting - signal.EndTime.ToDateTimeOffset() < s_quiet)
            .MinBy(signal => signal.StartTime);
    }

    /// <summary>Whether both are about the same instance, or one does not say what it is about.</summary>
    private static bool IsSameInstance(Proto.Signal metric, Proto.Signal other)
    {
        var instance = metric.Attributes.GetValueOrDefault("instance", "");
        var name = other.Subject[(other.Subject.IndexOf('/', StringComparison.Ordinal) + 1)..];
        return instance.Length == 0 || name is "" or "platform" || instance == name;
    }
}
