namespace FaultMaven.Data.Analysis.Catalogue;

internal static partial class SignalCatalogue
{
    private static SignalFamily Cluster() => new(
        "Cluster objects and events",
        """
        Signals taken from events, rather than from the state of an object, have an `origin` of `event`, the event's `reason` and `message`,
        and how often it came as `count`. `workload` is the deployment, set or job that a pod belongs to; `names` are the first ready
        objects, separated by blanks. The `resource` of `pod.unschedulable` may also be `pods`, `taints`, `affinity`, and `volume_claim`
        where the pod waits for a claim.
        """,
        "",
        [
            new("pod.oom_killed", "a container exceeded its memory limit and was killed", "pod", "container", "exit_code", "limit",
                "restarts", "workload", "message", "reason"),
            new("pod.crash_loop", "a container keeps crashing", "pod", "container", "exit_code", "restarts", "message", "workload",
                "count", "origin", "phase", "reason"),
            new("pod.image_pull_failed", "an image cannot be pulled", "pod", "image", "message", "workload", "container", "count",
                "origin", "reason"),
            new("pod.unschedulable", "no node takes the pod", "pod", "resource", "message", "workload", "count", "origin", "reason"),
            new("pod.config_missing", "a config map, secret, key or stated limit that the pod needs is missing", "pod", "object",
                "message", "workload", "container", "count", "origin", "reason"),
            new("pod.mount_failed", "a volume could not be mounted", "pod", "volume", "message", "workload"),
            new("pod.init_failed", "an init container fails", "pod", "container", "exit_code", "workload", "message", "reason", "restarts"),
            new("pod.probe_failing", "liveness, readiness or startup probes fail", "pod", "probe", "message", "count", "workload",
                "origin", "reason"),
            new("pod.evicted", "a pod was evicted", "pod", "resource", "message", "workload", "origin", "reason"),
            new("pod.restarted", "containers were restarted", "pod", "container", "restarts", "exit_code", "reason", "workload",
                "started_at"),
            new("pod.not_ready", "a pod is not ready, and no kind above gives the reason", "pod", "phase", "reason", "workload", "message",
                "restarts"),
            new("pod.sandbox_failed", "the network or sandbox of a pod could not be set up", "pod", "message", "count"),
            new("pods.ready", "normal: all pods of a workload run and are ready", "workload", "ready", "total", "names", "restarts"),
            new("pods.some_ready", "normal: other pods of a workload in trouble run and are ready", "workload", "ready", "total", "names",
                "restarts"),
            new("node.not_ready", "a node is not ready or unknown", "node, or a pod on it", "reason", "message", "origin"),
            new("node.pressure", "a node is short of memory, disk or process ids", "node", "resource", "count", "message", "origin",
                "reason"),
            new("node.capacity_low", "a node has little left to allocate to pods", "node", "resource", "allocatable", "capacity"),
            new("node.cordoned", "a node takes no new pods", "node"),
            new("nodes.ready", "normal: all nodes are ready, without pressure", "nodes", "ready", "total", "names"),
            new("deployment.unavailable", "fewer replicas are available than wanted", "deployment", "ready", "wanted", "message",
                "available"),
            new("deployment.rollout_stuck", "a rollout does not progress", "deployment", "message", "origin", "reason"),
            new("deployment.rolled_back", "a rollout was undone", "deployment, service", "from", "to", "by", "message", "origin", "reason",
                "service", "version"),
            new("deployment.changed", "a new version, image or scale was rolled out", "deployment, or what scaled it", "from", "to",
                "image", "message", "origin", "reason"),
            new("deployments.available", "normal: every deployment has the replicas it wants", "deployment", "ready", "wanted", "names"),
            new("quota.exceeded", "a namespace quota refuses new objects", "quota, or the object that was refused", "quota", "resource",
                "used", "limit", "count", "message", "origin", "reason"),
            new("volume_claim.pending", "a volume claim is not bound", "volume_claim", "message", "count", "origin", "reason"),
            new("job.failed", "a job or cron job failed", "job", "message", "origin", "reason"),
            new("autoscaler.limited", "an autoscaler is at its maximum or cannot scale", "autoscaler", "message"),
            new("service.no_endpoints", "a service has no ready endpoints", "service", "message"),
            new("cluster.warning", "another warning event", "any object", "reason", "message", "count", "origin"),
            new("cluster.no_warnings", "normal: no warning events", "cluster"),
        ]);
}
