using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.Cluster;

/// <summary>
/// How many replicas a workload wants and has: <c>spec.replicas</c> and <c>status.readyReplicas</c>, or
/// <c>{"name": "web", "desired": 3, "ready": 2, "available": 2}</c>, or <c>{"name": "web", "ready": "2/3"}</c>.
/// </summary>
internal sealed class Replicas
{
    private Replicas(Node node, Node name)
    {
        NameNode = name;
        Name = name.Text;
        var ready = node.First("status/readyReplicas", "readyReplicas", "replicasReady", "status/numberReady", "numberReady", "ready");
        var wanted = node.First(
            "spec/replicas", "desired", "desiredReplicas", "replicasDesired", "wanted", "replicas/desired", "status/desiredNumberScheduled",
            "desiredNumberScheduled", "status/replicas", "replicas", "replicaCount");
        var ready0 = ready?.Text ?? "";
        if (ready0.Split('/') is [var have, var want] && Values.TryNumber(have, out var haveCount)
            && Values.TryNumber(want, out var wantCount))
        {
            (Ready, Wanted) = (haveCount, wantCount);
        }
        else
        {
            Ready = node.NumberOf("status/readyReplicas", "readyReplicas", "replicasReady", "replicas/ready", "status/numberReady",
                "numberReady", "ready") ?? 0;
            // A deployment that says nothing of its replicas wants one.
            Wanted = node.NumberOf(
                "spec/replicas", "desired", "desiredReplicas", "replicasDesired", "wanted", "replicas/desired",
                "status/desiredNumberScheduled",
                "desiredNumberScheduled", "status/replicas", "replicas", "replicaCount") ?? 1;
        }

        var available =
            node.First("status/availableReplicas", "availableReplicas", "replicasAvailable", "replicas/available",
            "status/numberAvailable", "numberAvailable", "available");
        Available = Values.TryNumber(available?.Text, out var count) ? count
            : node.First("status/readyReplicas", "status/numberReady") is not null ? 0 : Ready;
        IsTold = ready is not null || available is not null
            || node.First("status/unavailableReplicas", "unavailable", "unavailableReplicas", "replicas/ready") is not null
            || (node.First("spec/replicas") is not null && node.First("status/conditions") is not null);
        At = LineRange.Between(wanted ?? ready, available ?? ready ?? wanted) ?? name;
        Conditions = Condition.Of(node);
        CauseNode = Annotation(node, "change-cause");
        Cause = CauseNode?.Text ?? "";
        Revision = Annotation(node, "deployment.kubernetes.io/revision")?.Text ?? node.TextOf("revision");
    }

    public string Name { get; }

    public Node NameNode { get; }

    public double Wanted { get; }

    public double Ready { get; }

    public double Available { get; }

    /// <summary>Whether the document says how many there are; a manifest only says how many there should be.</summary>
    public bool IsTold { get; }

    /// <summary>Where the counts stand.</summary>
    public LineRange? At { get; }

    public IReadOnlyList<Condition> Conditions { get; }

    /// <summary>The <c>kubernetes.io/change-cause</c> annotation.</summary>
    public string Cause { get; }

    public Node? CauseNode { get; }

    public string Revision { get; }

    public static bool TryRead(Node node, string name, string[] kinds, string[] lists, out Replicas replicas)
    {
        replicas = null!;
        if (!node.IsMap || node.First("metadata/name", "name", "deployment") is not { IsScalar: true } called)
        {
            return false;
        }

        var kind = node.TextOf("kind");
        var isWorkload = kind.Length > 0 ? Names.IsOneOf(kind, kinds)
            : Names.IsOneOf(name, lists)
                || (node.First("desired", "replicasDesired", "desiredReplicas") is not null
                && node.First("ready", "replicasReady", "readyReplicas", "available") is not null);
        if (isWorkload)
        {
            replicas = new Replicas(node, called);
        }

        // A replica set of an older revision wants none and has none: it says nothing.
        return isWorkload && replicas.IsTold && (replicas.Wanted > 0 || replicas.Ready > 0 || !Names.Same(kind, "ReplicaSet"));
    }

    private static Node? Annotation(Node node, string ending)
    {
        foreach (var member in node.First("metadata/annotations", "annotations")?.Members ?? [])
        {
            if (member.Name.EndsWith(ending, StringComparison.Ordinal))
            {
                return member.Value;
            }
        }

        return null;
    }
}
