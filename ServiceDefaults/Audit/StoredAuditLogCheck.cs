using FaultMaven.Protos.Operations.V1;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.ServiceDefaults.State.Checks;
using Problem = FaultMaven.Protos.Operations.V1.AuditLog.Types.Problem;

namespace FaultMaven.ServiceDefaults.Audit;

/// <summary>Verifies the audit logs of a service, as <c>VerifyAuditLogs</c> does.</summary>
/// <param name="service">The service.</param>
/// <param name="seal">With the keys of the entries.</param>
internal sealed class StoredAuditLogCheck(string service, AuditSeal seal) : IStateCheck
{
    public string Service => service;

    public async Task CheckAsync(StateStore snapshot, Partition partition, StateFindings findings, CancellationToken cancellationToken)
    {
        if (partition.Name != AuditStore.PartitionName)
        {
            return;
        }

        AuditLog log;
        try
        {
            log = await AuditStore.VerifyAsync(
                snapshot, partition, new AuditCheck(service, partition, seal, new VerifyAuditLogsRequest()), cancellationToken);
        }
        catch (FormatException)
        {
            findings.Report($"A month of the audit log of {partition.Tenant} cannot be read.");
            return;
        }

        findings.Count("audit entries", log.EntryCount);
        if (log.Problem != Problem.Unspecified)
        {
            findings.Report($"The audit log of {partition.Tenant} {Describe(log.Problem)} (entry {log.ProblemSequence}).");
        }
    }

    private static string Describe(Problem problem) => problem switch
    {
        Problem.Unreadable => "has an entry that cannot be read",
        Problem.Order => "has a gap, or entries that are not in their order",
        Problem.Hash => "has an entry that was changed",
        Problem.UnknownKey => "has an entry that was made with a key which is not one of Audit:Keys here",
        Problem.Unkeyed => "has an entry that was made without a key after others with one",
        Problem.Start => "has lost its beginning",
        _ => $"is not sound: {problem}",
    };
}
