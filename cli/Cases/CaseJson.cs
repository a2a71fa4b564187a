using System.Text.Json.Serialization;
using FaultMaven.Cli.Investigate;
using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Session.V1;

namespace FaultMaven.Cli.Cases;

/// <summary>A case as <c>fm case list --json</c> prints it.</summary>
internal sealed record CaseJson(
    string Name,
    string Title,
    string Description,
    string State,
    string Resolution,
    string Priority,
    string Severity,
    IReadOnlyList<string> Tags,
    string Service,
    IReadOnlyList<CaseLinkJson> Links,
    string Owner,
    string Access,
    IReadOnlyList<CaseMemberJson> Members,
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
        found.Description,
        JsonOutput.Name(found.State),
        found.Resolution == Case.Types.Resolution.Unspecified ? "" : JsonOutput.Name(found.Resolution),
        found.Priority == Case.Types.Priority.Unspecified ? "" : JsonOutput.Name(found.Priority),
        found.Severity == Case.Types.Severity.Unspecified ? "" : JsonOutput.Name(found.Severity),
        [.. found.Tags],
        found.Service,
        [.. found.Links.Select(link => new CaseLinkJson(JsonOutput.Name(link.Relation), link.Case))],
        found.Owner,
        found.Access == Case.Types.Access.Members ? "members" : "tenant",
        [.. found.Members.Select(member => new CaseMemberJson(member.Member, JsonOutput.Name(member.Role)))],
        found.CreateTime.ToDateTimeOffset(),
        found.UpdateTime.ToDateTimeOffset(),
        found.EvidenceCount,
        found.MessageCount,
        found.LastTurn,
        found.Conclusion);
}

/// <summary>What another case has to do with a case.</summary>
internal sealed record CaseLinkJson(string Relation, string Case);

/// <summary>Who has a role in a case.</summary>
internal sealed record CaseMemberJson(string Member, string Role);

/// <summary>Who may see a case, as <c>fm case members --json</c> prints it.</summary>
internal sealed record CaseMembersJson(string Case, string Access, string Owner, IReadOnlyList<CaseMemberJson> Members);

/// <summary>Cases, newest first.</summary>
internal sealed record CaseListJson(IReadOnlyList<CaseJson> Cases);

/// <summary>A case with its evidence and its last investigation, if there was one.</summary>
internal sealed record CaseDetailsJson(CaseJson Case, IReadOnlyList<EvidenceJson> Evidence, InvestigationJson? Investigation);

[JsonSerializable(typeof(CaseListJson))]
[JsonSerializable(typeof(CaseMembersJson))]
[JsonSerializable(typeof(CaseMemoryJson))]
[JsonSerializable(typeof(CaseDetailsJson))]
internal sealed partial class CaseJsonContext : JsonSerializerContext
{
    public static CaseJsonContext Standard { get; } = new(new(JsonOutput.Options));
}
