using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Agent.V1;
using FaultMaven.Protos.Data.V1;

namespace FaultMaven.Cli.Investigate;

/// <summary>An investigation as people read it: one screen, and on demand the five phases with all that was found in them.</summary>
internal sealed class InvestigationReport(TextColumn page, NextCommand next)
{
    private const int MaxLength = 240;

    // A quote such as `{` or `"state": {` explains nothing.
    private const int MinQuoteLength = 16;

    /// <param name="investigation">The investigation.</param>
    /// <param name="all">True for all there is.</param>
    public void Write(Investigation investigation, bool all)
    {
        new FirstScreen(page, next).Write(investigation);
        if (!all)
        {
            return;
        }

        var answer = investigation.Answer;
        WriteDecisiveLines(answer);
        WriteFlagged(investigation.Evidence);
        WriteBlastRadius(answer, investigation.Phases);
        WriteTimeline(answer);
        WriteHypotheses(answer);
        WriteClaims(answer);
        WriteSolution(answer);
        WriteReferences(answer);
        WriteGateNotes(answer);
    }

    private void WriteDecisiveLines(Answer answer)
    {
        if (answer.DecisiveLines.Count == 0)
        {
            return;
        }

        page.Heading("All decisive lines");
        foreach (var line in answer.DecisiveLines)
        {
            var time = line.Time?.ToDateTimeOffset() is { } at ? $"{at:yyyy-MM-dd HH:mm:ss}Z " : "";
            page.Paragraph("  • ", $"{time}{EvidencePlaces.Of([line.Citation])}", leadStyle: "dim");
            page.Paragraph("      ", Shortened(line.Citation.Quote.Trim()));
        }
    }

    private void WriteFlagged(IReadOnlyList<Evidence> evidence)
    {
        var flagged = evidence.SelectMany(file => file.FlaggedPassages, (file, passage) => (file, passage)).ToList();
        if (flagged.Count == 0)
        {
            return;
        }

        page.Heading("Possible prompt injection, withheld from models");
        foreach (var (file, passage) in flagged)
        {
            page.Paragraph("  • ", passage.InFileName ? $"File name: {file.FileName} ({Words(passage.Kind)})"
                : $"{EvidencePlaces.Of([passage.Citation])} ({Words(passage.Kind)})", "yellow");
            if (passage.Citation.Quote.Length > 0)
            {
                page.Paragraph("      ", Shortened(passage.Citation.Quote.Trim()), "dim");
            }
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

        foreach (var claim in answer.Claims)
        {
            WriteStatement(claim.Text, claim.Citations);

            if (claim.Citations.FirstOrDefault(citation => citation.Quote.Length >= MinQuoteLength) is { } cited)
            {
                page.Paragraph("      ", Shortened(cited.Quote.Trim()), "dim");
            }
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
}
