using System.Text.RegularExpressions;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Classify;

/// <summary>Classifies text by what its lines look like. Shares of lines count, so the length of a log does not matter.</summary>
internal static partial class TextShapes
{
    private static readonly string[] s_guides =
        ["guide", "manual", "documentation", "tutorial", "runbook", "how to", "troubleshooting", "readme", "procedure", "prerequisites",
        "overview"];

    // Messages and settings have these words too: "See the documentation for more", "Failover mode: manual".
    private static readonly string[] s_references = ["documentation", "manual"];

    public static void Mark(SourceText text, LineShapes lines, TypeScores marks)
    {
        var total = Math.Max(1, lines.Total);
        var head = text.Text.AsSpan(0, Math.Min(text.Text.Length, 16 * 1024)).ToString();
        var isDocument = StructuredDocument.IsJson(head) && !StructuredDocument.IsJsonLines(head);

        MarkDiff(head, lines, marks);
        var isTable = MarkTables(text, lines, marks);
        HeaderShapes.Mark(text, head, lines, marks);
        MarkMetrics(lines, total, marks);
        if (isDocument || isTable)
        {
            return;
        }

        MarkLogsAndErrors(lines, total, marks);
        MarkMarkup(head, marks);
        MarkConfig(lines, total, marks);
        MarkProse(head, lines, total, marks);
    }

    private static void MarkDiff(string head, LineShapes lines, TypeScores marks)
    {
        if (lines.DiffMarks >= 3
            && (head.Contains("\n+++ ", StringComparison.Ordinal) || head.StartsWith("--- ", StringComparison.Ordinal)))
        {
            var isCode = lines.CodeLines * 4 > lines.Total || CodeFile().IsMatch(head);
            marks.Add(isCode ? Proto.EvidenceType.SourceCode : Proto.EvidenceType.Config, 0.95, isCode ? "A diff of source code."
                : "A diff.");
            marks.Add(isCode ? Proto.EvidenceType.Config : Proto.EvidenceType.SourceCode, 0.4, "A diff.");
        }
    }

    /// <summary>TypeScores tables; true if it is one of numbers over time, or of statements and numbers, which leaves no doubt.</summary>
    private static bool MarkTables(SourceText text, LineShapes lines, TypeScores marks)
    {
        if (CsvShape.Of(text) is not { } table || (lines.Timed * 4 > lines.Total * 3 && !table.HasTimeColumn))
        {
            return false;
        }

        if (table.HasMessageColumn)
        {
            marks.Add(Proto.EvidenceType.Logs, table.HasTimeColumn ? 0.9 : 0.6, "A table with a column of messages.");
        }
        else if (table.HasStatementColumn)
        {
            marks.Add(Proto.EvidenceType.DatabaseLoad, 0.88, "A table of statements and their cost.");
            return table.NumericColumns > 0;
        }
        else if (table.NumericColumns > 0)
        {
            marks.Add(Proto.EvidenceType.Metrics, table.HasTimeColumn ? 0.95 : 0.7, table.HasTimeColumn ? "A table of numbers over time."
                : "A table of numbers.");
            return table.HasTimeColumn;
        }

        return false;
    }

    private static void MarkMetrics(LineShapes lines, int total, TypeScores marks)
    {
        if (lines.Samples * 10 >= total * 6)
        {
            marks.Add(Proto.EvidenceType.Metrics, 0.78 + (0.18 * lines.Samples / total), "The lines are metric names with values.");
        }
    }

    private static void MarkLogsAndErrors(LineShapes lines, int total, TypeScores marks)
    {
        var entries = Math.Max(1, total - lines.Frames);
        var timed = (double)lines.Timed / entries;
        var leveled = (double)lines.Leveled / entries;
        var isTrace = lines.Frames >= 2 || (lines.Exceptions > 0 && (lines.Frames > 0 || total <= 5));
        if (isTrace && lines.Timed <= Math.Max(1, total / 10))
        {
            marks.Add(Proto.EvidenceType.ErrorReport, lines.Frames >= 2 && lines.Timed == 0 ? 0.93
                : 0.86, $"A stack trace of {lines.Frames} frames without a log around it.");
        }
        else if (lines.Exceptions > 0 || lines.Frames > 0)
        {
            marks.Add(Proto.EvidenceType.ErrorReport, 0.45, "Contains an exception.");
        }

        if (timed >= 0.3)
        {
            marks.Add(Proto.EvidenceType.Logs, Math.Min(0.97, 0.7 + (0.2 * timed) + (leveled > 0.3 ? 0.07 : 0)),
                $"{lines.Timed} of {entries} lines begin with a time.");
        }
        else if (leveled >= 0.5 && lines.CodeLines * 2 < total)
        {
            // "[ERROR] something broke" alone is a report; "INFO: ready" is a log.
            var isLone = total == 1 && lines.Exceptions > 0;
            marks.Add(isLone ? Proto.EvidenceType.ErrorReport
                : Proto.EvidenceType.Logs, 0.66 + (0.2 * leveled), $"{lines.Leveled} of {entries} lines name a level.");
        }
        else if (lines.Timed >= 3 && timed > 0.05)
        {
            marks.Add(Proto.EvidenceType.Logs, 0.55, $"{lines.Timed} lines begin with a time.");
        }
    }

    private static void MarkMarkup(string head, TypeScores marks)
    {
        var start = head.AsSpan().TrimStart("\uFEFF \t\r\n");
        var isMarkup = start.StartsWith("<?xml", StringComparison.Ordinal)
            || (start is ['<', >= 'a' and <= 'z' or >= 'A' and <= 'Z', ..] && head.Contains("</", StringComparison.Ordinal));
        if (isMarkup && !head.Contains("<html", StringComparison.OrdinalIgnoreCase)
            && !head.Contains("<svg", StringComparison.OrdinalIgnoreCase) && !head.Contains("<h1", StringComparison.OrdinalIgnoreCase))
        {
            marks.Add(Proto.EvidenceType.Config, 0.86, "XML.");
        }
    }

    private static void MarkConfig(LineShapes lines, int total, TypeScores marks)
    {
        var assignments = (double)(lines.Assignments + lines.Sections) / total;
        if (assignments >= 0.5 && lines.CodeLines * 3 < total && lines.Timed * 3 < total)
        {
            marks.Add(Proto.EvidenceType.Config, 0.72 + (0.2 * assignments) + (lines.Sections > 0 ? 0.04 : 0),
                $"{lines.Assignments} of {total} lines assign a value to a name.");
        }

        // worker_processes 4;
        if (lines.Directives * 10 >= total * 3 && lines.Directives >= 2)
        {
            marks.Add(Proto.EvidenceType.Config, 0.9, $"{lines.Directives} of {total} lines are directives.");
        }

        var yaml = (double)lines.YamlLines / total;
        if (yaml >= 0.7 && total >= 3 && lines.Timed * 3 < total && lines.Headings == 0 && lines.Sentences * 2 < total)
        {
            marks.Add(Proto.EvidenceType.Config, 0.6 + (0.15 * yaml), "Looks like YAML.");
        }
    }

    private static void MarkProse(string head, LineShapes lines, int total, TypeScores marks)
    {
        if (head.AsSpan().TrimStart().StartsWith("#!/", StringComparison.Ordinal))
        {
            marks.Add(Proto.EvidenceType.SourceCode, 0.94, "Begins like a script.");
        }

        if (total >= 3 && lines.Directives * 10 < total * 3 && lines.CodeLines * 10 >= total * 4 && lines.Timed * 5 < total
            && lines.Frames * 2 < total)
        {
            marks.Add(Proto.EvidenceType.SourceCode, Math.Min(0.93, 0.62 + (0.4 * lines.CodeLines / total)),
                $"{lines.CodeLines} of {total} lines are code.");
        }

        var guides = s_guides.Count(word => head.Contains(word, StringComparison.OrdinalIgnoreCase));
        var references = s_references.Count(word => head.Contains(word, StringComparison.OrdinalIgnoreCase));
        var isMarkup = head.Contains("<h1", StringComparison.OrdinalIgnoreCase)
            || head.Contains("<html", StringComparison.OrdinalIgnoreCase) || head.Contains("](http", StringComparison.Ordinal)
            || head.Contains("```", StringComparison.Ordinal);
        if (lines.Timed * 4 < total
            && (lines.Headings >= 2 || (lines.Headings + guides >= 2 && lines.Headings > 0) || (isMarkup && guides > 0)
            || (guides - references >= 2 && lines.Sentences >= 1)))
        {
            marks.Add(Proto.EvidenceType.Documentation,
                Math.Min(0.9, 0.66 + (0.04 * guides) + (lines.Headings >= 2 ? 0.12 : 0) + (isMarkup ? 0.04 : 0)),
                "Has headings or the words of a guide.");
        }

        if (lines.Sentences >= 1 && lines.Sentences * 3 >= total && lines.Timed * 4 < total)
        {
            marks.Add(Proto.EvidenceType.Text, Math.Min(0.75, 0.6 + (0.1 * lines.Sentences / total)), "Prose.");
        }
    }

    // +++ b/src/cart.py
    [GeneratedRegex(@"^\+\+\+ \S{1,300}\.(cs|py|java|go|js|ts|tsx|jsx|rb|rs|c|cpp|h|kt|scala|php|sh|swift)\b", RegexOptions.Multiline)]
    private static partial Regex CodeFile();
}
