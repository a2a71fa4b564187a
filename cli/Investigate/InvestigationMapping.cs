using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Agent.V1;
using FaultMaven.Protos.Data.V1;
using Google.Protobuf.WellKnownTypes;

namespace FaultMaven.Cli.Investigate;

/// <summary>The only place where the contract becomes the JSON that scripts read.</summary>
internal static class InvestigationMapping
{
    public static InvestigationJson ToJson(this Investigation investigation)
    {
        var answer = investigation.Answer;
        return new(
            investigation.Case,
            investigation.Turn,
            JsonOutput.Name(answer.Category),
            JsonOutput.Name(answer.Verdict),
            JsonOutput.Name(answer.Assurance),
            JsonOutput.Name(answer.ResponseType),
            answer.Answer_,
            answer.Summary,
            answer.RootCause,
            [.. answer.DecisiveLines.Select(ToJson)],
            answer.SinceLastAnswer is { } change ? ToJson(change) : null,
            [.. answer.Remembered.Select(ToJson)],
            [.. answer.Claims.Select(ToJson)],
            [.. answer.Affected],
            [.. answer.Timeline.Select(entry => new TimelineEntryJson(ToTime(entry.Time), entry.Text, Cite(entry.Citations)))],
            [.. answer.Hypotheses.Select(ToJson)],
            [.. answer.Remedies.Select(ToJson)],
            [.. answer.DataRequests.Select(request => new DataRequestJson(request.What, request.Why, request.Command))],
            [.. answer.References.Select(ToJson)],
            [.. investigation.Phases.Select(ToJson)],
            [.. investigation.Evidence.Select(ToJson)],
            [.. answer.FilesWithoutFindings.Select(file => file.FileName)],
            answer.Author,
            [.. answer.GateNotes],
            [.. investigation.Evidence.SelectMany(file => file.FlaggedPassages, ToWarning)]);
    }

    public static EvidenceJson ToJson(this Evidence evidence) => new(
        evidence.Name, evidence.FileName, JsonOutput.Name(evidence.Type), evidence.LineCount, evidence.SignalCount, evidence.Redactions);

    /// <summary><c>cases/{case}/evidence/{evidence}#L120-L131</c>, or <c>#L120</c> for a single line.</summary>
    public static string Reference(this Citation citation) => citation.EndLine > citation.StartLine
        ? $"{citation.Evidence}#L{citation.StartLine}-L{citation.EndLine}"
        : $"{citation.Evidence}#L{citation.StartLine}";

    public static RememberedJson ToJson(this RememberedFact fact) =>
        new(fact.Text, fact.Actor, ToTime(fact.Time), fact.Turn, fact.Message, Cite(fact.Citations));

    private static WarningJson ToWarning(Evidence evidence, FlaggedPassage passage) => new(
        JsonOutput.Name(passage.Kind), evidence.FileName, passage.InFileName ? "" : passage.Citation.Reference(), passage.Citation.Quote);

    private static RemedyJson ToJson(Remedy remedy) => new(remedy.Action, remedy.Command, JsonOutput.Name(remedy.Risk), remedy.Rollback);

    private static ReferenceJson ToJson(KnowledgeReference reference) => new(
        reference.Document, reference.Path, reference.Title, reference.StartLine, reference.EndLine, reference.Flagged);

    private static PhaseJson ToJson(PhaseReached phase) => new(
        JsonOutput.Name(phase.Phase), phase.Reason, [.. phase.Findings.Select(ToJson)]);

    private static ChangeJson ToJson(AnswerChange change) => new(
        change.PreviousTurn,
        change.Summary,
        change.PreviousVerdict == Verdict.Unspecified ? null : JsonOutput.Name(change.PreviousVerdict),
        change.PreviousAssurance == Assurance.Unspecified ? null : JsonOutput.Name(change.PreviousAssurance),
        change.PreviousRootCause.Length == 0 ? null : change.PreviousRootCause,
        [.. change.NewDecisiveLines.Select(ToJson)],
        [.. change.NewEvidence.Select(file => new NewFileJson(file.Evidence, file.FileName, file.SignalCount))],
        change.DeletedEvidenceCount);

    private static LineJson ToJson(DecisiveLine line) => new(
        line.Citation.Reference(), line.Citation.FileName, ToTime(line.Time), line.Citation.Quote);

    private static StatementJson ToJson(Claim claim) => new(claim.Text, Cite(claim.Citations));

    private static HypothesisJson ToJson(Hypothesis hypothesis) => new(
        hypothesis.Id,
        hypothesis.Statement,
        JsonOutput.Name(hypothesis.Category),
        hypothesis.Likelihood,
        JsonOutput.Name(hypothesis.State),
        hypothesis.Reason,
        [.. hypothesis.Links.Select(link => new LinkJson(JsonOutput.Name(link.Stance), link.Summary, Cite(link.Citations)))]);

    private static IReadOnlyList<string> Cite(IEnumerable<Citation> citations) => [.. citations.Select(Reference)];

    private static DateTimeOffset? ToTime(Timestamp? time) => time?.ToDateTimeOffset();
}
