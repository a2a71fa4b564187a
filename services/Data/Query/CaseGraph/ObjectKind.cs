using System.Text.Json;

namespace FaultMaven.Data.Query.CaseGraph;

/// <summary>Names kinds of objects as the subjects of signals do.</summary>
internal static class ObjectKind
{
    public const string Pod = "pod";
    public const string Node = "node";
    public const string Service = "service";
    public const string Deployment = "deployment";
    public const string ReplicaSet = "replica_set";
    public const string ConfigMap = "config_map";
    public const string Secret = "secret";
    public const string VolumeClaim = "volume_claim";
    public const string Volume = "volume";
    public const string StorageClass = "storage_class";
    public const string IngressClass = "ingress_class";
    public const string Ingress = "ingress";
    public const string Autoscaler = "autoscaler";
    public const string NetworkPolicy = "network_policy";
    public const string Host = "host";
    public const string File = "file";
    public const string Change = "change";

    private static readonly string[] s_workloads =
        [Deployment, "stateful_set", "daemon_set", ReplicaSet, "job", "cron_job", "rollout", "deployment_config", "replication_controller"];

    private static readonly HashSet<string> s_clusterWide =
        [Node, Volume, StorageClass, IngressClass, "namespace", "cluster_role", "cluster_role_binding", "volume_attachment",
            "priority_class", "runtime_class", "csi_driver", "csi_node", "api_service", "custom_resource_definition",
            "validating_webhook_configuration", "mutating_webhook_configuration", "gateway_class", "cluster_issuer", Host, File, "user",
            "group"];

    private static readonly Dictionary<string, string> s_names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["PersistentVolumeClaim"] = VolumeClaim, ["pvc"] = VolumeClaim, ["pvcs"] = VolumeClaim, ["volume_claims"] = VolumeClaim,
        ["persistent_volume_claims"] = VolumeClaim, ["persistentvolumeclaims"] = VolumeClaim,
        ["PersistentVolume"] = Volume, ["pv"] = Volume, ["pvs"] = Volume, ["persistentvolumes"] = Volume,
        ["HorizontalPodAutoscaler"] = Autoscaler, ["hpa"] = Autoscaler, ["hpas"] = Autoscaler, ["autoscalers"] = Autoscaler,
        ["horizontalpodautoscalers"] = Autoscaler, ["ResourceQuota"] = "quota", ["resource_quotas"] = "quota", ["quotas"] = "quota",
        ["po"] = Pod, ["pods"] = Pod, ["no"] = Node, ["nodes"] = Node, ["svc"] = Service, ["services"] = Service,
        ["deploy"] = Deployment, ["deployments"] = Deployment, ["rs"] = ReplicaSet, ["replicasets"] = ReplicaSet,
        ["replicaset"] = ReplicaSet, ["sts"] = "stateful_set", ["statefulset"] = "stateful_set", ["statefulsets"] = "stateful_set",
        ["ds"] = "daemon_set", ["daemonset"] = "daemon_set", ["daemonsets"] = "daemon_set", ["jobs"] = "job",
        ["cronjob"] = "cron_job", ["cronjobs"] = "cron_job", ["ing"] = Ingress, ["ingresses"] = Ingress, ["cm"] = ConfigMap,
        ["configmap"] = ConfigMap, ["configmaps"] = ConfigMap, ["secrets"] = Secret, ["ep"] = "endpoints", ["sc"] = StorageClass,
        ["storageclass"] = StorageClass, ["storageclasses"] = StorageClass, ["ingressclass"] = IngressClass, ["netpol"] = NetworkPolicy,
        ["networkpolicy"] = NetworkPolicy, ["networkpolicies"] = NetworkPolicy, ["rollouts"] = "rollout", ["endpoint"] = "endpoints",
        ["serviceaccount"] = "service_account", ["rolebinding"] = "role_binding", ["clusterrolebinding"] = "cluster_role_binding",
    };

    /// <summary>The kind that a manifest or a listing names: <c>StatefulSet</c>, <c>statefulsets</c>, <c>deployment.apps</c>.</summary>
    public static string Of(string said)
    {
        var dot = said.IndexOf('.', StringComparison.Ordinal);
        var name = dot > 0 ? said[..dot] : said;
        return s_names.TryGetValue(name, out var known) ? known : JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
    }

    /// <summary>The kind of the items of a list that a tool named so, such as <c>pods</c>; empty if it is not a known one.</summary>
    public static string OfList(string list) => s_names.TryGetValue(list, out var known) && list.Length > 3
        && (list[^1] is 's' or 'S' || list.Contains('_', StringComparison.Ordinal)) && known != "endpoints" ? known : "";

    public static bool IsWorkload(string kind) => s_workloads.Contains(kind);

    public static bool IsClusterWide(string kind) => s_clusterWide.Contains(kind);

    /// <summary>How well an object of a kind answers to a bare name, such as a host in an address; 0 if it does not.</summary>
    public static int NamingRank(string kind) => kind switch
    {
        Service => 4,
        Pod => 2,
        Node or "container" or "unit" => 1,
        _ => IsWorkload(kind) && kind != ReplicaSet ? 3 : 0,
    };
}
