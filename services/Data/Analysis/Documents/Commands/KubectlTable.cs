using System.Globalization;
using FaultMaven.Data.Analysis.Documents.Events;
using FaultMaven.Data.Analysis.Signals;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.Commands;

/// <summary>Reads the tables of <c>kubectl get pods|nodes|deployments|pvc|hpa|events</c> and <c>docker ps</c>.</summary>
internal sealed class KubectlTable(SignalBuilder signals)
{
    private readonly List<CommandRow> _readyPods = [];
    private readonly List<CommandRow> _readyNodes = [];
    private int _pods;
    private int _nodes;

    public void ReadRow(CommandRow row)
    {
        if (row.Table.Has("NAME", "READY", "STATUS", "RESTARTS"))
        {
            ReadPod(row);
        }
        else if (row.Table.Has("NAME", "STATUS", "ROLES"))
        {
            ReadNode(row);
        }
        else if (row.Table.Has("NAME", "READY") && !row.Table.Has("STATUS"))
        {
            ReadWorkload(row);
        }
        else if (row.Table.Has("NAME", "STATUS", "VOLUME") && row["STATUS"] is "Pending" or "Lost")
        {
            Add("volume_claim.pending", $"volume_claim/{row["NAME"]}", $"Volume claim {row["NAME"]} is {row["STATUS"]}.",
                Proto.Severity.Error, row, []);
        }
        else if (row.Table.Has("LAST_SEEN", "REASON", "MESSAGE"))
        {
            ReadEvent(row);
        }
        else if (row.Table.Has("NAME", "REFERENCE", "MAXPODS") && row["REPLICAS"].Length > 0 && row["REPLICAS"] == row["MAXPODS"])
        {
            Add("autoscaler.limited", $"autoscaler/{row["NAME"]}",
                $"Autoscaler {row["NAME"]} is at its maximum of {row["MAXPODS"]} replicas, targets {row["TARGETS"]}.",
                Proto.Severity.Warning, row, []);
        }
        else if (row.Table.Has("CONTAINER_ID", "IMAGE", "STATUS"))
        {
            ReadContainer(row);
        }
    }

    public void Complete()
    {
        Quiet("pods.ready", "pods", _readyPods, _pods, "pods are ready");
        Quiet("nodes.ready", "nodes", _readyNodes, _nodes, "nodes are Ready");
    }

    /// <summary><c>web-5d8f7c6b94-q2wrt   0/1   CrashLoopBackOff   8 (2m ago)   26m</c>.</summary>
    private void ReadPod(CommandRow row)
    {
        var name = row["NAME"];
        var status = row["STATUS"];
        var restarts = row["RESTARTS"].Split(' ')[0];
        var ready = row["READY"].Split('/');
        var isReady = ready.Length == 2 && ready[0] == ready[1] && status == "Running";
        var isDone = status is "Completed" or "Succeeded";
        _pods += isDone ? 0 : 1;
        if (isReady)
        {
            _readyPods.Add(row);
        }

        var kind = status switch
        {
            _ when status.StartsWith("Init:", StringComparison.Ordinal) && status.Contains("rror", StringComparison.Ordinal)
                || status is "Init:CrashLoopBackOff" => "pod.init_failed",
            "CrashLoopBackOff" or "Error" or "RunContainerError" or "StartError" => "pod.crash_loop",
            "OOMKilled" => "pod.oom_killed",
            "ImagePullBackOff" or "ErrImagePull" or "InvalidImageName" or "Init:ImagePullBackOff" or "ErrImageNeverPull" =>
                "pod.image_pull_failed",
            "CreateContainerConfigError" => "pod.config_missing",
            "Evicted" => "pod.evicted",
            _ when isReady || isDone || status == "Terminating" => "",
            _ => "pod.not_ready",
        };
        if (kind.Length > 0)
        {
            Add(kind, $"pod/{name}", $"Pod {name} is {status}, ready {row["READY"]}, {restarts} restarts.", kind == "pod.not_ready"
                ? Proto.Severity.Warning : Proto.Severity.Error, row,
                [
                    ("reason", status),
                    ("restarts", kind is "pod.crash_loop" or "pod.oom_killed" or "pod.init_failed" or "pod.not_ready" ? restarts : null),
                    ("phase", kind is "pod.crash_loop" or "pod.not_ready" ? status : null),
                ]);
        }
        else if (isReady && int.TryParse(restarts, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0)
        {
            Add("pod.restarted", $"pod/{name}",
                $"Pod {name} was restarted: {row["RESTARTS"]} restarts; it is Running and ready {row["READY"]}.", Proto.Severity.Info, row,
                [("restarts", restarts)], Proto.SignalState.Recovered);
        }
    }

    private void ReadNode(CommandRow row)
    {
        _nodes++;
        if (row["STATUS"] == "Ready")
        {
            _readyNodes.Add(row);
            return;
        }

        var isReady = row["STATUS"].StartsWith("Ready,", StringComparison.Ordinal);
        Add(isReady ? "node.cordoned" : "node.not_ready", $"node/{row["NAME"]}", $"Node {row["NAME"]} is {row["STATUS"]}.", isReady
            ? Proto.Severity.Info : Proto.Severity.Critical, row, [("reason", row["STATUS"])]);
    }

    private void ReadWorkload(CommandRow row)
    {
        if (row["READY"].Split('/') is [var ready, var wanted] && Values.TryNumber(ready, out var have)
            && Values.TryNumber(wanted, out var want))
        {
            var isShort = have < want;
            Add(isShort ? "deployment.unavailable" : "deployments.available", $"deployment/{row["NAME"]}",
                $"Deployment {row["NAME"]} has {ready} of {wanted} replicas ready.",
                !isShort ? Proto.Severity.Info : have == 0 ? Proto.Severity.Critical
                    : Proto.Severity.Error, row, [("ready", ready), ("wanted", wanted)], isShort ? Proto.SignalState.Active
                    : Proto.SignalState.Normal);
        }
    }

    private void ReadEvent(CommandRow row)
    {
        var parts = row["OBJECT"].Split('/', 2);
        var found = new KubernetesEvent(null!, row["REASON"], row["MESSAGE"], row["TYPE"] == "Warning", 1, parts[0], parts.Length > 1
            ? parts[1] : "", null, null);
        if (EventMeaning.Of(found) is { } meaning)
        {
            var isOver = EventPhrases.SaysItEnded(found.Message);
            Add(meaning.Kind, meaning.Subject, $"Event {found.Reason} on {found.Object}: {found.Message}", meaning.Severity, row,
                [("reason", found.Reason), ("message", found.Message), .. meaning.Attributes],
                isOver ? Proto.SignalState.Recovered : meaning.State);
        }
    }

    private void ReadContainer(CommandRow row)
    {
        var status = row["STATUS"];
        if (status.StartsWith("Restarting", StringComparison.Ordinal)
            || (status.StartsWith("Exited (", StringComparison.Ordinal) && !status.StartsWith("Exited (0)", StringComparison.Ordinal)))
        {
            Add("pod.crash_loop", $"container/{row["NAMES"]}", $"Container {row["NAMES"]} of image {row["IMAGE"]} is {status}.",
                Proto.Severity.Error, row, [("container", row["NAMES"]), ("reason", status)]);
        }
        else if (status.Contains("(unhealthy)", StringComparison.Ordinal))
        {
            Add("pod.probe_failing", $"container/{row["NAMES"]}", $"Container {row["NAMES"]} is {status}.", Proto.Severity.Error, row,
                [("message", status)]);
        }
    }

    private void Quiet(string kind, string subject, List<CommandRow> ready, int total, string said)
    {
        if (ready.Count > 0 && ready.Count == total)
        {
            signals.Add(
                new SignalDraft(kind, subject, $"All {total} {said}: {string.Join(", ", ready.Take(6).Select(row => row["NAME"]))}.",
                [.. ready.Select(row => (LineRange?)row.At)])
            {
                Severity = Proto.Severity.Info,
                State = Proto.SignalState.Normal,
                Surprise = 0.1,
                Attributes = [("ready", total), ("total", total)],
            });
        }
    }

    private void Add(string kind, string subject, string summary, Proto.Severity severity, CommandRow row, (string, object?)[] attributes,
        Proto.SignalState state = Proto.SignalState.Active) =>
        signals.Add(new SignalDraft(kind, subject, summary, row.At) { Severity = severity, State = state,
            Surprise = severity >= Proto.Severity.Error ? 0.7 : 0.2, Attributes = attributes });
}
