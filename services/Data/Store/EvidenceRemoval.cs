namespace FaultMaven.Data.Store;

/// <summary>Removes evidence with all that belongs to it.</summary>
internal sealed class EvidenceRemoval(EvidenceStore store, IBlobStore blobs)
{
    /// <summary>Nothing if it is not there.</summary>
    public async Task RemoveAsync(EvidenceName name, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(name, cancellationToken) is { } evidence)
        {
            // The record goes first: a record whose text is gone would promise what it cannot keep. A text that a crash leaves behind is swept up.
            await store.DeleteAsync(name, evidence.ContentSha256);
            await blobs.DeleteAsync(name, evidence.ContentSha256, cancellationToken);
        }
    }
}
