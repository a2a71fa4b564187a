using FaultMaven.Data.Store;
using Google.Protobuf.WellKnownTypes;

namespace FaultMaven.Data.Intake;

/// <summary>
/// Makes evidence of what was taken in. The text first, then the record: a record never points to a text that is not there, and a text that a crash leaves
/// without a record is swept up (<see cref="OrphanSweep"/>).
/// </summary>
internal sealed class EvidenceCommit(IBlobStore blobs, EvidenceStore store, TimeProvider time)
{
    public async Task<IntakeResult> TextAsync(
        EvidenceName name, Proto.Evidence evidence, IReadOnlyList<Proto.Signal> signals, IncomingText text, CancellationToken cancellationToken)
    {
        await blobs.AdoptAsync(text.FilePath, name, evidence.ContentSha256, cancellationToken);
        var result = await AddAsync(name, evidence, signals, text.Length);

        if (result.Evidence.DuplicateOf.Length > 0)
        {
            await blobs.DeleteAsync(name, evidence.ContentSha256, CancellationToken.None);
        }

        return result;
    }

    public async Task<IntakeResult> ReferenceAsync(EvidenceName name, Proto.Evidence evidence) => await AddAsync(name, evidence, [], storedBytes: 0);

    /// <summary>The answer to an upload of what a case has already.</summary>
    public static IntakeResult.Stored Duplicate(Proto.Evidence existing)
    {
        existing.DuplicateOf = existing.Name;

        return new IntakeResult.Stored(existing);
    }

    private async Task<IntakeResult.Stored> AddAsync(
        EvidenceName name, Proto.Evidence evidence, IReadOnlyList<Proto.Signal> signals, long storedBytes)
    {
        evidence.CreateTime = time.GetUtcNow().ToTimestamp();

        while (!await store.TryAddAsync(name, evidence, signals, storedBytes))
        {
            // Somebody uploaded the same at the same time, unless it has been deleted again since.
            if (await store.FindByContentAsync(name.Case, evidence.ContentSha256, CancellationToken.None) is { } existing)
            {
                return Duplicate(existing);
            }
        }

        return new IntakeResult.Stored(evidence);
    }
}
