using FaultMaven.Data.Analysis.Logs.Signals;
using FaultMaven.Data.Analysis.Signals;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.EmbeddedLogs;

/// <summary>Finds signals in the logs inside documents, see <see cref="LogsInDocument"/>.</summary>
/// <param name="time">Tells until when the logs can have been written.</param>
internal sealed class EmbeddedLogReader(TimeProvider time) : IDocumentReader
{
    public void Read(Node root, Findings findings, CancellationToken cancellationToken)
    {
        foreach (var log in LogsInDocument.Of(root, time.GetUtcNow(), cancellationToken))
        {
            findings.Saw(log.Min(entry => entry.Time));
            findings.Saw(log.Max(entry => entry.Time));
            ControlPlaneLog.Read(log, findings);
            foreach (var signal in LogSignals.Find(findings.Source, log, cancellationToken))
            {
                findings.Add(signal);
            }
        }
    }
}
