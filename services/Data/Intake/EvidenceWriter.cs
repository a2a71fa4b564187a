using FaultMaven.Data.Intake.Limits;
using FaultMaven.Data.Store;
using Google.Protobuf.WellKnownTypes;

namespace FaultMaven.Data.Intake;

/// <summary>
/// Makes evidence of what was taken in. The text first, then the record: a record never points to a text that is not there, and a text that
/// a crash leaves without a record is swept up (<see cref="OrphanSweep"/>).
/// </summary>
internal sealed class EvidenceWriter(IBlobStore blobs, EvidenceStore store, TimeProvider time)
{
    /// <summary>Stores evidence that has a text.</summary>
    public async Task<IntakeResult> TextAsync(
        IncomingFile file, IReadOnlyList<Proto.Signal> signals, StagedBlob text, CancellationToken cancellationToken)
    {
        var sha256 = file.Evidence.ContentSha256;
        await blobs.AdoptAsync(text.FilePath, file.Name, sha256, cancellationToken);
        var result = await AddAsync(file, signals, text.Length);

        if (result is not IntakeResult.Stored { Evidence: var stored } || stored.Name != $"{file.Name}")
        {
            await blobs.DeleteAsync(file.Name, sha256, CancellationToken.None);
        }

        return result;
    }

    /// <summary>Stores evidence of which only a reference is kept.</summary>
    public Task<IntakeResult> ReferenceAsync(IncomingFile file) => AddAsync(file, [], storedBytes: 0);

    /// <summary>The answer to an upload of what the case has already; null if there is nothing like it yet.</summary>
    public async Task<IntakeResult?> FindEarlierAsync(IncomingFile file, CancellationToken cancellationToken)
    {
        var parent = file.Name.Case;

        if (await store.FindByContentAsync(parent, file.Evidence.ContentSha256, cancellationToken) is not { } existing)
        {
            return null;
        }

        existing.DuplicateOf = existing.Name;

        return new IntakeResult.Stored(existing);
    }

    private async Task<IntakeResult> AddAsync(IncomingFile file, IReadOnlyList<Proto.Signal> signals, long storedBytes)
    {
        file.Evidence.CreateTime = time.GetUtcNow().ToTimestamp();

        while (!await store.TryAddAsync(file.Name, file.Evidence, signals, storedBytes, isAnswer: !file.IsEntry))
        {
            if (await store.IsDeletedAsync(file.Name.Case))
            {
                return new IntakeResult.Refused(file.Evidence.FileName, IntakeFailure.CaseNotFound($"{file.Name.Case}"));
            }

            // Another call uploaded the same at the same time, unless it has been deleted again since.
            if (await FindEarlierAsync(file, CancellationToken.None) is { } earlier)
            {
                return earlier;
            }
        }

        return new IntakeResult.Stored(file.Evidence);
    }
}
