using FaultMaven.Data.Analysis.Catalogue;
using FaultMaven.Data.Analysis.Logs.Signals;
using FaultMaven.Data.Analysis.Signals;
using FaultMaven.Data.Analysis.Statements;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis;

/// <summary>Runs the analysers that read a type of evidence, and collects their signals.</summary>
internal sealed partial class AnalyzerDispatcher(IEnumerable<IEvidenceAnalyzer> analyzers, ILogger<AnalyzerDispatcher> logger) : IDisposable
{
    /// <summary>How many signals are kept of one evidence. The least severe are dropped.</summary>
    private const int MaxSignals = 1_000;

    private readonly ILookup<Proto.EvidenceType, IEvidenceAnalyzer> _analyzers = analyzers
        .SelectMany(analyzer => analyzer.Types, (analyzer, type) => (analyzer, type))
        .ToLookup(pair => pair.type, pair => pair.analyzer);

    // An analyser keeps a processor busy and may hold a document in memory; more at once than processors would only hold more.
    private readonly SemaphoreSlim _turns = new(Environment.ProcessorCount);

    /// <summary>Begins to analyse a log that is still arriving; it need not be read again then.</summary>
    /// <param name="type">What it is.</param>
    /// <param name="head">Its beginning, see <see cref="LogAnalyzer.Begin"/>.</param>
    /// <returns>Null for what is analysed once it is there.</returns>
    public LogAnalysis? Begin(Proto.EvidenceType type, ReadOnlySpan<char> head) =>
        _analyzers[type].OfType<LogAnalyzer>().SingleOrDefault()?.Begin(head);

    /// <param name="source">The evidence.</param>
    /// <param name="type">What it is.</param>
    /// <param name="arrived">What <see cref="Begin"/> began, if it has taken all of the text.</param>
    /// <param name="cancellationToken">Cancels the analysis.</param>
    public async Task<EvidenceAnalysis> FindAsync(EvidenceSource source, Proto.EvidenceType type, LogAnalysis? arrived,
        CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken);

        try
        {
            var found = _analyzers[type].Select(analyzer => Analyze(analyzer, source, arrived, cancellationToken)).ToList();

            return new EvidenceAnalysis(
                [.. StatementSignal.Once(found.SelectMany(analysis => analysis.Signals).Where(signal => IsRegistered(signal, source))
                    .Order(SignalOrder.Instance)).Take(MaxSignals)],
                found.Min(analysis => analysis.StartTime),
                found.Max(analysis => analysis.EndTime));
        }
        finally
        {
            _turns.Release();
        }
    }

    public void Dispose() => _turns.Dispose();

    // Failure modes can only be written against documented kinds.
    private bool IsRegistered(Proto.Signal signal, EvidenceSource source)
    {
        if (SignalCatalogue.Find(signal.Kind) is not null)
        {
            return true;
        }

        LogUnregistered(signal.Kind, source.Name);
        return false;
    }

    private EvidenceAnalysis Analyze(IEvidenceAnalyzer analyzer, EvidenceSource source, LogAnalysis? arrived,
        CancellationToken cancellationToken)
    {
        try
        {
            return analyzer is LogAnalyzer && arrived is not null ? arrived.Complete(source) : analyzer.Analyze(source, cancellationToken);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or IOException))
        {
            // A bug in one analyser must not lose the evidence: it can still be read, searched and analysed again.
            LogFailed(exception, analyzer.GetType().Name, source.Name);

            return EvidenceAnalysis.Empty;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A signal of the unregistered kind {Kind} was found in {Evidence} and dropped.")]
    private partial void LogUnregistered(string kind, string evidence);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Analyzer} failed on {Evidence}; the evidence is stored without its signals.")]
    private partial void LogFailed(Exception exception, string analyzer, string evidence);
}
