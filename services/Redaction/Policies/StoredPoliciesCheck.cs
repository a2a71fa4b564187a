using FaultMaven.Redaction.Store;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.ServiceDefaults.State.Checks;

namespace FaultMaven.Redaction.Policies;

/// <summary>Verifies that policies open with the keys that there are.</summary>
/// <param name="ring">The keys; null without the installation's.</param>
internal sealed class StoredPoliciesCheck(KeyRing? ring) : IStateCheck
{
    public string Service => ResourceNames.Redaction;

    public async Task CheckAsync(StateStore snapshot, Partition partition, StateFindings findings, CancellationToken cancellationToken)
    {
        if (partition.Name != PolicyStore.PartitionName)
        {
            return;
        }

        using var seal = ring?.Open(partition);
        await foreach (var record in snapshot.ReadRecordsAsync(partition, PolicyStore.Versions, cancellationToken))
        {
            findings.Count("versions of policies");
            var name = record.Key[PolicyStore.Versions.Length..];
            if (seal?.Open(name, record.Value.Span) is null)
            {
                findings.Report($"The policy {name} cannot be read: its key is gone, or it was changed.");
            }
        }
    }
}
