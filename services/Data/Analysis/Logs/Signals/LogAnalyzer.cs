using FaultMaven.Data.Analysis.Logs.Entries;
using FaultMaven.Data.Analysis.Signals;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Logs.Signals;

/// <summary>Finds signals in log files and crash reports, in one pass and bounded memory.</summary>
internal sealed class LogAnalyzer(TimeProvider time) : IEvidenceAnalyzer
{
    public IReadOnlySet<Proto.EvidenceType> Types { get; } =
        new HashSet<Proto.EvidenceType> { Proto.EvidenceType.Logs, Proto.EvidenceType.ErrorReport, Proto.EvidenceType.Text };

    public EvidenceAnalysis Analyze(EvidenceSource source, CancellationToken cancellationToken)
    {
        if (Begin(LogDocument.Head(source)) is not { } analysis)
        {
            return EvidenceAnalysis.Empty;
        }

        using var reader = source.Open();
        LogReader.Read(reader, analysis.Events, cancellationToken);

        return analysis.Complete(source);
    }

    /// <summary>Begins to analyse a text that is still to come, from its start on.</summary>
    /// <param name="head">The beginning of the text, <see cref="LogDocument.HeadLength"/> characters of it or all.</param>
    /// <returns>Null if nothing would be found: lines of a JSON document are not a log; the logs in it are found where documents are
    /// read.</returns>
    public LogAnalysis? Begin(ReadOnlySpan<char> head) => LogDocument.Holds(head) ? null : new LogAnalysis(time.GetUtcNow());
}
