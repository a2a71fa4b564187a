using FaultMaven.Data.Analysis.Signals;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.Metrics;

/// <summary>Reads metrics in tables and in the text format of Prometheus; documents are read by <see cref="SeriesReader"/>.</summary>
internal sealed class MetricTextAnalyzer : IEvidenceAnalyzer
{
    public IReadOnlySet<Proto.EvidenceType> Types { get; } = new HashSet<Proto.EvidenceType> { Proto.EvidenceType.Metrics };

    public EvidenceAnalysis Analyze(EvidenceSource source, CancellationToken cancellationToken)
    {
        var text = SourceText.Read(source);
        if (StructuredDocument.IsJson(text.Text))
        {
            return EvidenceAnalysis.Empty;
        }

        var signals = new SignalBuilder(source, text);
        var sorted = SeriesOf(text, cancellationToken);
        MetricAnalyzer.Judge(sorted, MetricLimits.Of(null, sorted), signals);
        return signals.ToAnalysis();
    }

    /// <summary>The series in a table, or in the text format of Prometheus, each in order of time; none is empty.</summary>
    public static IReadOnlyList<MetricSeries> SeriesOf(SourceText text, CancellationToken cancellationToken)
    {
        var series = CsvShape.Of(text) is { } table
            ? MetricTable.Read(text, table, cancellationToken)
            : ExpositionText.Read(text, cancellationToken);
        return [.. series.Where(found => found.Points.Count > 0).Select(found => found.Sorted())];
    }
}
