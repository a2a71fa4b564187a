using FaultMaven.Data.Analysis.Signals;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.Cluster;

/// <summary>Finds pods and what is wrong with them, and says so too when nothing is.</summary>
internal sealed class PodReader : IDocumentReader
{
    /// <summary>So many names go into an attribute, for telling later whether a pod is ready by now.</summary>
    private const int MaxNames = 12;

    private static readonly string[] s_imageReasons =
        ["ImagePullBackOff", "ErrImagePull", "InvalidImageName", "ErrImageNeverPull", "RegistryUnavailable", "ImageInspectError",
            "ImagePullError"];

    public void Read(Node root, SignalBuilder signals, CancellationToken cancellationToken)
    {
        var pods = new Dictionary<string, List<(PodState Pod, bool IsReady)>>();
        foreach (var (node, name) in root.Walk())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!PodState.TryRead(node, name, out var pod))
            {
                continue;
            }

            signals.Saw(pod.StartTime);
            var before = signals.Count;
            Diagnose(pod, signals);
            if (!pod.IsCompleted && !pod.IsBeingDeleted)
            {
                var workload = pods.TryGetValue(pod.Workload, out var known) ? known : pods[pod.Workload] = [];
                workload.Add((pod, pod.IsReady));
            }
        }

        foreach (var (workload, replicas) in pods)
        {
            Summarize(workload, replicas, signals);
        }
    }

    private static void Summarize(string workload, List<(PodState Pod, bool IsReady)> replicas, SignalBuilder signals)
    {
        var ready = replicas.Where(replica => replica.IsReady).Select(replica => replica.Pod).ToList();
        if (ready.Count == 0)
        {
            return;
        }

        var all = ready.Count == replicas.Count;
        var restarts = ready.Sum(pod => pod.Containers.Sum(container => (long)container.Restarts));
        var names = string.Join(", ", ready.Take(5).Select(pod => pod.Name)) + (ready.Count > 5 ? ", …" : "");
        var told = restarts == 1 ? "1 restart" : $"{restarts} restarts";
        signals.Add(new SignalDraft(
            all ? "pods.ready" : "pods.some_ready", $"workload/{workload}",
            all && ready.Count == 1 ? $"The pod {names} of {workload} is Running and Ready with {told}."
                : all ? $"All {ready.Count} pods of {workload} are Running and Ready with {told}: {names}."
                : $"{ready.Count} of {replicas.Count} pods of {workload} are Running and Ready: {names}.",
            [.. ready.Take(8).Select(pod => LineRange.Between(pod.NameNode, pod.PhaseNode))])
        {
            Severity = Proto.Severity.Info,
            State = Proto.SignalState.Normal,
            Surprise = 0.1,
            Attributes =
                [("ready", ready.Count), ("total", replicas.Count), ("restarts", restarts),
                ("names", string.Join(' ', ready.Take(MaxNames).Select(pod => pod.Name)))],
        });
    }

    private static void Diagnose(PodState pod, SignalBuilder signals)
    {
        var explained = false;
        if (Names.Same(pod.Reason, "Evicted"))
        {
            explained = true;
            Add("pod.evicted", $"Pod {pod.Name} was evicted: {pod.Message}", Proto.Severity.Error, Proto.SignalState.Active, null,
                [pod.PhaseNode, pod.Node.First("status/message", "message"), pod.NameNode],
                [("resource", SchedulingReason.ResourceOf(pod.Message)), ("message", pod.Message)]);
        }

        if (pod.Conditions.FirstOrDefault(condition => Names.Same(condition.Type, "PodScheduled")
            && condition.IsTrue == false) is { } scheduled)
        {
            explained = true;
            Add("pod.unschedulable",
                $"Pod {pod.Name} is {Phase(pod)} and cannot be scheduled ({Or(scheduled.Reason, "Unschedulable")}): {scheduled.Message}",
                Proto.Severity.Error, Proto.SignalState.Active, scheduled.Since, [scheduled.Node, pod.PhaseNode, pod.NameNode],
                [("resource", SchedulingReason.ResourceOf(scheduled.Message)), ("message", scheduled.Message)]);
        }

        foreach (var container in pod.Containers)
        {
            explained |= DiagnoseContainer(pod, container, Add);
        }

        if (!explained && !pod.IsReady && !pod.IsCompleted && !pod.IsBeingDeleted)
        {
            var ready = pod.Conditions.FirstOrDefault(condition => Names.Same(condition.Type, "Ready"));
            var waiting = pod.Containers.FirstOrDefault(container => container.WaitingReason.Length > 0);
            var reason = Or(ready?.Reason ?? "", Or(pod.Reason, waiting?.WaitingReason ?? ""));
            var message = Or(waiting?.Message ?? "", Or(ready?.Message ?? "", pod.Message));
            Add("pod.not_ready",
                $"Pod {pod.Name} is not ready: phase {Or(pod.Phase, "unknown")}{(reason.Length > 0 ? $", reason {reason}" : "")}"
                + $"{(message.Length > 0 ? $", {message}" : "")}.",
                Names.IsOneOf(pod.Phase, "Pending", "ContainerCreating") ? Proto.Severity.Warning
                    : Proto.Severity.Error, Proto.SignalState.Active, ready?.Since,
                [ready?.Node, pod.PhaseNode, waiting?.StateNode, pod.NameNode],
                [("phase", pod.Phase), ("reason", reason), ("message", message)]);
        }

        void Add(string kind, string summary, Proto.Severity severity, Proto.SignalState state, DateTimeOffset? start, LineRange?[] at,
            (string, object?)[] attributes) =>
            signals.Add(new SignalDraft(kind, $"pod/{pod.Name}", summary, at)
            {
                Severity = severity,
                State = state,
                Start = start,
                Surprise = severity >= Proto.Severity.Error ? 0.8 : 0.4,
                Attributes = [.. attributes, ("workload", pod.Workload)],
            });
    }

    private delegate void Report(
        string kind, string summary, Proto.Severity severity, Proto.SignalState state, DateTimeOffset? start, LineRange?[] at,
        (string, object?)[] attributes);

    /// <summary>Says what is wrong with a container; false if nothing is that would explain why the pod is not ready.</summary>
    private static bool DiagnoseContainer(PodState pod, ContainerState container, Report report)
    {
        var who = $"{(container.IsInit ? "Init container" : "Container")} {container.Name} of pod {pod.Name}";
        var up = container.IsReady == true || (container.IsRunning && container.IsReady is null && pod.IsReady);
        var exit = container.ExitCode is { } code ? $", exit code {code}" : "";
        var message = container.Message.Length > 0 ? $": {container.Message}" : "";
        LineRange?[] at = [.. container.Places, pod.NameNode];
        (string, object?)[] facts =
        [
            ("container", container.Name), ("exit_code", container.ExitCode),
            ("restarts", container.Restarts > 0 ? container.Restarts : null),
            ("reason", Or(container.WaitingReason, container.TerminatedReason)), ("message", container.Message),
            ("started_at", container.StartedAt?.ToString("O")),
        ];

        if (container.WasOutOfMemory)
        {
            var limit = container.Limit.Length > 0 ? $" (memory limit {container.Limit})" : "";
            var now = up ? ", and it is ready now" : container.WaitingReason.Length > 0 ? $", now {container.WaitingReason}" : "";
            report("pod.oom_killed",
                $"{who} exceeded its memory limit{limit} and was OOMKilled{exit}; {Times(container)}{now}.",
                up ? Proto.Severity.Warning : Proto.Severity.Critical, up ? Proto.SignalState.Recovered
                    : Proto.SignalState.Active, container.EndedAt, [.. at, container.LimitNode],
                [.. facts, ("limit", container.Limit)]);
            return !up;
        }

        if (Names.IsOneOf(container.WaitingReason, s_imageReasons))
        {
            report("pod.image_pull_failed",
                $"{who} cannot pull its image{(container.Image.Length > 0 ? $" {container.Image}" : "")} ({container.WaitingReason})"
                + $"{message}",
                Proto.Severity.Error, Proto.SignalState.Active, null, [.. at, container.Node.First("image")],
                [.. facts, ("image", container.Image)]);
            return true;
        }

        if (Names.IsOneOf(container.WaitingReason, "CreateContainerConfigError")
            || (!up && SchedulingReason.IsMissingObject(container.Message)))
        {
            report("pod.config_missing", $"{who} cannot start ({Or(container.WaitingReason, "config error")}){message}",
                Proto.Severity.Error, Proto.SignalState.Active, null, at,
                [.. facts, ("object", SchedulingReason.Quoted(container.Message))]);
            return true;
        }

        if (container.IsInit)
        {
            var failed = Names.Same(container.WaitingReason, "CrashLoopBackOff") || (container.ExitCode is > 0 && !up && !pod.IsReady);
            if (failed)
            {
                report("pod.init_failed", $"{who} fails{exit}; {Times(container)}{message}", Proto.Severity.Error,
                    Proto.SignalState.Active, container.EndedAt, at, facts);
            }

            return failed;
        }

        if (Names.IsOneOf(container.WaitingReason, "CrashLoopBackOff", "RunContainerError", "StartError", "ContainerCannotRun")
            || (container.IsTerminated && !up && container.ExitCode is > 0))
        {
            var why = container.TerminatedReason.Length > 0 ? $" (last terminated: {container.TerminatedReason}{exit})" : exit;
            report("pod.crash_loop", $"{who} keeps crashing: {Or(container.WaitingReason, "terminated")}{why}; {Times(container)}{message}",
                Proto.Severity.Critical, Proto.SignalState.Active, container.EndedAt, at, facts);
            return true;
        }

        if (container.Restarts > 0)
        {
            var why = container.TerminatedReason.Length > 0 ? $" (last terminated: {container.TerminatedReason}{exit})" : exit;
            var since = container.StartedAt is { } started ? $" since {started:yyyy-MM-ddTHH:mm:ssZ}" : "";
            report("pod.restarted",
                $"{who} restarted: {Times(container)}{why}{(up ? $"; it is running and ready{since}" : "; it is not ready")}.",
                up ? Proto.Severity.Info : Proto.Severity.Warning, up ? Proto.SignalState.Recovered : Proto.SignalState.Active,
                container.EndedAt ?? container.StartedAt, at, facts);
        }

        return false;
    }

    private static string Times(ContainerState container) => container.Restarts switch
    {
        0 => "not restarted so far",
        1 => "restart count 1",
        var count => $"restart count {count}",
    };

    private static string Phase(PodState pod) => Or(pod.Phase, "Pending");

    private static string Or(string text, string otherwise) => text.Length > 0 ? text : otherwise;
}
