using System.Text.RegularExpressions;
using FaultMaven.Data.Analysis.Signals;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.Plans;

/// <summary>
/// Reads what databases print about their work: plans, slow statements, deadlocks and tables of statements. JSON is read by
/// <see cref="PlanReader"/>.
/// </summary>
internal sealed partial class PlanAnalyzer : IEvidenceAnalyzer
{
    private const int MaxSlow = 20;

    /// <summary>Statements below this are slow for few people.</summary>
    private const double SlowSeconds = 1;

    public IReadOnlySet<Proto.EvidenceType> Types { get; } = new HashSet<Proto.EvidenceType> { Proto.EvidenceType.DatabaseLoad };

    public EvidenceAnalysis Analyze(EvidenceSource source, CancellationToken cancellationToken)
    {
        var text = SourceText.Read(source);
        var signals = new SignalBuilder(source, text);
        if (StructuredDocument.IsJson(text.Text))
        {
            return signals.ToAnalysis();
        }

        foreach (var plan in PlanText.Read(text, cancellationToken))
        {
            PlanSignals.Judge(plan, signals);
        }

        if (CsvShape.Of(text) is { } table)
        {
            StatementTable.Read(text, table, signals, cancellationToken);
        }

        ReadSlowStatements(text, signals, cancellationToken);
        return signals.ToAnalysis();
    }

    // # Query_time: 12.500000  Lock_time: 0.000100 Rows_sent: 1  Rows_examined: 4000000
    private static void ReadSlowStatements(SourceText text, SignalBuilder signals, CancellationToken cancellationToken)
    {
        var slow = new List<(double Seconds, string Rows, string Statement, LineRange At)>();
        for (var number = 1; number <= text.LineCount; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var line = text.Line(number);
            if (line.Contains("LATEST DETECTED DEADLOCK", StringComparison.Ordinal))
            {
                signals.Add(new SignalDraft("db.deadlock", "database", "The database reported a deadlock and rolled one transaction back.",
                    new LineRange(number, Math.Min(number + 2, text.LineCount), number)) { Severity = Proto.Severity.Error });
            }

            if (!line.StartsWith("# Query_time:", StringComparison.Ordinal) || line.Length > 400
                || SlowLine().Match(line.ToString()) is not { Success: true } match
                || !Values.TryNumber(match.Groups["seconds"].Value, out var seconds) || seconds < SlowSeconds)
            {
                continue;
            }

            var next = number + 1;
            while (next < text.LineCount
                && (text.Line(next).StartsWith("SET ", StringComparison.OrdinalIgnoreCase)
                || text.Line(next).StartsWith("use ", StringComparison.OrdinalIgnoreCase)))
            {
                next++;
            }

            slow.Add((seconds, match.Groups["rows"].Value, next <= text.LineCount ? text.Line(next).ToString()
                : "", new LineRange(number, Math.Min(next, text.LineCount))));
        }

        foreach (var (seconds, rows, statement, at) in slow.OrderByDescending(found => found.Seconds).Take(MaxSlow))
        {
            signals.Add(new SignalDraft("db.slow_statement", "database",
                $"{Quotation.Of(statement)} took {seconds:0.###} s{(rows.Length > 0 ? $" and examined {rows} rows" : "")}.", at)
            {
                Surprise = Math.Min(0.9, 0.4 + (seconds / 100)),
                Attributes = [("statement", statement), ("ms", seconds * 1000), ("rows", rows)],
            });
        }
    }

    [GeneratedRegex(@"^# Query_time: (?<seconds>[\d.]{1,20})(.{0,120}?Rows_examined: (?<rows>\d{1,18}))?", RegexOptions.ExplicitCapture)]
    private static partial Regex SlowLine();
}
