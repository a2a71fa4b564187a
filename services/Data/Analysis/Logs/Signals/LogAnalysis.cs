using FaultMaven.Data.Analysis.Logs.Entries;
using FaultMaven.Data.Analysis.Logs.Statistics;
using FaultMaven.Data.Analysis.Signals;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Logs.Signals;

/// <summary>
/// The analysis of a log that comes in pieces cut anywhere. Memory does not grow with it. Not safe for use by several threads.
/// </summary>
internal sealed class LogAnalysis
{
    private readonly LogStatisticsCollector _collector = new();

    /// <param name="reference">Not more than a day earlier than the log's last entry; gives times without a year theirs.</param>
    public LogAnalysis(DateTimeOffset reference) => Events = new LogEventReader(reference, _collector.Take);

    /// <summary>Takes the text.</summary>
    public LogEventReader Events { get; }

    /// <summary>Ends the log.</summary>
    /// <param name="source">What is cited.</param>
    public EvidenceAnalysis Complete(EvidenceSource source)
    {
        Events.Complete();

        return _collector.Entries == 0
            ? EvidenceAnalysis.Empty
            : new EvidenceAnalysis(LogSignals.From(_collector, source), _collector.StartTime, _collector.EndTime);
    }
}
