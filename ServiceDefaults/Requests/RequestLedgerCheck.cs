using FaultMaven.ServiceDefaults.State;
using FaultMaven.ServiceDefaults.State.Checks;

namespace FaultMaven.ServiceDefaults.Requests;

/// <summary>
/// Verifies that the answers which are kept for repeated requests have the form of one. What they say can be read by those who asked alone.
/// </summary>
/// <param name="service">The service.</param>
internal sealed class RequestLedgerCheck(string service) : IStateCheck
{
    public string Service => service;

    public async Task CheckAsync(StateStore snapshot, Partition partition, StateFindings findings, CancellationToken cancellationToken)
    {
        if (!snapshot.Shards.Contains(partition))
        {
            return;
        }

        await foreach (var record in snapshot.ReadRecordsAsync(partition, RequestLedger.Prefix, cancellationToken))
        {
            if (record.Key.EndsWith(StateRequestRecords.ClaimSuffix, StringComparison.Ordinal))
            {
                continue;
            }

            findings.Count("kept answers");
            if (!SealedAnswer.IsOne(record.Value.Span))
            {
                findings.Report($"The answer {record.Key} is not whole: the request, made again, is refused as another one.");
            }
        }
    }
}
