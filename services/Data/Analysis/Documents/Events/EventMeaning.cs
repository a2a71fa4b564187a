using FaultMaven.Data.Analysis.Documents.Cluster;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.Events;

/// <summary>What a Kubernetes event says about its object.</summary>
internal sealed record EventMeaning(string Kind, string Subject, Proto.Severity Severity,
    params IReadOnlyList<(string Name, object? Value)> Attributes)
{
    public Proto.SignalState State { get; init; } = Proto.SignalState.Active;

    /// <summary>An event may also name the reaction to it: <c>exceeded its progress deadline, was rolled back</c>.</summary>
    public static IEnumerable<EventMeaning> AllOf(KubernetesEvent found)
    {
        if (Of(found) is { } meaning)
        {
            yield return meaning;
            if (meaning.Kind == "deployment.rollout_stuck" && EventPhrases.Any(found.Message, "rolled back", "rolled-back"))
            {
                yield return meaning with { Kind = "deployment.rolled_back", Severity = Proto.Severity.Info,
                    State = Proto.SignalState.Recovered };
            }
        }
    }

    /// <summary>Null for what every healthy cluster says all day: scheduled, pulled, created, started.</summary>
    public static EventMeaning? Of(KubernetesEvent found)
    {
        var about = $"{found.ObjectKind.ToLowerInvariant()}/{found.ObjectName}";
        var message = found.Message;
        var resource = SchedulingReason.ResourceOf(message);
        return found.Reason switch
        {
            "FailedScheduling" => new("pod.unschedulable", about, Proto.Severity.Error, ("resource", resource)),
            "OOMKilling" or "OOMKilled" or "SystemOOM" => new("pod.oom_killed", about, Proto.Severity.Critical),
            "BackOff" or "CrashLoopBackOff" or "Failed" or "FailedStart" or "InspectFailed" => FromContainer(found, about),
            "ErrImagePull" or "ImagePullBackOff" or "ErrImageNeverPull" or "InvalidImageName" or "FailedToPullImage" =>
                new("pod.image_pull_failed", about, Proto.Severity.Error, ("image", SchedulingReason.Quoted(message))),
            "CreateContainerConfigError" or "CreateContainerError" => SchedulingReason.IsMissingObject(message)
                ? new("pod.config_missing", about, Proto.Severity.Error, ("object", SchedulingReason.Quoted(message)))
                : new("pod.not_ready", about, Proto.Severity.Error),
            "FailedMount" or "FailedAttachVolume" or "FailedMapVolume" or "VolumeFailedDelete" or "FailedDetachVolume" =>
                SchedulingReason.IsMissingObject(message)
                ? new("pod.config_missing", about, Proto.Severity.Error, ("object", LastQuoted(message)))
                : new("pod.mount_failed", about, Proto.Severity.Error, ("volume", SchedulingReason.Quoted(message))),
            "Unhealthy" or "ProbeError" or "ProbeWarning" =>
                new("pod.probe_failing", about, Proto.Severity.Error, ("probe", ProbeOf(message))),
            "Killing" when EventPhrases.Any(message, "failed liveness", "failed startup", "will be restarted") =>
                new("pod.probe_failing", about, Proto.Severity.Error, ("probe", ProbeOf(message))),
            "Evicted" or "TaintManagerEviction" or "NodeControllerEviction" or "Preempted" or "Preempting"
                or "Evict" when !EventPhrases.Any(message, "cancel") =>
                new("pod.evicted", about, Proto.Severity.Error, ("resource", resource)),
            "FailedCreatePodSandBox" or "FailedCreatePodSandbox" or "NetworkNotReady" or "SandboxChanged" when found.IsWarning
                || found.Reason != "SandboxChanged" =>
                new("pod.sandbox_failed", about, Proto.Severity.Error),
            "FailedCreate" or "QuotaExceeded" or "ExceededQuota" => FromCreate(found, about),
            "NodeNotReady" or "NodeUnreachable" or "NodeLost" => new("node.not_ready", NodeOf(found, about), Proto.Severity.Critical),
            "NodeHasDiskPressure" or "FreeDiskSpaceFailed" or "ImageGCFailed" or "EvictionThresholdMet" or "NodeHasInsufficientMemory"
                or "NodeHasInsufficientPID" =>
                new("node.pressure", NodeOf(found, about), Proto.Severity.Error, ("resource", PressureOf(found))),
            "NodeReady" or "NodeHasSufficientMemory" or "NodeHasNoDiskPressure" or "NodeHasSufficientPID" =>
                new("platform.recovered", NodeOf(found, about), Proto.Severity.Info) { State = Proto.SignalState.Recovered },
            "Rebooted" => new("platform.restart", about, Proto.Severity.Warning),
            "ProgressDeadlineExceeded" => new("deployment.rollout_stuck", about, Proto.Severity.Error),
            "DeploymentRollback" or "RollbackDone" or "DeploymentRollbackRevisionNotFound" =>
                new("deployment.rolled_back", about, Proto.Severity.Info) { State = Proto.SignalState.Recovered },
            "ScalingReplicaSet" => new("deployment.changed", about, Proto.Severity.Info),
            "SuccessfulRescale" => new("deployment.changed", about, Proto.Severity.Info),
            "FailedGetResourceMetric" or "FailedComputeMetricsReplicas" or "FailedGetScale" or "FailedRescale" or "FailedUpdateScale"
                or "FailedGetPodsMetric"
                or "FailedGetExternalMetric" or "FailedGetContainerResourceMetric" or "TooManyReplicas" =>
                    new("autoscaler.limited", about, Proto.Severity.Warning),
            "BackoffLimitExceeded" or "DeadlineExceeded" or "FailedJob" or "JobFailed" => new("job.failed", about, Proto.Severity.Error),
            "ProvisioningFailed" or "FailedBinding" or "ClaimLost" or "VolumeResizeFailed" =>
                new("volume_claim.pending", about.Replace("persistentvolumeclaim/", "volume_claim/", StringComparison.Ordinal),
                Proto.Severity.Error),
            _ when Names.Same(found.ObjectKind, "Deployment") && EventPhrases.Any(message, "rolled back", "rollback") =>
                new("deployment.rolled_back", about, Proto.Severity.Info) { State = Proto.SignalState.Recovered },
            _ when found.IsWarning && EventPhrases.Any(message, "exceeded quota", "failed quota") => FromCreate(found, about),
            _ when found.IsWarning => new("cluster.warning", about, Proto.Severity.Warning),
            _ => null,
        };
    }

    private static EventMeaning FromContainer(KubernetesEvent found, string about)
    {
        var message = found.Message;
        if (EventPhrases.Any(message, "OOMKilled", "out of memory"))
        {
            return new("pod.oom_killed", about, Proto.Severity.Critical, ("exit_code", EventPhrases.Any(message, "137") ? "137" : null));
        }

        if (EventPhrases.Any(message, "pulling image", "pull image", "ImagePull", "ErrImage", "inspect image", "image pull"))
        {
            return new("pod.image_pull_failed", about, Proto.Severity.Error, ("image", SchedulingReason.Quoted(message)));
        }

        if (SchedulingReason.IsMissingObject(message))
        {
            return new("pod.config_missing", about, Proto.Severity.Error, ("object", SchedulingReason.Quoted(message)));
        }

        return found.Reason is "BackOff" or "CrashLoopBackOff" or "FailedStart"
            || EventPhrases.Any(message, "failed to start", "failed to create containerd task", "exec format")
            ? new("pod.crash_loop", about, Proto.Severity.Error)
            : new("cluster.warning", about, found.IsWarning ? Proto.Severity.Warning : Proto.Severity.Info);
    }

    private static EventMeaning FromCreate(KubernetesEvent found, string about) =>
        QuotaMessage.Unstated(found.Message) is { Length: > 0 } unstated
            ? new("pod.config_missing", about, Proto.Severity.Error, ("object", unstated))
        : EventPhrases.Any(found.Message, "quota")
            ? new("quota.exceeded", about, Proto.Severity.Error, QuotaMessage.Facts(found.Message))
            : SchedulingReason.IsMissingObject(found.Message)
                ? new("pod.config_missing", about, Proto.Severity.Error, ("object", SchedulingReason.Quoted(found.Message)))
                : new("cluster.warning", about, Proto.Severity.Error);

    private static string ProbeOf(string message) => EventPhrases.Any(message, "readiness") ? "readiness"
        : EventPhrases.Any(message, "startup") ? "startup" : "liveness";

    private static string PressureOf(KubernetesEvent found) => found.Reason switch
    {
        "NodeHasInsufficientMemory" => "memory",
        "NodeHasInsufficientPID" => "threads",
        "EvictionThresholdMet" => SchedulingReason.ResourceOf(found.Message),
        _ => "storage",
    };

    private static string NodeOf(KubernetesEvent found, string about) => Names.Same(found.ObjectKind, "Node") ? about : about.Length > 0
        ? about : $"node/{found.ObjectName}";

    /// <summary>Of <c>MountVolume.SetUp failed for volume "cfg" : configmap "app" not found</c> the config map, not the volume.</summary>
    private static string LastQuoted(string message)
    {
        var end = message.LastIndexOf('"');
        var start = end > 0 ? message.LastIndexOf('"', end - 1) : -1;
        return start < 0 ? "" : message[(start + 1)..end];
    }
}
