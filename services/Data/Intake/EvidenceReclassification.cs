using FaultMaven.Data.Analysis.Classify;
using FaultMaven.Data.Intake.Limits;
using FaultMaven.Data.Sources;
using FaultMaven.Data.Store;
using FaultMaven.ServiceDefaults.Storage;
using FaultMaven.ServiceDefaults.Tenants;
using Google.Protobuf;

namespace FaultMaven.Data.Intake;

/// <summary>Takes stored evidence for something else, and analyses it again as that.</summary>
internal sealed class EvidenceReclassification(
    EvidenceStore store,
    IBlobStore blobs,
    StagingDirectory incoming,
    TextRedaction redaction,
    EvidenceAnalysisPipeline examination,
    TenantOptions<EvidenceLimits> limits)
{
    /// <param name="name">The evidence.</param>
    /// <param name="type">What it is; unspecified to go by its content.</param>
    /// <param name="requestedBy">Who says so, not yet redacted; may be empty.</param>
    /// <param name="ensure">Throws if the evidence, as it is now, must not be changed.</param>
    /// <param name="answer">What the caller is answered.</param>
    /// <param name="report">Called with the progress.</param>
    /// <param name="cancellationToken">Ends it with nothing changed.</param>
    /// <returns>
    /// The evidence as it now is, or why it stays as it was, under the limits that hold for uploads as well; null if it is not there.
    /// </returns>
    public async Task<IntakeResult?> ReclassifyAsync(
        EvidenceName name,
        Proto.EvidenceType type,
        string requestedBy,
        Action<Proto.Evidence> ensure,
        Func<Proto.Evidence, IMessage> answer,
        Func<Proto.ReadProgress, Task> report,
        CancellationToken cancellationToken)
    {
        var requester = requestedBy.Length == 0 ? "" : (await redaction.RedactAsync(name.Case, requestedBy, cancellationToken)).Text;
        var request = ClassificationRequest.Afterwards(type, requester);

        // Another call may do the same at the same time: then its decision comes first in the history.
        while (await store.ReadAsync(name, cancellationToken) is { } record)
        {
            var evidence = EvidenceStore.Parse(record);
            ensure(evidence);
            IReadOnlyList<Proto.Signal> signals;

            try
            {
                signals = await ExamineAsync(name, evidence, request, report, cancellationToken);
            }
            catch (IOException exception) when (DiskSpace.IsExhausted(exception))
            {
                return new IntakeResult.Refused(evidence.FileName, IntakeFailure.StorageFull);
            }

            if (limits.OfCaller().AllowedTypes is { Count: > 0 } allowed && !allowed.Contains(evidence.Type))
            {
                return new IntakeResult.Refused(evidence.FileName, IntakeFailure.TypeNotAllowed(evidence.Type));
            }

            cancellationToken.ThrowIfCancellationRequested();

            if (await store.TryReplaceAsync(name, record, evidence, signals, answer))
            {
                return new IntakeResult.Stored(evidence);
            }
        }

        return null;
    }

    private async Task<IReadOnlyList<Proto.Signal>> ExamineAsync(
        EvidenceName name,
        Proto.Evidence evidence,
        ClassificationRequest request,
        Func<Proto.ReadProgress, Task> report,
        CancellationToken cancellationToken)
    {
        await using var stored = await blobs.TryOpenReadAsync(name, evidence.ContentSha256, cancellationToken);

        if (stored is null)
        {
            if (request.Type is not Proto.EvidenceType.Unspecified)
            {
                examination.Record(evidence, ClassifiedEvidence.AsGiven(request.Type), request);
            }

            return [];
        }

        // Analysers read it more than once, and the store may be far away.
        await using var copy = new FileStream(
            incoming.NewPath(".tmp"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read, bufferSize: 1 << 16,
            FileOptions.Asynchronous | FileOptions.DeleteOnClose);
        await report(new() { BytesTotal = stored.Length, FileName = evidence.FileName });
        await stored.CopyToAsync(copy, cancellationToken);
        await copy.FlushAsync(cancellationToken);
        await report(new() { BytesRead = copy.Length, BytesTotal = copy.Length, FileName = evidence.FileName });
        var source = new EvidenceSource($"{name}", evidence.FileName, copy.Length, () => new StoredTextReader(Open(copy.Name)));
        examination.Classify(evidence, request, source);

        return await examination.AnalyzeAsync(name, evidence, source, arrived: null, cancellationToken);
    }

    // It is still open for writing, and is deleted once that is closed.
    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
}
