using FaultMaven.Cli.Investigate;
using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Data.V1;

namespace FaultMaven.Cli.CaseEvidence;

/// <summary>The graph of a case as <c>fm evidence graph --json</c> prints it.</summary>
internal sealed record GraphJson(IReadOnlyList<ObjectJson> Objects, IReadOnlyList<RelationJson> Relations, bool Truncated)
{
    public static GraphJson Of(CaseGraph graph) =>
        new([.. graph.Objects.Select(ObjectJson.Of)], [.. graph.Relations.Select(RelationJson.Of)], graph.Truncated);
}

internal sealed record ObjectJson(
    string Id,
    string Kind,
    string Namespace,
    string Name,
    IReadOnlyList<string> Aliases,
    string State,
    bool Described,
    IReadOnlyList<string> Citations)
{
    public static ObjectJson Of(CaseObject each) => new(
        each.Id, each.Kind, each.Namespace, each.Name, [.. each.Aliases], each.State, each.Described,
        [.. each.Citations.Select(citation => citation.Reference())]);
}

internal sealed record RelationJson(string Type, string From, string To, string Detail, bool Unmet, long Count, string Citation)
{
    public static RelationJson Of(ObjectRelation relation) => new(
        JsonOutput.Name(relation.Type), relation.From, relation.To, relation.Detail, relation.Unmet, relation.Count,
        relation.Citation.Reference());
}
