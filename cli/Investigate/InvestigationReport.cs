using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Agent.V1;
using FaultMaven.Protos.Data.V1;

namespace FaultMaven.Cli.Investigate;

/// <summary>An investigation as people read it: the conclusion, the five phases that led to it, and the next steps.</summary>
internal sealed class InvestigationReport(TextColumn page, NextCommand next)
{
    private const int MaxClaims = 10;
    private const int MaxDecisiveLines = 5;
    private const int MaxLength = 240;

    // A quote such as `{` or `"state": {` explains nothing.
    private const int MinQuoteLength = 16;

    public void Write(Investigation investigation)
    {
        var answer = investigation.Answer;

        WriteConclusion(answer);
        WriteWarnings(investigation.Evidence, answer);
        WriteBlastRadius(answer, investigation.Phases);
        WriteTimeline(answer);
        WriteHypotheses(answer);
        WriteClaims(answer);
        WriteSolution(answer);
        WriteReferences(answer);
        WriteGateNotes(answer);

        page.Heading("Case");
        var files = Counted.Of(investigation.Evidence.Count, "evidence file");
        page.Paragraph("  ", $"{investigation.Case}: {files}, turn {LastPart(investigation.Turn)}");
        page.Paragraph("  ", $"To ask more: {next.Ask(investigation.Case)}");
        page.Paragraph("  ", $"To add evidence: {next.Add(investigation.Case)}");
        page.Paragraph("  ", $"To show it again: {next.Show(investigation.Case)}");
    }

    private void WriteConclusion(Answer answer)
    {
        var (title, style) = answer.Verdict switch
        {
            Verdict.CauseFound when answer.Assurance == Assurance.Confirmed => ("Cause found", "bold red"),
            Verdict.CauseFound or Verdict.ProbableCause => ("Probable cause", "bold yellow"),
            Verdict.NoActiveFailure => ("No active failure", "bold green"),
            _ => ("Not enough evidence", "bold yellow"),
        };

        page.Paragraph("", $"{title} ({Words(answer.Category)}; assurance: {Words(answer.Assurance)})", style);

        if (answer.Answer_.Length > 0)
        {
            page.Paragraph("", answer.Answer_);
            page.Blank();
        }

        page.Paragraph("", answer.RootCause);
        WriteDecisiveLines(answer);
        if (answer.SinceLastAnswer is { } change)
        {
            page.Heading("Since the last answer");
            page.Paragraph("  ", change.Summary);
        }

        WriteSilentFiles(answer);
    }

    private void WriteSilentFiles(Answer answer)
    {
        if (answer.FilesWithoutFindingsCount == 0)
        {
            return;
        }

        var named = answer.FilesWithoutFindings.Take(MaxClaims).Select(file => file.FileName).ToList();
        var more = answer.FilesWithoutFindingsCount - named.Count;
        page.Blank();
        page.Paragraph("", $"Nothing was found in {string.Join(", ", named)}{(more > 0 ? $" and {more} more" : "")}.", "dim");
    }

    private void WriteDecisiveLines(Answer answer)
    {
        if (answer.DecisiveLines.Count == 0)
        {
            return;
        }

        page.Heading("Decisive lines");
        foreach (var line in answer.DecisiveLines.Take(MaxDecisiveLines))
        {
            var time = line.Time?.ToDateTimeOffset() is { } at ? $"{at:yyyy-MM-dd HH:mm:ss}Z " : "";
            page.Paragraph("  • ", $"{time}{EvidencePlaces.Of([line.Citation])}", leadStyle: "dim");
            page.Paragraph("      ", Shortened(line.Citation.Quote.Trim()));
        }
    }

    // Whatever was written to mislead a model may mislead people too.
    private void WriteWarnings(IReadOnlyList<Evidence> evidence, Answer answer)
    {
        var flagged = evidence.SelectMany(file => file.FlaggedPassages, (file, passage) => (file, passage)).ToList();
        var documents = answer.References.Where(reference => reference.Flagged).ToList();
        if (flagged.Count + documents.Count == 0)
        {
            return;
        }

        page.Heading("Warning: possible prompt injection in the evidence");
        foreach (var (file, passage) in flagged.Take(MaxClaims))
        {
            page.Paragraph("  • ", passage.InFileName
                ? $"File name: {file.FileName} ({Words(passage.Kind)}; withheld from models)"
                : $"{EvidencePlaces.Of([passage.Citation])} ({Words(passage.Kind)}; withheld from models)", "yellow");
            if (passage.Citation.Quote.Length > 0)
            {
                page.Paragraph("      ", Shortened(passage.Citation.Quote.Trim()), "dim");
            }
        }

        if (flagged.Count > MaxClaims)
        {
            page.Paragraph("  ", $"and {flagged.Count - MaxClaims} more, with --json", "dim");
        }

        foreach (var document in documents)
        {
            var place = $"{document.Path}:{document.StartLine}-{document.EndLine}";
            page.Paragraph("  • ", $"{document.Title} ({place}) in the knowledge base", "yellow");
        }
    }

    private void WriteBlastRadius(Answer answer, IReadOnlyList<PhaseReached> phases)
    {
        page.Heading(PhaseNames.Title(Phase.DefineBlastRadius));
        page.Paragraph("  ", answer.Affected.Count > 0
            ? $"Affected: {string.Join(", ", answer.Affected)}"
            : "Nothing is affected, as far as the evidence shows.");

        foreach (var finding in phases.Where(phase => phase.Phase == Phase.DefineBlastRadius).SelectMany(phase => phase.Findings))
        {
            WriteStatement(finding.Text, finding.Citations);
        }
    }

    private void WriteTimeline(Answer answer)
    {
        var times = answer.Timeline.Where(entry => entry.Time is not null).Select(entry => entry.Time.ToDateTimeOffset());
        var days = times.Select(time => time.Date).Distinct().ToList();
        var title = PhaseNames.Title(Phase.EstablishTimeline);
        page.Heading(days is [var day] ? $"{title} of {day:yyyy-MM-dd}" : title);

        if (answer.Timeline.Count == 0)
        {
            page.Paragraph("  ", "The evidence contains no timestamps.");
        }

        foreach (var entry in answer.Timeline)
        {
            var time = entry.Time?.ToDateTimeOffset().ToString(days.Count > 1 ? "yyyy-MM-dd HH:mm:ssZ" : "HH:mm:ssZ") ?? "";
            page.Paragraph($"  {time}  ", $"{entry.Text} {EvidencePlaces.Of(entry.Citations)}".TrimEnd(), leadStyle: "dim");
        }
    }

    private void WriteHypotheses(Answer answer)
    {
        page.Heading(PhaseNames.Title(Phase.FormulateHypotheses));

        if (answer.Hypotheses.Count == 0)
        {
            page.Paragraph("  ", "None.");
        }

        foreach (var hypothesis in answer.Hypotheses)
        {
            var lead = HypothesisText.Lead(hypothesis);
            page.Paragraph(lead, $"{hypothesis.Statement} [{hypothesis.Id}]", leadStyle: HypothesisText.Style(hypothesis.State));

            if (hypothesis.Reason.Length > 0)
            {
                page.Paragraph(new string(' ', lead.Length), Shortened(hypothesis.Reason), "dim");
            }
        }
    }

    private void WriteClaims(Answer answer)
    {
        page.Heading(PhaseNames.Title(Phase.ValidateHypotheses));

        if (answer.Claims.Count == 0)
        {
            page.Paragraph("  ", "No claim is supported by the evidence.");
        }

        foreach (var claim in answer.Claims.Take(MaxClaims))
        {
            WriteStatement(claim.Text, claim.Citations);

            if (claim.Citations.FirstOrDefault(citation => citation.Quote.Length >= MinQuoteLength) is { } cited)
            {
                page.Paragraph("      ", Shortened(cited.Quote.Trim()), "dim");
            }
        }

        if (answer.Claims.Count > MaxClaims)
        {
            page.Paragraph("  ", $"and {answer.Claims.Count - MaxClaims} more, with --json", "dim");
        }
    }

    private void WriteSolution(Answer answer)
    {
        page.Heading(PhaseNames.Title(Phase.ProposeSolution));

        if (answer.Remedies.Count == 0)
        {
            page.Paragraph("  ", answer.Verdict == Verdict.NoActiveFailure
                ? "No change is needed, as far as the evidence shows."
                : "The evidence does not support any advice.");
        }

        foreach (var (index, remedy) in answer.Remedies.Index())
        {
            page.Paragraph($"  {index + 1}. ", $"{remedy.Action} (risk: {Words(remedy.Risk)})");
            WriteCommand(remedy.Command);

            if (remedy.Rollback.Length > 0)
            {
                page.Paragraph("     ", $"To undo: {remedy.Rollback}", "dim");
            }
        }

        if (answer.DataRequests.Count == 0)
        {
            return;
        }

        page.Heading("Collect next");
        foreach (var request in answer.DataRequests)
        {
            page.Paragraph("  • ", request.Why.Length > 0 ? $"{request.What} ({request.Why.TrimEnd('.')})" : request.What);
            WriteCommand(request.Command);
        }
    }

    private void WriteReferences(Answer answer)
    {
        if (answer.References.Count == 0)
        {
            return;
        }

        page.Heading("From the knowledge base");
        foreach (var reference in answer.References)
        {
            page.Paragraph("  • ", $"{reference.Title} ({reference.Path}:{reference.StartLine}-{reference.EndLine})");
        }
    }

    private void WriteGateNotes(Answer answer)
    {
        if (answer.GateNotes.Count == 0)
        {
            return;
        }

        page.Heading("Removed: not supported by evidence");
        foreach (var note in answer.GateNotes)
        {
            page.Paragraph("  • ", note, "dim");
        }
    }

    private void WriteStatement(string text, IEnumerable<Citation> citations) =>
        page.Paragraph("  • ", $"{text} {EvidencePlaces.Of(citations)}".TrimEnd());

    private void WriteCommand(string command)
    {
        if (command.Length > 0)
        {
            page.Paragraph("     $ ", command, "cyan", "dim");
        }
    }

    private static string Words<T>(T value)
        where T : struct, Enum => JsonOutput.Name(value).Replace('_', ' ');

    private static string Shortened(string text) => text.Length > MaxLength ? $"{text[..MaxLength]}…" : text;

    private static string LastPart(string name) => name[(name.LastIndexOf('/') + 1)..];
}
