using FaultMaven.ServiceDefaults.Tenants;

namespace FaultMaven.Data.Store;

/// <summary>Removes evidence with all that belongs to it.</summary>
internal sealed class EvidenceRemoval(EvidenceStore store, EvidenceListing listing, IBlobStore blobs)
    : ITenantHolder
{
    /// <summary>Removes one piece of evidence.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="ensure">Throws if the evidence, as it is now, must not be removed.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>False if it is not there.</returns>
    public async Task<bool> RemoveAsync(EvidenceName name, Action<Proto.Evidence> ensure, CancellationToken cancellationToken)
    {
        while (await store.ReadAsync(name, cancellationToken) is { } record)
        {
            var evidence = EvidenceStore.Parse(record);
            ensure(evidence);

            // The record goes first: a record whose text is gone would promise what it cannot keep. A text that a crash leaves behind is
            // swept up.
            if (await store.TryDeleteAsync(name, record, evidence))
            {
                await blobs.DeleteAsync(name, evidence.ContentSha256, cancellationToken);

                return true;
            }
        }

        return false;
    }

    /// <summary>Removes the texts of a tenant.</summary>
    public async Task<ForgottenItems> ForgetAsync(string tenant, CancellationToken cancellationToken) =>
        new(Files: await blobs.DeleteTenantAsync(tenant, cancellationToken), Events: 0);

    /// <summary>Removes all evidence of a case that was deleted. May be called again.</summary>
    public async Task RemoveCaseAsync(CaseName parent, CancellationToken cancellationToken)
    {
        // The mark first: what is stored before it is in the list, and nothing is stored after it.
        await store.MarkDeletedAsync(parent, cancellationToken);
        var all = await listing.ReadAllAsync(parent, cancellationToken).ToListAsync(cancellationToken);
        await store.DeleteCaseAsync(parent, cancellationToken);

        foreach (var evidence in all)
        {
            if (EvidenceName.TryParse(evidence.Name, out var name))
            {
                await blobs.DeleteAsync(name, evidence.ContentSha256, cancellationToken);
            }
        }
    }
}
