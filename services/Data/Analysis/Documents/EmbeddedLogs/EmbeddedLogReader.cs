using FaultMaven.Data.Analysis.Logs.Signals;
using FaultMaven.Data.Analysis.Signals;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.EmbeddedLogs;

/// <summary>Finds signals in the logs inside documents, see <see cref="LogsInDocument"/>.</summary>
/// <param name="time">Tells until when the logs can have been written.</param>
internal sealed class EmbeddedLogReader(TimeProvider time) : IDocumentReader
{
    public void Read(Node root, SignalBuilder signals, CancellationToken cancellationToken)
    {
        foreach (var log in LogsInDocument.Of(root, time.GetUtcNow(), cancellationToken))
        {
            signals.Saw(log.Min(entry => entry.Time));
            signals.Saw(log.Max(entry => entry.Time));
            ControlPlaneLog.Read(log, signals);
            foreach (var signal in LogSignals.Find(signals.Source, log, cancellationToken))
            {
                signals.Add(signal);
            }
        }
    }
}
