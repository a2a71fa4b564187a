using FaultMaven.Data.Evidence;
using FaultMaven.Data.Extraction.Cluster;
using FaultMaven.Data.Extraction.Documents;
using FaultMaven.Data.Extraction.Events;
using FaultMaven.Data.Signals;
using Proto = FaultMaven.Protos.Data.V1;

namespace FaultMaven.Data.Extraction;

/// <summary>
/// Reads JSON and YAML documents. Tools put several kinds of thing into one answer, so every reader sees every document, whatever the
/// document was classified as.
/// </summary>
internal sealed class DocumentAnalyzer : IEvidenceAnalyzer
{
    private static readonly IDocumentReader[] s_readers =
    [
        new PodReader(), new ClusterNodeReader(), new WorkloadReader(), new ClusterObjectReader(), new KubernetesEventReader(), new PlatformEventReader(),
    ];

    public IReadOnlySet<Proto.EvidenceType> Types { get; } = new HashSet<Proto.EvidenceType>
    {
        Proto.EvidenceType.ClusterState, Proto.EvidenceType.Events, Proto.EvidenceType.Metrics, Proto.EvidenceType.DatabaseLoad, Proto.EvidenceType.Alert,
        Proto.EvidenceType.Trace, Proto.EvidenceType.Logs, Proto.EvidenceType.CommandOutput,
    };

    public EvidenceAnalysis Analyze(EvidenceSource source, CancellationToken cancellationToken)
    {
        var text = SourceText.Read(source);
        if (StructuredDocument.Read(text) is not { } root)
        {
            return EvidenceAnalysis.Empty;
        }

        var findings = new Findings(source, text);
        foreach (var reader in s_readers)
        {
            reader.Read(root, findings, cancellationToken);
        }

        return findings.ToAnalysis();
    }
}
