using System.Text.Json.Serialization;
using FaultMaven.Cli.Terminal;

namespace FaultMaven.Cli.Investigate;

/// <summary>An investigation as <c>--json</c> prints it; citations are <c>cases/{case}/evidence/{evidence}#L120-L131</c>.</summary>
internal sealed record InvestigationJson(
    string Case,
    string Turn,
    string Category,
    string Verdict,
    string Assurance,
    string ResponseType,
    string Answer,
    string Summary,
    string RootCause,
    IReadOnlyList<LineJson> DecisiveLines,
    ChangeJson? SinceLastAnswer,
    IReadOnlyList<RememberedJson> Remembered,
    IReadOnlyList<StatementJson> Claims,
    IReadOnlyList<string> Affected,
    IReadOnlyList<TimelineEntryJson> Timeline,
    IReadOnlyList<HypothesisJson> Hypotheses,
    IReadOnlyList<RemedyJson> Remedies,
    IReadOnlyList<DataRequestJson> DataRequests,
    IReadOnlyList<ReferenceJson> References,
    IReadOnlyList<PhaseJson> Phases,
    IReadOnlyList<EvidenceJson> Evidence,
    IReadOnlyList<string> FilesWithoutFindings,
    string Author,
    IReadOnlyList<string> GateNotes,
    IReadOnlyList<WarningJson> Warnings);

internal sealed record LineJson(string Citation, string FileName, DateTimeOffset? Time, string Quote);

/// <summary>What is new since the answer before; the previous values are null where they are the same.</summary>
internal sealed record ChangeJson(
    string PreviousTurn,
    string Summary,
    string? PreviousVerdict,
    string? PreviousAssurance,
    string? PreviousRootCause,
    IReadOnlyList<LineJson> NewDecisiveLines,
    IReadOnlyList<NewFileJson> NewEvidence,
    int DeletedEvidence);

internal sealed record NewFileJson(string Name, string FileName, int Signals);

/// <summary>What was said or found earlier in the case. <c>Actor</c> is empty if it was found; then it has citations.</summary>
internal sealed record RememberedJson(
    string Text, string Actor, DateTimeOffset? Time, string Turn, string Message, IReadOnlyList<string> Citations);

internal sealed record StatementJson(string Text, IReadOnlyList<string> Citations);

internal sealed record TimelineEntryJson(DateTimeOffset? Time, string Text, IReadOnlyList<string> Citations);

internal sealed record HypothesisJson(
    string Id, string Statement, string Category, double Likelihood, string State, string Reason, IReadOnlyList<LinkJson> Links);

internal sealed record LinkJson(string Stance, string Summary, IReadOnlyList<string> Citations);

internal sealed record RemedyJson(string Action, string Command, string Risk, string Rollback);

internal sealed record DataRequestJson(string What, string Why, string Command);

internal sealed record ReferenceJson(string Document, string Path, string Title, long StartLine, long EndLine, bool Flagged);

/// <summary>A flagged passage of evidence: possible prompt injection. <c>Citation</c> is empty if the file name was flagged.</summary>
internal sealed record WarningJson(string Kind, string FileName, string Citation, string Quote);

internal sealed record PhaseJson(string Phase, string Reason, IReadOnlyList<StatementJson> Findings);

internal sealed record EvidenceJson(
    string Name, string FileName, string Type, long Lines, int Signals, IReadOnlyDictionary<string, long> Redactions);

[JsonSerializable(typeof(InvestigationJson))]
internal sealed partial class InvestigationJsonContext : JsonSerializerContext
{
    public static InvestigationJsonContext Standard { get; } = new(new(JsonOutput.Options));
}
