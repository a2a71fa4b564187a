using FaultMaven.Data.Intake.Bytes;
using FaultMaven.Data.Intake.Limits;
using FaultMaven.Data.Intake.Unpacking;
using FaultMaven.Data.Store;
using FaultMaven.ServiceDefaults.Storage;
using FaultMaven.ServiceDefaults.Tenants;
using Microsoft.Extensions.Options;

namespace FaultMaven.Data.Intake;

/// <summary>
/// Takes uploads in: what is packed is unpacked, and every file becomes evidence. The bytes run through in pieces, and none of them reaches
/// the disk before it is redacted.
/// </summary>
internal sealed class EvidenceIntake(
    FileIntake files,
    ArchiveIntake archives,
    TextRedaction redaction,
    TenantOptions<EvidenceLimits> limits,
    IOptions<ArchiveOptions> archiveOptions,
    TimeProvider time)
{
    public async Task<IntakeResult> TakeAsync(Upload upload, NextPiece next, IntakeObserver observer, CancellationToken cancellationToken)
    {
        var evidence = new Proto.Evidence();

        try
        {
            // First, because it is quick to fail when Redaction is not there.
            var fileName = await redaction.RedactAsync(upload.Case, upload.FileName, cancellationToken);
            var name = EvidenceName.New(upload.Case, time.GetUtcNow());
            evidence.Name = $"{name}";
            evidence.FileName = fileName.Text;
            Redactions.Count(fileName.Findings, evidence.Redactions);
            FlaggedPassages.NoteName(evidence, fileName);
            var file = new IncomingFile(name, evidence, upload.Type, IsEntry: false);

            var maxBytes = limits.OfCaller().MaxFileBytes;
            await using var received = new UploadStream(Counted(next), maxBytes);
            var budget = new UnpackBudget(archiveOptions.Value, received);
            await using var content = await UploadContent.OpenAsync(received, () => false, budget, 0, maxBytes, cancellationToken);

            return content.IsArchive
                ? await archives.TakeAsync(file, content, budget, observer, cancellationToken)
                : await files.TakeAsync(file, content, observer, cancellationToken);
        }
        catch (IntakeRefusedException exception)
        {
            return new IntakeResult.Refused(evidence.FileName, exception.Failure);
        }
        catch (IOException exception) when (DiskSpace.IsExhausted(exception))
        {
            return new IntakeResult.Refused(evidence.FileName, IntakeFailure.StorageFull);
        }
    }

    private static NextPiece Counted(NextPiece next) => async cancellationToken =>
    {
        var piece = await next(cancellationToken);
        DataTelemetry.UploadBytes.Add(piece.Length);

        return piece;
    };
}
