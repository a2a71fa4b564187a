using System.Text;
using FaultMaven.Protos.Agent.V1;
using Topic = FaultMaven.Protos.Agent.V1.ReportSection.Types.Topic;

namespace FaultMaven.Reports.Markdown;

/// <summary>A report in Markdown: what it says first, then what that rests on.</summary>
internal sealed class MarkdownReport
{
    private readonly StringBuilder _text = new();

    private MarkdownReport()
    {
    }

    public static string Write(Report report)
    {
        var page = new MarkdownReport();
        page.Head(report);
        foreach (var section in report.Sections)
        {
            page.Section(section, report);
        }

        page.Record(report);
        page.Sources(report);
        return page._text.ToString().TrimEnd() + "\n";
    }

    private void Head(Report report)
    {
        Line($"# {ReportWords.Title(report.Kind)}: {MarkdownText.Of(report.Title)}");
        var headline = ReportWords.Headline(report.Verdict, report.Assurance, report.Category);
        Line($"**{MarkdownText.Of(headline)}.** {ReportWords.Explain(report)}");
        foreach (var (name, value) in ReportFacts.Of(report))
        {
            _text.Append("- ").Append(name).Append(": ").Append(MarkdownText.Of(value)).Append('\n');
        }

        _text.Append('\n');
    }

    private void Section(ReportSection section, Report report)
    {
        Line($"## {MarkdownText.Of(section.Title)}");
        if (section.Topic == Topic.CausalChain)
        {
            for (var i = 0; i < report.CausalChain.Count; i++)
            {
                var step = report.CausalChain[i];
                var time = step.Statement.Time is { } at ? $" ({ReportWords.Of(at)})" : "";
                _text.Append($"{i + 1}. **{ReportWords.Title(step.Role, report.Assurance)}**{time}: {Sentence(step.Statement)}\n");
            }

            End(report.CausalChain.Count);
        }

        foreach (var statement in section.Statements)
        {
            var time = statement.Time is { } at && section.Topic == Topic.Timeline ? $"{ReportWords.Of(at)}: " : "";
            _text.Append("- ").Append(time).Append(Sentence(statement)).Append('\n');
            Remedy(statement.Remedy);
        }

        End(section.Statements.Count);
        foreach (var gap in section.Gaps)
        {
            _text.Append("> **Missing:** ").Append(MarkdownText.Of(gap.Missing));
            _text.Append(gap.How.Length > 0 ? $" {MarkdownText.Of(gap.How)}" : "").Append('\n');
            _text.Append(gap.Command.Length > 0 ? $">\n> {MarkdownText.Code(gap.Command)}\n" : "").Append('\n');
        }
    }

    private void Remedy(Remedy? remedy)
    {
        if (remedy is null)
        {
            return;
        }

        _text.Append($"  Risk: {ReportWords.Of(remedy.Risk)}.");
        _text.Append(remedy.Rollback.Length > 0 ? $" To undo: {MarkdownText.Of(remedy.Rollback.TrimEnd('.'))}.\n" : "\n");
        _text.Append(remedy.Command.Length > 0 ? $"  {MarkdownText.Code(remedy.Command)}\n" : "");
    }

    private void Record(Report report)
    {
        if (report.Record.Count == 0)
        {
            return;
        }

        Line("## Record of the case");
        foreach (var entry in report.Record)
        {
            var actor = MarkdownText.Of(ReportWords.Actor(entry.Actor));
            _text.Append($"- {ReportWords.Of(entry.Time)}: {MarkdownText.Of(entry.Text)} ({actor})\n");
        }

        _text.Append('\n');
        var turn = report.Turn.Length > 0 ? $", and from {MarkdownText.Code(report.Turn)}" : "";
        Line($"Report {MarkdownText.Code(report.Name)}, version {report.Version}, made {ReportWords.Of(report.CreateTime)} from the first "
            + $"{report.CaseVersion} events of the case{turn}.");
    }

    private void Sources(Report report)
    {
        if (report.Sources.Count > 0)
        {
            Line("## Sources");
        }

        foreach (var source in report.Sources)
        {
            Line($"### Source {source.Number}");
            if (source.Citation is { } citation)
            {
                var reference = MarkdownText.Code(ReportWords.Reference(citation));
                Line($"{MarkdownText.Of(citation.FileName)}, {ReportWords.Lines(citation)} ({reference})");
                Line(MarkdownText.Block(source.Lines.Select((line, i) => $"{citation.StartLine + i,6}  {line}")));
            }
            else if (source.Saying is { } saying)
            {
                var message = saying.Message.Length > 0 ? $" ({MarkdownText.Code(saying.Message)})" : "";
                Line($"Said by {MarkdownText.Of(ReportWords.Actor(saying.Actor))} at {ReportWords.Of(saying.Time)}{message}:");
                Line($"> {MarkdownText.Of(saying.Text)}");
            }
        }
    }

    private static string Sentence(ReportStatement statement) =>
        $"{MarkdownText.Of(statement.Text)} {string.Join(' ', statement.Sources.Select(number => $"[{number}](#source-{number})"))}";

    private void Line(string line) => _text.Append(line).Append("\n\n");

    private void End(int items)
    {
        if (items > 0)
        {
            _text.Append('\n');
        }
    }
}
