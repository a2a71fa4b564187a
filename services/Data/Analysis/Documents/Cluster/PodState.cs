using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.Cluster;

/// <summary>What is known of a pod, as the Kubernetes API returns it or as a tool flattened it.</summary>
internal sealed class PodState
{
    private PodState(Node node)
    {
        Node = node;
        NameNode = node.First("metadata/name", "name", "pod_name", "pod");
        Name = NameNode?.Text ?? "";
        PhaseNode = node.First("status/phase", "phase", "status", "state");
        Phase = PhaseNode?.Text ?? "";
        Reason = node.TextOf("status/reason", "reason");
        Message = node.TextOf("status/message", "message");
        StartTime = node.TimeOf("status/startTime", "startTime", "metadata/creationTimestamp", "created_at");
        IsBeingDeleted = node.First("metadata/deletionTimestamp", "deletionTimestamp") is not null;
        Conditions = Condition.Of(node);
        Containers = [.. ContainerState.Of(node)];
        Workload = WorkloadOf(node, Name);
        var ready = Conditions.FirstOrDefault(condition => Names.Same(condition.Type, "Ready"));
        var says = Values.Flag(node.TextOf("ready", "is_ready"));
        IsReady = (ready, says) switch
        {
            ({ } condition, _) => condition.IsTrue == true,
            (_, { } flag) => flag,
            _ => Names.Same(Phase, "Running") && Containers.All(container => container.IsInit || container.IsReady != false),
        };
    }

    public Node Node { get; }

    public Node? NameNode { get; }

    public Node? PhaseNode { get; }

    public string Name { get; }

    public string Phase { get; }

    public string Reason { get; }

    public string Message { get; }

    public DateTimeOffset? StartTime { get; }

    public bool IsBeingDeleted { get; }

    public IReadOnlyList<Condition> Conditions { get; }

    public IReadOnlyList<ContainerState> Containers { get; }

    /// <summary>What it is a replica of, from its owner or from its name.</summary>
    public string Workload { get; }

    public bool IsReady { get; }

    public bool IsCompleted => Names.IsOneOf(Phase, "Succeeded", "Completed")
        || (Containers.Count > 0
            && Containers.All(container => container.TerminatedReason == "Completed" && !container.IsRunning
            && container.ExitCode is null or 0));

    /// <summary>A pod is called one, or is in a list of them, or has containers and a phase.</summary>
    public static bool TryRead(Node node, string name, out PodState pod)
    {
        pod = null!;
        if (!node.IsMap)
        {
            return false;
        }

        var kind = node.TextOf("kind");
        var isPod = kind.Length > 0 ? Names.Same(kind, "Pod")
            : (Names.IsOneOf(name, "pods") && node.First("name", "pod_name", "metadata/name") is not null)
                || (node.First("containers", "containerStatuses", "status/containerStatuses") is { IsList: true }
                    && node.First("phase", "status/phase", "status", "conditions") is not null);
        if (isPod)
        {
            pod = new PodState(node);
        }

        return isPod && pod.Name.Length > 0 && (pod.Phase.Length > 0 || pod.Containers.Count > 0 || pod.Conditions.Count > 0);
    }

    /// <summary>
    /// <c>web-5d8f7c6b94-q2wrt</c> is a replica of the deployment web, <c>web-0</c> of a stateful set, <c>web-q2wrt</c> of a daemon set or
    /// job.
    /// </summary>
    private static string WorkloadOf(Node node, string name)
    {
        var owner = node.First("metadata/ownerReferences", "ownerReferences") is { Items: [var first, ..] } ? first.TextOf("name") : "";
        var parts = (owner.Length > 0 ? owner : name).Split('-');
        var cut = owner.Length == 0 && parts.Length > 1 && IsSuffix(parts[^1]) ? 1 : 0;
        if (parts.Length > cut + 1 && parts[^(cut + 1)] is { Length: >= 6 and <= 10 } hash && hash.All(IsHash)
            && hash.Any(char.IsAsciiDigit))
        {
            cut++;
        }

        return string.Join('-', parts[..^cut]);
    }

    private static bool IsSuffix(string part) => part.All(char.IsAsciiDigit) || (part.Length == 5 && part.All(IsHash));

    private static bool IsHash(char letter) => char.IsAsciiDigit(letter) || char.IsAsciiLetterLower(letter);
}
