using FaultMaven.Data.Analysis.Signals;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Statements;

/// <summary>
/// Reads the statements of everything that is not a log: the output of any tool, documents, settings, prose, and text in formats that
/// nothing else reads.
/// </summary>
internal sealed class StatementAnalyzer : IEvidenceAnalyzer
{
    private const int MaxLines = 50_000;
    private const int MaxSignals = 120;
    private const int MaxLineLength = 4_000;
    private const int MaxCitedLines = 4;

    // What is fine is worth knowing only of something that is named.
    private const double MinSpecificity = 0.25;

    // An alert is a claim that something is wrong, and a guide says what may go wrong; neither is evidence of it.
    public IReadOnlySet<Proto.EvidenceType> Types { get; } = new HashSet<Proto.EvidenceType>
    {
        Proto.EvidenceType.Text, Proto.EvidenceType.Config, Proto.EvidenceType.ErrorReport, Proto.EvidenceType.CommandOutput,
        Proto.EvidenceType.ClusterState, Proto.EvidenceType.Events, Proto.EvidenceType.Trace, Proto.EvidenceType.DatabaseLoad,
    };

    public EvidenceAnalysis Analyze(EvidenceSource source, CancellationToken cancellationToken)
    {
        var text = SourceText.Read(source);
        var signals = new SignalBuilder(source, text);
        foreach (var group in Statements(text)
            .GroupBy(found => StatementSignal.GroupOf(found.Statement))
            .OrderByDescending(group => group.First().Statement.IsProblem)
            .ThenByDescending(group => group.Max(found => found.Statement.Specificity))
            .Take(MaxSignals))
        {
            cancellationToken.ThrowIfCancellationRequested();
            signals.Add(ToDraft(group.MaxBy(found => found.Statement.Specificity)!, [.. group], source));
        }

        return signals.ToAnalysis();
    }

    // What tools print as "Key: value" may be read as YAML that holds nothing of note; its lines may still say something.
    private static List<LocatedStatement> Statements(SourceText text)
    {
        var root = StructuredDocument.Read(text);
        var statements = root is null ? [] : DocumentStatements.Read(root).Where(found => IsWorthKnowing(found.Statement)).ToList();
        var lines = Lines(text, withComments: root is null);

        // A document with sections has readers that know what those mean.
        return statements.Count > 0 || text.Line(1).TrimStart() is ['{', ..]
            || (root is not null && lines.Exists(line => line.AsSpan().TrimEnd().EndsWith(':')))
            ? statements
            : [.. TextStatements.Read(lines).Where(found => IsWorthKnowing(found.Statement))];
    }

    // Nothing here has a level that could support words that alone do not show a problem.
    private static bool IsWorthKnowing(Statement statement) => statement.Class switch
    {
        StatementClass.Failed => !statement.IsWeak,
        StatementClass.Fine => statement.Specificity > MinSpecificity,
        _ => true,
    };

    private static SignalDraft ToDraft(LocatedStatement best, List<LocatedStatement> all, EvidenceSource source)
    {
        var statement = best.Statement;
        return new SignalDraft(
            StatementSignal.KindOf(statement.Class),
            $"file/{source.FileName}",
            statement.Quote,
            [.. all.Prepend(best).Select(found => found.Line).Distinct().Take(MaxCitedLines)
                .Select(line => (LineRange?)new LineRange(line, line))])
        {
            Severity = StatementSignal.SeverityOf(statement),
            State = StatementSignal.StateOf(statement),
            Surprise = statement.Specificity,
            Start = best.Time,
            End = all.Max(found => found.Time) ?? best.Time,
            Attributes = [.. StatementSignal.AttributesOf(statement).Select(pair => (pair.Name, (object?)pair.Value)), ("count", all.Count),
                ("context", best.Context)],
        };
    }

    // A comment in settings says what could go wrong.
    private static List<string> Lines(SourceText text, bool withComments)
    {
        var lines = new List<string>(Math.Min(text.LineCount, MaxLines));
        for (var number = 1; number <= Math.Min(text.LineCount, MaxLines); number++)
        {
            var line = text.Line(number);
            var isComment = !withComments && line.TrimStart() is ['#' or ';', ..] or ['/', '/', ..];
            lines.Add(isComment ? "" : line[..Math.Min(line.Length, MaxLineLength)].ToString());
        }

        return lines;
    }
}
