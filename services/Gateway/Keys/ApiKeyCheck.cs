using System.Text.Json;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.ServiceDefaults.State.Checks;

namespace FaultMaven.Gateway.Keys;

/// <summary>Verifies that the keys of each tenant can be read, and that the directory has those that count.</summary>
/// <param name="time">The clock.</param>
internal sealed class ApiKeyCheck(TimeProvider time) : IStateCheck
{
    private const int DigestLength = 32;

    public string Service => ResourceNames.Gateway;

    public async Task CheckAsync(StateStore snapshot, Partition partition, StateFindings findings, CancellationToken cancellationToken)
    {
        if (partition.Name != ApiKeyStore.PartitionName || partition == ApiKeyStore.Directory)
        {
            return;
        }

        await foreach (var record in snapshot.ReadRecordsAsync(partition, ApiKeyStore.Keys, cancellationToken))
        {
            findings.Count("keys");
            var id = record.Key[ApiKeyStore.Keys.Length..];
            if (Read(record) is not { } key || key.Id != id)
            {
                findings.Report($"The key {id} of {partition.Tenant} cannot be read; whoever uses it is refused.");
                continue;
            }

            // A directory entry may end with its key a moment before it.
            if (key.StateAt(time.GetUtcNow()) == Protos.Identity.V1.ApiKey.Types.State.Active
                && (await snapshot.FindAsync(ApiKeyStore.Directory, id, cancellationToken))?.Text != partition.Tenant)
            {
                findings.Report($"The directory does not have the key {id} of {partition.Tenant}; whoever uses it is refused.");
            }
        }
    }

    private static ApiKey? Read(StateRecord record)
    {
        try
        {
            return ApiKeyStore.Read(record) is { Secrets.Count: > 0 } key
                && key.Secrets.All(secret => secret.Digest.Length == DigestLength) ? key : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
