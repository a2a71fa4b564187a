using FaultMaven.Data.Classification;
using FaultMaven.Data.Evidence;
using FaultMaven.Data.Signals;
using FaultMaven.Protos.Redaction.V1;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Options;
using Proto = FaultMaven.Protos.Data.V1;

namespace FaultMaven.Data.Intake;

/// <summary>
/// Takes evidence in: inflates, decodes, redacts, writes, classifies and analyses it, then stores the record. The bytes run through in pieces, and
/// none of them reaches the disk before it is redacted.
/// </summary>
internal sealed class EvidenceIntake(
    BlobStore blobs, EvidenceStore store, TextRedaction redaction, SignalSearch signalSearch, IOptions<DataOptions> options, TimeProvider time)
{
    public async Task<IntakeResult> TakeAsync(Upload upload, NextPiece next, CancellationToken cancellationToken)
    {
        try
        {
            // First, because it is quick to fail when Redaction is not there.
            var fileName = await redaction.RedactAsync(upload.Case, upload.FileName, cancellationToken);
            var name = EvidenceName.New(upload.Case, time.GetUtcNow());
            var evidence = new Proto.Evidence { Name = $"{name}", FileName = fileName.Text };
            Count(fileName.Findings, evidence.Redactions);

            await using var received = new UploadStream(next, options.Value.MaxUploadBytes);
            await using var content = await UploadContent.OpenAsync(received, options.Value, cancellationToken);

            return content switch
            {
                { IsEmpty: true } when await content.DrainAsync(cancellationToken) == 0 || !content.IsDamaged =>
                    new IntakeResult.Empty(evidence.FileName),
                { Form: ContentForm.Text, IsEmpty: false } => await StoreTextAsync(upload, name, evidence, content, cancellationToken),
                _ => await StoreReferenceAsync(name, evidence, content, cancellationToken),
            };
        }
        catch (UploadTooLargeException exception)
        {
            return new IntakeResult.TooLarge(exception.LimitBytes);
        }
        catch (IOException exception) when (StorageSpace.IsExhausted(exception))
        {
            return new IntakeResult.StorageFull();
        }
    }

    private static void Count(RepeatedField<Finding> findings, MapField<string, long> redactions)
    {
        foreach (var finding in findings)
        {
            redactions[finding.Type] = redactions.GetValueOrDefault(finding.Type) + 1;
        }
    }

    private async Task<IntakeResult> StoreTextAsync(
        Upload upload, EvidenceName name, Proto.Evidence evidence, UploadContent content, CancellationToken cancellationToken)
    {
        await using var text = new IncomingText(blobs.IncomingDirectory);
        await redaction.RedactAsync(name.Case, TextPieces.ReadAsync(content.Stream, cancellationToken), ReceiveAsync, cancellationToken);
        evidence.SizeBytes = await content.DrainAsync(cancellationToken);
        await text.CompleteAsync(cancellationToken);
        evidence.ContentSha256 = text.Sha256;
        evidence.LineCount = text.LineCount;

        if (await store.FindByContentAsync(name.Case, text.Sha256, cancellationToken) is { } existing)
        {
            return Duplicate(existing);
        }

        var source = new EvidenceSource($"{name}", evidence.FileName, text.Length, () => new StoredTextReader(File.OpenRead(text.FilePath)));
        Classify(evidence, upload.Type, source);

        if (content.IsDamaged)
        {
            evidence.Reasons.Add("The gzip data is damaged or cut off; what comes before the damage is kept.");
        }

        var analysis = await signalSearch.FindAsync(source, evidence.Type, cancellationToken);
        evidence.SignalCount = analysis.Signals.Count;
        evidence.StartTime = analysis.StartTime?.ToTimestamp();
        evidence.EndTime = analysis.EndTime?.ToTimestamp();

        return await CommitAsync(text.FilePath, name, evidence, analysis.Signals, cancellationToken);

        async ValueTask ReceiveAsync(StreamRedactTextResponse response, CancellationToken stop)
        {
            Count(response.Findings, evidence.Redactions);
            await text.WriteAsync(response.Text, stop);
        }
    }

    /// <summary>What is not text cannot be redacted, so only what is known about it is kept.</summary>
    private async Task<IntakeResult> StoreReferenceAsync(
        EvidenceName name, Proto.Evidence evidence, UploadContent content, CancellationToken cancellationToken)
    {
        evidence.SizeBytes = await content.DrainAsync(cancellationToken);
        evidence.Type = content.Form is ContentForm.Image
            ? Proto.EvidenceType.Image
            : EvidenceClassifier.Classify(evidence.FileName, "", isBinary: true).Type;
        evidence.Confidence = 1;
        evidence.Reasons.Add(content switch
        {
            { IsEmpty: true } => "The gzip data is damaged from its start; nothing of it is kept.",
            _ when evidence.Type is Proto.EvidenceType.Image => "It is an image, which cannot be redacted; only a reference to it is kept.",
            _ => "It is binary, which cannot be redacted; only a reference to it is kept.",
        });
        evidence.CreateTime = time.GetUtcNow().ToTimestamp();
        await store.TryAddAsync(name, evidence, []);

        return new IntakeResult.Stored(evidence);
    }

    private static void Classify(Proto.Evidence evidence, Proto.EvidenceType given, EvidenceSource source)
    {
        var classified = given is Proto.EvidenceType.Unspecified
            ? EvidenceClassifier.Classify(evidence.FileName, ReadHead(source), isBinary: false)
            : ClassifiedEvidence.AsGiven(given);

        evidence.Type = classified.Type;
        evidence.Confidence = classified.Confidence;
        evidence.Alternatives.Add(classified.Alternatives.Select(other => new Proto.TypeAlternative { Type = other.Type, Confidence = other.Confidence }));
        evidence.Reasons.Add(classified.Reasons);
    }

    private static string ReadHead(EvidenceSource source)
    {
        using var reader = source.Open();
        var head = new char[EvidenceClassifier.MaxLength];

        // The few NULs that text may have would make it binary to the classifier, which cannot see how few they are.
        return new string(head, 0, reader.ReadBlock(head)).Replace('\0', ' ');
    }

    private async Task<IntakeResult> CommitAsync(
        string path, EvidenceName name, Proto.Evidence evidence, IReadOnlyList<Proto.Signal> signals, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        evidence.CreateTime = time.GetUtcNow().ToTimestamp();
        blobs.Adopt(path, name, evidence.ContentSha256);

        while (!await store.TryAddAsync(name, evidence, signals))
        {
            // Somebody uploaded the same at the same time, unless it has been deleted again since.
            if (await store.FindByContentAsync(name.Case, evidence.ContentSha256, CancellationToken.None) is { } existing)
            {
                blobs.Delete(name, evidence.ContentSha256);

                return Duplicate(existing);
            }
        }

        return new IntakeResult.Stored(evidence);
    }

    private static IntakeResult.Stored Duplicate(Proto.Evidence existing)
    {
        existing.DuplicateOf = existing.Name;

        return new IntakeResult.Stored(existing);
    }
}
