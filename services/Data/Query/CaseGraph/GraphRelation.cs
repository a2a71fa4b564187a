namespace FaultMaven.Data.Query.CaseGraph;

/// <summary>How one object is related to another, while a graph is built.</summary>
internal sealed record GraphRelation(Proto.RelationType Type, GraphObject From, GraphObject To, string Detail, bool IsUnmet,
    Proto.Citation Citation)
{
    /// <summary>How often the evidence states it.</summary>
    public long Count { get; init; } = 1;
}
