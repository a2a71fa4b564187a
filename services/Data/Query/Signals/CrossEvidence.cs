using System.Globalization;
using FaultMaven.Data.Sources;
using Google.Protobuf.WellKnownTypes;

namespace FaultMaven.Data.Query.Signals;

/// <summary>Finds what only several files tell together: trouble that is over by now, limits stated elsewhere, changes shortly before trouble.</summary>
internal static class CrossEvidence
{
    /// <summary>What an event told of counts as over when all is well and nothing was heard of it for so long.</summary>
    private static readonly TimeSpan s_quiet = TimeSpan.FromMinutes(2);

    /// <summary>A container that began later than this before the end may well crash again.</summary>
    private static readonly TimeSpan s_steady = TimeSpan.FromMinutes(10);

    /// <summary>So long before the first trouble a change is worth naming.</summary>
    private static readonly TimeSpan s_before = TimeSpan.FromHours(1);

    private static readonly string[] s_podTroubles =
    [
        "pod.crash_loop", "pod.oom_killed", "pod.probe_failing", "pod.mount_failed", "pod.unschedulable", "pod.sandbox_failed", "pod.image_pull_failed", "pod.config_missing", "pod.not_ready",
        "pod.evicted",
    ];

    private static readonly string[] s_changes = ["deploy.changed", "config.changed", "deployment.changed", "platform.maintenance"];

    /// <summary>The signals of a case, some of them with another state or severity, and more of them. What is given is not changed.</summary>
    public static IReadOnlyList<Proto.Signal> Reconcile(IReadOnlyList<Proto.Signal> signals)
    {
        var all = signals.Select(signal => signal.Clone()).ToList();
        var end = all.Max(signal => signal.EndTime?.ToDateTimeOffset());
        foreach (var signal in all)
        {
            if (signal.State == Proto.SignalState.Active && IsOver(signal, all, end))
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

        // A refusal by quota is put as "forbidden", but has nothing to do with who asked.
        all.RemoveAll(signal => signal.Kind is "log.auth_failure" or "log.permission_denied" && (signal.Summary.Contains("exceeded quota", StringComparison.OrdinalIgnoreCase) || signal.Summary.Contains("failed quota", StringComparison.OrdinalIgnoreCase)));
        ApplyLimits(all);
        all.AddRange(ChangesBeforeTrouble(all));
        all.AddRange(LogCorrelation.Find(all).ToList());
        return all;
    }

    private static bool IsOver(Proto.Signal signal, List<Proto.Signal> all, DateTimeOffset? end)
    {
        // Only what was told as an event, and then not again, can be over while the state of things is well.
        var isEvent = signal.Attributes.ContainsKey("origin");
        var isPast = signal.EndTime is null || end - signal.EndTime.ToDateTimeOffset() >= s_quiet;
        var name = signal.Subject[(signal.Subject.IndexOf('/', StringComparison.Ordinal) + 1)..];
        return signal.Kind switch
        {
            "node.not_ready" or "node.pressure" when isEvent => isPast && Normal(all, "nodes.ready").Any(ready => Lists(ready, name)),
            "deployment.rollout_stuck" when isEvent => Normal(all, "deployments.available").Any(ready => Lists(ready, name) || ready.Subject == signal.Subject),
            "platform.storage_low" or "platform.storage_full" => all.Any(other => other.Attributes.GetValueOrDefault("resource") == "storage" && other.Kind.StartsWith("metric.", StringComparison.Ordinal)
                && other.State != Proto.SignalState.Active && other.EndTime is not null && signal.EndTime is not null && other.EndTime >= signal.EndTime && IsSameInstance(other, signal))
                && all.Exists(other => other.Kind is "platform.storage_scaled" || (other.Kind == "metric.exhausting" && other.State == Proto.SignalState.Recovered)),
            _ when isEvent && s_podTroubles.Contains(signal.Kind) => isPast && IsPodWell(name, all, end),
            _ => false,
        };
    }

    /// <summary>It is ready now, or it is gone and all pods of what it belonged to are ready.</summary>
    private static bool IsPodWell(string pod, List<Proto.Signal> all, DateTimeOffset? end) =>
        !all.Exists(signal => signal.Subject == $"pod/{pod}" && IsStillRestarting(signal, end)) && Normal(all, "pods.ready", "pods.some_ready").Any(ready => Lists(ready, pod)
            || (ready.Kind == "pods.ready" && ready.Subject.Length > "workload/".Length && pod.StartsWith($"{ready.Subject["workload/".Length..]}-", StringComparison.Ordinal)));

    private static bool IsStillRestarting(Proto.Signal signal, DateTimeOffset? end) =>
        signal.Kind is "pod.restarted" or "pod.oom_killed" && Values.TryNumber(signal.Attributes.GetValueOrDefault("restarts"), out var restarts) && restarts >= 3
        && Values.Time(signal.Attributes.GetValueOrDefault("started_at")) is { } started && end is { } last && last - started < s_steady;

    /// <summary>An event says that a container keeps crashing, its pod says why: that is one trouble, seen twice.</summary>
    private static void JoinCrashesToTheirCause(List<Proto.Signal> all)
    {
        foreach (var crash in all.Where(signal => signal.Kind == "pod.crash_loop" && signal.Attributes.ContainsKey("origin")).ToList())
        {
            var cause = all.Find(signal => signal.Kind is "pod.oom_killed" && signal.Subject == crash.Subject);
            if (cause is not null)
            {
                cause.Citations.Add(crash.Citations);
                cause.StartTime = cause.StartTime is null || crash.StartTime < cause.StartTime ? crash.StartTime : cause.StartTime;
                cause.EndTime = cause.EndTime is null || crash.EndTime > cause.EndTime ? crash.EndTime : cause.EndTime;
                all.Remove(crash);
            }
        }
    }

    /// <summary>A limit that one file states is a limit for the series of another: an event says what the most connections are.</summary>
    private static void ApplyLimits(List<Proto.Signal> all)
    {
        var stated = all.Where(signal => signal.Kind == "metric.saturated" && !signal.Subject.StartsWith("metric/", StringComparison.Ordinal)
            && Values.TryNumber(signal.Attributes.GetValueOrDefault("limit"), out var limit) && limit > 0).ToList();
        foreach (var signal in all.Where(signal => signal.Kind is "metric.within_bounds" or "metric.shift" or "metric.exhausting" && signal.Subject.StartsWith("metric/", StringComparison.Ordinal)).ToList())
        {
            var said = stated.Find(other => other.Attributes["resource"] == signal.Attributes.GetValueOrDefault("resource") && IsSameInstance(signal, other));
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
            signal.Summary = $"{signal.Attributes.GetValueOrDefault("metric")} is at {last} of a maximum of {said.Attributes["limit"]}; it was {signal.Attributes.GetValueOrDefault("min") ?? signal.Attributes.GetValueOrDefault("before")} before.";
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
        foreach (var change in all.Where(signal => s_changes.Contains(signal.Kind) && signal.StartTime is not null && signal.Attributes.GetValueOrDefault("reason") != "SuccessfulRescale").ToList())
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
                Summary = $"{(int)lead.TotalMinutes} min {lead.Seconds} s before the first trouble ({first.Kind} on {first.Subject}) came a change: {change.Summary}",
                Severity = Proto.Severity.Warning,
                State = Proto.SignalState.Active,
                Surprise = 0.6,
                StartTime = change.StartTime,
                EndTime = Timestamp.FromDateTimeOffset(trouble),
                Attributes = { ["change"] = change.Kind, ["trouble"] = first.Kind, ["lead_seconds"] = ((long)lead.TotalSeconds).ToString(CultureInfo.InvariantCulture) },
            };
            signal.Citations.Add(change.Citations);
            signal.Citations.Add(first.Citations);
            yield return signal;
        }
    }

    /// <summary>The trouble that came first, those that were over before what goes on began left out: a stray error is not the beginning of anything.</summary>
    private static Proto.Signal? FirstTrouble(List<Proto.Signal> all)
    {
        var troubles = all.Where(signal => signal.Severity >= Proto.Severity.Error && signal.StartTime is not null && !s_changes.Contains(signal.Kind) && !signal.Kind.StartsWith("alert.", StringComparison.Ordinal)).ToList();
        var lasting = troubles.Where(signal => signal.State == Proto.SignalState.Active).Min(signal => signal.StartTime?.ToDateTimeOffset());

        return troubles.Where(signal => signal.State == Proto.SignalState.Active || lasting is null || signal.EndTime is null || lasting - signal.EndTime.ToDateTimeOffset() < s_quiet)
            .MinBy(signal => signal.StartTime);
    }

    private static IEnumerable<Proto.Signal> Normal(List<Proto.Signal> all, params string[] kinds) => all.Where(signal => signal.State == Proto.SignalState.Normal && kinds.Contains(signal.Kind));

    private static bool Lists(Proto.Signal signal, string name) => name.Length > 0 && signal.Attributes.GetValueOrDefault("names", "").Split(' ').Contains(name);

    /// <summary>Whether both are about the same instance, or one does not say what it is about.</summary>
    private static bool IsSameInstance(Proto.Signal metric, Proto.Signal other)
    {
        var instance = metric.Attributes.GetValueOrDefault("instance", "");
        var name = other.Subject[(other.Subject.IndexOf('/', StringComparison.Ordinal) + 1)..];
        return instance.Length == 0 || name is "" or "platform" || instance == name;
    }
}
