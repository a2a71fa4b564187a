using FaultMaven.Data.Evidence;
using FaultMaven.Data.Extraction.EmbeddedLogs;
using FaultMaven.Data.Signals;
using Proto = FaultMaven.Protos.Data.V1;

namespace FaultMaven.Data.Logs;

/// <summary>Finds signals in log files and crash reports, in one pass and bounded memory.</summary>
internal sealed class LogAnalyzer(TimeProvider time) : IEvidenceAnalyzer
{
    public IReadOnlySet<Proto.EvidenceType> Types { get; } =
        new HashSet<Proto.EvidenceType> { Proto.EvidenceType.Logs, Proto.EvidenceType.ErrorReport, Proto.EvidenceType.Text };

    public EvidenceAnalysis Analyze(EvidenceSource source, CancellationToken cancellationToken)
    {
        // Lines of a JSON document are no log; the logs in it are found where documents are read.
        if (LogDocument.Holds(source))
        {
            return EvidenceAnalysis.Empty;
        }

        var survey = new LogSurvey();
        using var reader = source.Open();
        LogReader.Read(reader, time.GetUtcNow(), survey.Take, cancellationToken);

        return survey.Entries == 0
            ? EvidenceAnalysis.Empty
            : new EvidenceAnalysis(LogSignals.From(survey, source), survey.StartTime, survey.EndTime);
    }
}
