using FaultMaven.Data.Analysis.Documents.Alerts;
using FaultMaven.Data.Analysis.Documents.Changes;
using FaultMaven.Data.Analysis.Documents.Cluster;
using FaultMaven.Data.Analysis.Documents.DatabaseLoad;
using FaultMaven.Data.Analysis.Documents.EmbeddedLogs;
using FaultMaven.Data.Analysis.Documents.Events;
using FaultMaven.Data.Analysis.Documents.Metrics;
using FaultMaven.Data.Analysis.Documents.Plans;
using FaultMaven.Data.Analysis.Documents.Traces;
using FaultMaven.Data.Analysis.Logs.Entries;
using FaultMaven.Data.Analysis.Signals;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents;

/// <summary>
/// Reads JSON and YAML documents. Tools put several kinds of thing into one answer, so every reader sees every document, whatever the
/// document was classified as.
/// </summary>
/// <param name="time">Tells until when logs inside documents can have been written.</param>
internal sealed class DocumentAnalyzer(TimeProvider time) : IEvidenceAnalyzer
{
    private readonly IDocumentReader[] _readers =
    [
        new PodReader(), new ClusterNodeReader(), new WorkloadReader(), new ClusterObjectReader(), new KubernetesEventReader(),
        new PlatformEventReader(),
        new SeriesReader(), new DatabaseLoadReader(), new AlertReader(), new EmbeddedLogReader(time),
        new TraceReader(), new DeployReader(), new PlanReader(),
    ];

    public IReadOnlySet<Proto.EvidenceType> Types { get; } = new HashSet<Proto.EvidenceType>
    {
        Proto.EvidenceType.ClusterState, Proto.EvidenceType.Events, Proto.EvidenceType.Metrics, Proto.EvidenceType.DatabaseLoad,
        Proto.EvidenceType.Alert,
        Proto.EvidenceType.Trace, Proto.EvidenceType.Logs, Proto.EvidenceType.CommandOutput, Proto.EvidenceType.Config,
    };

    public EvidenceAnalysis Analyze(EvidenceSource source, CancellationToken cancellationToken)
    {
        if (!MayBeDocument(source))
        {
            return EvidenceAnalysis.Empty;
        }

        var text = SourceText.Read(source);
        if (StructuredDocument.Read(text) is not { } root)
        {
            return EvidenceAnalysis.Empty;
        }

        var signals = new SignalBuilder(source, text);
        foreach (var reader in _readers)
        {
            reader.Read(root, signals, cancellationToken);
        }

        return signals.ToAnalysis();
    }

    /// <summary>Spares reading what is a plain log.</summary>
    private static bool MayBeDocument(EvidenceSource source)
    {
        var head = LogDocument.Head(source);
        return StructuredDocument.IsJson(head) ? !LogDocument.IsLog(head)
            : StructuredDocument.LooksLikeYaml(new SourceText(head.ToString()));
    }
}
