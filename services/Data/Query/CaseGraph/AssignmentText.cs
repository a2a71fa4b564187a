namespace FaultMaven.Data.Query.CaseGraph;

/// <summary>Reads <c>Successfully assigned shop/web-0 to node-3</c>, as the scheduler of Kubernetes says it.</summary>
internal static class AssignmentText
{
    private const string Mark = "Successfully assigned ";

    public static bool IsIn(ReadOnlySpan<char> text) => text.Contains(Mark, StringComparison.Ordinal);

    public static void Read(string text, GraphBuilder graph, Proto.Citation citation)
    {
        var at = text.IndexOf(Mark, StringComparison.Ordinal);
        if (at >= 0 && text[(at + Mark.Length)..].Split([' ', '"', '\n'], 4) is [var pod, "to", var node, ..] && node.Length > 1)
        {
            var slash = pod.IndexOf('/', StringComparison.Ordinal);
            graph.Relate(Proto.RelationType.RunsOn,
                graph.Mention(ObjectKind.Pod, slash < 0 ? "" : pod[..slash], pod[(slash + 1)..], citation),
                graph.Mention(ObjectKind.Node, "", node.TrimEnd('.', ','), citation), citation);
        }
    }
}
