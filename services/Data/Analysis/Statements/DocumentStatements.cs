using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Statements;

/// <summary>Reads the statements of JSON and YAML documents: what each of their leaves says, with the name of the object that it is
/// in.</summary>
internal static class DocumentStatements
{
    private const int MaxStatements = 2_000;
    private const int MaxDepth = 40;

    // What is set for the case that something fails is not a failure.
    private static readonly HashSet<string> s_settings = new(StringComparer.OrdinalIgnoreCase)
        { "spec", "annotations", "labels", "env", "args", "command", "template", "schema", "properties", "definitions", "parameters",
            "rules", "expr", "query", "description", "summary", "runbook_url", "docs" };

    public static IEnumerable<LocatedStatement> Read(Node root) => Walk(root, "", "", null, 0).Take(MaxStatements);

    private static IEnumerable<LocatedStatement> Walk(Node node, string key, string owner, DateTimeOffset? time, int depth)
    {
        if (depth > MaxDepth)
        {
            yield break;
        }

        if (IsLeaf(node))
        {
            if (Leaf(node, key, owner) is { } statement)
            {
                yield return new LocatedStatement(statement, node.Line, "", time);
            }

            yield break;
        }

        if (node.IsMap)
        {
            owner = OwnerOf(node) is { Length: > 0 } named ? named : owner;
            // When something was made or started is not when it failed.
            time = node.TimeOf("lastTimestamp", "eventTime", "timestamp", "time", "lastTransitionTime", "startsAt", "date") ?? time;
            foreach (var found in OfLeaves(node, owner, time))
            {
                yield return found;
            }
        }

        foreach (var item in node.Items)
        {
            foreach (var found in Walk(item, key, owner, time, depth + 1))
            {
                yield return found;
            }
        }

        foreach (var member in node.Members.Where(static member => !IsLeaf(member.Value) && !s_settings.Contains(member.Name)))
        {
            foreach (var found in Walk(member.Value, member.Name, owner, time, depth + 1))
            {
                yield return found;
            }
        }
    }

    // What the fields of one object say, each thing once.
    private static IEnumerable<LocatedStatement> OfLeaves(Node node, string owner, DateTimeOffset? time)
    {
        var found = new List<LocatedStatement>();
        if (node.TextOf("type") is { Length: > 0 } type && node.TextOf("status") is { Length: > 0 } status)
        {
            // {"type": "Ready", "status": "False", "message": …}
            if (FieldReader.IsMet(type, status, owner, out var unmet))
            {
                return [];
            }

            if (unmet is not null)
            {
                found.Add(new LocatedStatement(unmet, node.Line, "", time));
            }
        }

        foreach (var member in node.Members.Where(static member => IsLeaf(member.Value) && !s_settings.Contains(member.Name)))
        {
            if (Leaf(member.Value, member.Name, owner) is { } statement)
            {
                found.Add(new LocatedStatement(statement, member.Value.Line, "", time));
            }
        }

        var kept = FieldReader.Once(found.Select(static located => located.Statement)).ToHashSet(ReferenceEqualityComparer.Instance);
        return found.Where(located => kept.Contains(located.Statement));
    }

    private static bool IsLeaf(Node node) => node.IsScalar || node.Kind == NodeKind.Null;

    private static Statement? Leaf(Node node, string key, string owner) =>
        FieldReader.Read(key, node.IsScalar ? node.Text : "null", owner);

    private static string OwnerOf(Node node) => node.TextOf("metadata/name", "name", "involvedObject/name", "hostname", "host", "instance",
        "id", "resource", "service", "queue", "topic", "title");
}
