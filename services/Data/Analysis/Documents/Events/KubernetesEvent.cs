using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.Events;

/// <summary>
/// An event of the core or the events.k8s.io API, or as a tool flattened it:
/// <c>{"reason": "BackOff", "type": "Warning", "message": …, "count": 8, "involved_object": "Pod/web-0", "last_time": …}</c>.
/// </summary>
internal sealed record KubernetesEvent(
    Node Node, string Reason, string Message, bool IsWarning, int Count, string ObjectKind, string ObjectName, DateTimeOffset? First,
    DateTimeOffset? Last)
{
    /// <summary><c>Pod/web-0</c>.</summary>
    public string Object => ObjectName.Length > 0 ? $"{ObjectKind}/{ObjectName}" : "the cluster";

    /// <summary>Where it says what happened to what.</summary>
    public LineRange?[] Places => Node.EndLine - Node.Line <= 14
        ? [new LineRange(Node.Line, Node.EndLine, Node.First("message", "note")?.Line ?? Node.Line)]
        : [Node.First("message", "note"), Node.First("reason"), Node.First("count"), Node.First("involvedObject", "regarding", "object"),
            Node.First("lastTimestamp", "last_time", "lastSeen")];

    public static KubernetesEvent? TryRead(Node node)
    {
        if (!node.IsMap || node.First("reason") is not { IsScalar: true } reason
            || node.First("message", "note") is not { IsScalar: true } message)
        {
            return null;
        }

        var about = node.First("involvedObject", "regarding", "object", "object_ref", "involved", "resource", "target");
        // A condition also has a reason and a message, but a status and no object.
        if (node.TextOf("kind") is { Length: > 0 } kind ? !Names.Same(kind, "Event")
            : about is null && (node.First("status") is not null || node.First("count", "event_time", "eventTime") is null))
        {
            return null;
        }

        var (objectKind, objectName) = about switch
        {
            { IsMap: true } => (about.TextOf("kind"), about.TextOf("name")),
            { IsScalar: true } when about.Text.IndexOf('/', StringComparison.Ordinal) is var slash and > 0 =>
                (about.Text[..slash], about.Text[(slash + 1)..]),
            { IsScalar: true } => (node.TextOf("object_kind", "kind_of_object"), about.Text),
            _ => (node.TextOf("object_kind", "involved_kind"), node.TextOf("object_name", "involved_name", "pod")),
        };
        var last =
            node.TimeOf("lastTimestamp", "last_time", "lastSeen", "series/lastObservedTime", "deprecatedLastTimestamp", "eventTime",
            "timestamp", "time");
        var first =
            node.TimeOf("firstTimestamp", "first_time", "firstSeen", "deprecatedFirstTimestamp", "eventTime", "metadata/creationTimestamp");
        var count = node.NumberOf("count", "series/count", "deprecatedCount", "occurrences") ?? 1;
        return new KubernetesEvent(
            node, reason.Text, message.Text, Names.Same(node.TextOf("type", "severity", "level"), "Warning"),
            (int)Math.Clamp(count, 1, int.MaxValue),
            objectKind.Length > 0 ? objectKind : "object", objectName, first, last ?? first);
    }
}
