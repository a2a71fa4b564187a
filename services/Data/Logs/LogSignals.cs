using FaultMaven.Data.Evidence;
using Proto = FaultMaven.Protos.Data.V1;

namespace FaultMaven.Data.Logs;

/// <summary>Finds the <c>log.*</c> signals in entries of any origin: log files, or logs inside JSON answers of tools.</summary>
internal static class LogSignals
{
    /// <summary>Finds signals in <paramref name="entries"/>, which are in the order of the log and cite lines of <paramref name="source"/>.</summary>
    public static IReadOnlyList<Proto.Signal> Find(EvidenceSource source, IEnumerable<LogEntry> entries, CancellationToken cancellationToken) => [];
}
