using System.Text.RegularExpressions;
using FaultMaven.Data.Analysis.Signals;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.Prose;

/// <summary>Outlines guides and other prose by their headings, and finds the sections about problems and their remedies.</summary>
internal sealed partial class ProseAnalyzer : IEvidenceAnalyzer
{
    private const int MaxSections = 20;
    private const int MaxLineLength = 400;

    private static readonly string[] s_trouble =
        ["troubleshoot", "symptom", "cause", "fix", "resolution", "remediation", "recover", "rollback", "mitigat", "known issue",
            "failure", "error", "problem", "workaround", "procedure", "steps", "verify", "escalat"];

    public IReadOnlySet<Proto.EvidenceType> Types { get; } =
        new HashSet<Proto.EvidenceType> { Proto.EvidenceType.Documentation, Proto.EvidenceType.Text };

    public EvidenceAnalysis Analyze(EvidenceSource source, CancellationToken cancellationToken)
    {
        var text = SourceText.Read(source);
        var signals = new SignalBuilder(source, text);
        var sections = Sections(text, cancellationToken);
        if (sections.Count == 0)
        {
            return signals.ToAnalysis();
        }

        var subject = $"file/{source.FileName}";
        var title = sections[0].Heading;
        var blocks = sections.Sum(section => section.CodeBlocks);
        signals.Add(new SignalDraft(
            "document.outline", subject,
            $"{Quotation.Of(title)}, with {sections.Count} {(sections.Count == 1 ? "heading" : "headings")}"
            + $"{(blocks > 0 ? $" and {blocks} {(blocks == 1 ? "block" : "blocks")} of code" : "")}: "
            + $"{string.Join("; ", sections.Take(MaxSections).Select(section => section.Heading))}.",
            [.. sections.Take(MaxSections).Select(section => (LineRange?)new LineRange(section.First, section.First))])
        {
            Severity = Proto.Severity.Info,
            Surprise = 0.1,
            Attributes = [("title", title), ("count", sections.Count)],
        });

        foreach (var section in sections.Where(section => section.Last > section.First
            && s_trouble.Any(word => section.Heading.Contains(word, StringComparison.OrdinalIgnoreCase))).Take(MaxSections))
        {
            var steps = section.Steps > 0 ? $" ({section.Steps} steps)" : "";
            signals.Add(new SignalDraft("document.section", subject,
                $"{Quotation.Of(section.Heading)} is described in lines {section.First}–{section.Last}{steps}.",
                new LineRange(section.First, section.Last))
            {
                Severity = Proto.Severity.Info,
                Surprise = 0.2,
                Attributes = [("title", section.Heading), ("count", section.Steps > 0 ? section.Steps : null)],
            });
        }

        return signals.ToAnalysis();
    }

    private static List<Section> Sections(SourceText text, CancellationToken cancellationToken)
    {
        var sections = new List<Section>();
        var isCode = false;
        for (var number = 1; number <= text.LineCount; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var span = text.Line(number);
            if (span.IsWhiteSpace())
            {
                continue;
            }

            var line = (span.Length <= MaxLineLength ? span : span[..MaxLineLength]).ToString();
            if (line.TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                isCode = !isCode;
                sections.LastOrDefault()?.TakeBlock(isCode);
            }

            if (!isCode && HeadingOf(line, number < text.LineCount ? text.Line(number + 1) : default) is { Length: > 0 } heading)
            {
                sections.Add(new Section(heading, number));
            }
            else if (sections.Count > 0)
            {
                sections[^1].TakeLine(number, !isCode && Step().IsMatch(line));
            }
        }

        return sections;
    }

    // ## Overview   |   <h2>Overview</h2>   |   Overview
    //                                           ========
    private static string? HeadingOf(string line, ReadOnlySpan<char> next)
    {
        if (Markdown().Match(line) is { Success: true } markdown)
        {
            return markdown.Groups["text"].Value.Trim();
        }

        if (Html().Match(line) is { Success: true } html)
        {
            return html.Groups["text"].Value.Trim();
        }

        var underline = next.Trim();
        return underline.Length >= 3 && underline.Length >= line.Trim().Length / 2 && underline.Length <= 200
            && (underline.TrimStart('=').IsEmpty || underline.TrimStart('-').IsEmpty || underline.TrimStart('~').IsEmpty)
            && line.TrimStart() is [var first, ..] && !char.IsPunctuation(first) ? line.Trim() : null;
    }

    [GeneratedRegex(@"^#{1,6} +(?<text>\S.*?)( +#+)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Markdown();

    [GeneratedRegex(@"<h[1-6][^>]{0,100}>(?<text>[^<]{1,200})</h[1-6]>", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex Html();

    [GeneratedRegex(@"^\s{0,12}(\d{1,3}[.)]|[-*] \[[ x]\])\s")]
    private static partial Regex Step();

    private sealed class Section(string heading, int first)
    {
        public string Heading { get; } = heading;

        public int First { get; } = first;

        public int Last { get; private set; } = first;

        public int Steps { get; private set; }

        public int CodeBlocks { get; private set; }

        public void TakeBlock(bool begins) => CodeBlocks += begins ? 1 : 0;

        public void TakeLine(int line, bool isStep)
        {
            Last = line;
            Steps += isStep ? 1 : 0;
        }
    }
}
