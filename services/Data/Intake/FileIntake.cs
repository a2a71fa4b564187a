using System.Security.Cryptography;
using System.Text;
using FaultMaven.Data.Analysis.Classify;
using FaultMaven.Data.Analysis.Documents.Profiles;
using FaultMaven.Data.Intake.Decoding;
using FaultMaven.Data.Intake.Limits;
using FaultMaven.Data.Intake.Unpacking;
using FaultMaven.Data.Sources;
using FaultMaven.Data.Store;
using FaultMaven.Protos.Redaction.V1;
using FaultMaven.ServiceDefaults.Tenants;

namespace FaultMaven.Data.Intake;

/// <summary>Takes one file in: decodes, redacts, writes, classifies and analyses it, then stores the record.</summary>
internal sealed class FileIntake(
    StagingDirectory incoming,
    EvidenceWriter commit,
    EvidenceStore store,
    TextRedaction redaction,
    EvidenceAnalysisPipeline examination,
    TenantOptions<EvidenceLimits> limits)
{
    /// <summary>After how many bytes of stored text progress is reported again.</summary>
    private const long ProgressStep = 4L << 20;

    /// <summary>
    /// How large a binary profile may be, inflated, to be summed up: 16 MiB. It is read as a whole, and takes several times that for a
    /// moment.
    /// </summary>
    private const int MaxProfileBytes = 16 << 20;

    /// <exception cref="IntakeRefusedException">It goes beyond a limit.</exception>
    public async Task<IntakeResult> TakeAsync(
        IncomingFile file, UploadContent content, IntakeObserver observer, CancellationToken cancellationToken) =>
        content switch
        {
            { IsEmpty: true } when await content.DrainAsync(cancellationToken) == 0 || !content.IsDamaged => Empty(file),
            { Form: ContentForm.Text, IsEmpty: false } =>
                await StoreTextAsync(file, content, new DecodedText(content.Head, content.Stream), observer, cancellationToken),
            { Form: ContentForm.Binary } when PprofReader.Begins(content.Head.Span) =>
                await StoreProfileAsync(file, content, observer, cancellationToken),
            _ => await StoreReferenceAsync(file, content, [], cancellationToken),
        };

    private static IntakeResult.Refused Empty(IncomingFile file) =>
        new(file.Evidence.FileName, IntakeFailure.Empty(file.Evidence.FileName));

    /// <summary>
    /// A profile in the binary form of pprof is kept as the text that pprof makes of it; one that is too large to be summed up, or none
    /// after all, as a reference.
    /// </summary>
    private async Task<IntakeResult> StoreProfileAsync(
        IncomingFile file, UploadContent content, IntakeObserver observer, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[1 << 16];

        for (int read; bytes.Length <= MaxProfileBytes && (read = await content.Stream.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            bytes.Write(buffer, 0, read);
        }

        if (bytes.Length > MaxProfileBytes || PprofReader.TryRead(bytes.ToArray()) is not { } sums)
        {
            return await StoreReferenceAsync(file, content, bytes.ToArray(), cancellationToken);
        }

        var text = Encoding.UTF8.GetBytes(sums.Print());
        await using var stream = new MemoryStream(text);

        return await StoreTextAsync(file, content, new DecodedText(text, stream), observer, cancellationToken);
    }

    private async Task<IntakeResult> StoreTextAsync(
        IncomingFile file, UploadContent content, DecodedText decoded, IntakeObserver observer, CancellationToken cancellationToken)
    {
        var (name, evidence) = (file.Name, file.Evidence);
        var room = limits.OfCaller().MaxCaseBytes - await store.CountBytesAsync(name.Case, cancellationToken);
        var reported = 0L;
        var flagged = new FlaggedPassages(evidence);
        await using var text = new StagedBlob(incoming.NewPath(".tmp"));
        var request = ClassificationRequest.AtUpload(file.GivenType);
        await using var arriving = examination.Arriving(evidence.FileName, request);

        await ReportAsync(Proto.ImportStage.Receiving);
        await redaction.RedactAsync(
            name.Case, OneLineJson.LayOutAsync(decoded.ReadAsync(cancellationToken), cancellationToken), ReceiveAsync, cancellationToken);
        evidence.SizeBytes = await content.DrainAsync(cancellationToken);
        await text.CompleteAsync(cancellationToken);

        if (text.Length == 0)
        {
            return Empty(file);
        }

        evidence.ContentSha256 = text.Sha256;
        evidence.LineCount = text.LineCount;
        evidence.Encoding = decoded.EncodingName;
        await ReportAsync(Proto.ImportStage.Analyzing);

        if (await commit.FindEarlierAsync(file, cancellationToken) is { } earlier)
        {
            return earlier;
        }

        var source = new EvidenceSource(
            $"{name}", evidence.FileName, text.Length, () => new StoredTextReader(File.OpenRead(text.FilePath)));
        flagged.Quote(source);
        var (classified, analysis) = await arriving.CompleteAsync(cancellationToken);
        examination.Record(evidence, classified, request);
        CheckType(evidence.Type);

        if (content.IsDamaged)
        {
            evidence.Reasons.Add("The packed data is damaged or cut off; what could be unpacked is kept, and some of it may be wrong.");
        }

        var signals = await examination.AnalyzeAsync(name, evidence, source, analysis, cancellationToken);

        return await commit.TextAsync(file, signals, text, cancellationToken);

        async ValueTask ReceiveAsync(StreamRedactTextResponse response, CancellationToken stop)
        {
            Redactions.Count(response.FindingCounts, evidence.Redactions);
            flagged.Note(response.Passages);
            await text.WriteAsync(response.Utf8Text.Memory, stop);
            await arriving.AppendAsync(response.Utf8Text.Memory, stop);

            if (text.Length > room)
            {
                throw new IntakeRefusedException(IntakeFailure.CaseFull(limits.OfCaller().MaxCaseBytes));
            }

            if (text.Length - reported >= ProgressStep)
            {
                reported = text.Length;
                await ReportAsync(Proto.ImportStage.Receiving);
            }
        }

        ValueTask ReportAsync(Proto.ImportStage stage) => observer.Progress(
            new()
            {
                Stage = stage,
                BytesReceived = content.BytesTaken,
                BytesRedacted = text.Length,
                LineCount = text.LineCount,
                Entry = file.IsEntry ? evidence.FileName : "",
            },
            cancellationToken);
    }

    /// <summary>What is not text cannot be redacted, so only what is known about it is kept.</summary>
    /// <param name="file">The file.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="beginning">What was read of them already.</param>
    /// <param name="cancellationToken">Stops it.</param>
    private async Task<IntakeResult> StoreReferenceAsync(
        IncomingFile file, UploadContent content, byte[] beginning, CancellationToken cancellationToken)
    {
        var evidence = file.Evidence;
        evidence.ContentSha256 = await HashAsync(beginning, content.Stream, cancellationToken);
        evidence.SizeBytes = await content.DrainAsync(cancellationToken);
        var type = content.Form is ContentForm.Image
            ? Proto.EvidenceType.Image
            : EvidenceClassifier.Classify(evidence.FileName, "", isBinary: true).Type;
        CheckType(type);
        var reason = content switch
        {
            { IsEmpty: true } => "The packed data is damaged from its start; nothing of it is kept.",
            _ when type is Proto.EvidenceType.Image => "It is an image, which cannot be redacted; only a reference to it is kept.",
            _ => "It is binary, which cannot be redacted; only a reference to it is kept.",
        };
        var request = ClassificationRequest.AtUpload(Proto.EvidenceType.Unspecified);
        examination.Record(evidence, new ClassifiedEvidence(type, 1, [], [reason]), request);

        return await commit.FindEarlierAsync(file, cancellationToken) ?? await commit.ReferenceAsync(file);
    }

    private static async Task<string> HashAsync(byte[] beginning, Stream rest, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(beginning);
        var buffer = new byte[1 << 16];

        for (int read; (read = await rest.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            hash.AppendData(buffer.AsSpan(0, read));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private void CheckType(Proto.EvidenceType type)
    {
        if (limits.OfCaller().AllowedTypes is { Count: > 0 } allowed && !allowed.Contains(type))
        {
            throw new IntakeRefusedException(IntakeFailure.TypeNotAllowed(type)) { ConcernsFile = true };
        }
    }
}
