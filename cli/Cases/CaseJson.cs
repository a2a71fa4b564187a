using System.Text.Json.Serialization;
using FaultMaven.Cli.Investigate;
using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Session.V1;

namespace FaultMaven.Cli.Cases;

/// <summary>A case as <c>fm case list --json</c> prints it.</summary>
internal sealed record CaseJson(
    string Name,
    string Title,
    string State,
    DateTimeOffset CreateTime,
    DateTimeOffset UpdateTime,
    int Evidence,
    int Messages,
    string LastTurn,
    string Conclusion)
{
    public static CaseJson From(Case found) => new(
        found.Name,
        found.Title,
        JsonOutput.Name(found.State),
        found.CreateTime.ToDateTimeOffset(),
        found.UpdateTime.ToDateTimeOffset(),
        found.EvidenceCount,
        found.MessageCount,
        found.LastTurn,
        found.Conclusion);
}

/// <summary>Cases, newest first.</summary>
internal sealed record CaseListJson(IReadOnlyList<CaseJson> Cases);

/// <summary>A case with its evidence and its last investigation, if there was one.</summary>
internal sealed record CaseDetailsJson(CaseJson Case, IReadOnlyList<EvidenceJson> Evidence, InvestigationJson? Investigation);

[JsonSerializable(typeof(CaseListJson))]
[JsonSerializable(typeof(CaseDetailsJson))]
internal sealed partial class CaseJsonContext : JsonSerializerContext
{
    public static CaseJsonContext Standard { get; } = new(new(JsonOutput.Options));
}
