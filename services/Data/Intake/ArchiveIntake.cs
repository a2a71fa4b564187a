using System.Security.Cryptography;
using System.Text;
using FaultMaven.Data.Intake.Limits;
using FaultMaven.Data.Intake.Unpacking;
using FaultMaven.Data.Sources;
using FaultMaven.Data.Store;
using FaultMaven.ServiceDefaults.Tenants;

namespace FaultMaven.Data.Intake;

/// <summary>
/// Takes archives in: each file in them becomes separate evidence, or is reported as left out. All of it, or nothing if it breaks off.
/// </summary>
internal sealed class ArchiveIntake(
    FileIntake files,
    EvidenceWriter commit,
    UnpackJournals journals,
    TextRedaction redaction,
    TenantOptions<EvidenceLimits> limits,
    TimeProvider time)
{
    private const int MaxFailuresTold = 100;
    private const int MaxPathLength = 255;

    /// <exception cref="IntakeRefusedException">It goes beyond a limit.</exception>
    public async Task<IntakeResult> TakeAsync(
        IncomingFile archive, UploadContent content, UnpackBudget budget, IntakeObserver observer, CancellationToken cancellationToken)
    {
        var evidence = archive.Evidence;
        var summary = new Proto.ArchiveContents();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var journal = journals.Start(archive.Name);

        await foreach (var file in ArchiveFiles.ReadAsync(content, "", budget, limits.OfCaller().MaxFileBytes, cancellationToken))
        {
            var entry = await NameAsync(archive, file.Path, cancellationToken);
            var result = await TakeAsync(entry, file, journal, observer, cancellationToken);
            Add(result, entry.Evidence.FileName, summary, hash);
            await observer.Entry(result, cancellationToken);
        }

        evidence.SizeBytes = await content.DrainAsync(cancellationToken);

        if (summary is { StoredCount: 0, DuplicateCount: 0, FailedCount: 0 })
        {
            return new IntakeResult.Refused(evidence.FileName, IntakeFailure.Empty(evidence.FileName));
        }

        evidence.Type = Proto.EvidenceType.Archive;
        evidence.Confidence = 1;
        evidence.Reasons.Add($"It is a {(content.Form is ContentForm.Tar ? "tar" : "zip")} archive; each file in it becomes evidence.");
        evidence.Archive = summary;
        evidence.ContentSha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
        cancellationToken.ThrowIfCancellationRequested();
        var answer = await commit.FindEarlierAsync(archive, cancellationToken) ?? await commit.ReferenceAsync(archive);

        if (answer is IntakeResult.Stored)
        {
            journal.Complete();
        }

        return answer;
    }

    private static void Add(IntakeResult result, string path, Proto.ArchiveContents summary, IncrementalHash hash)
    {
        var content = "";

        switch (result)
        {
            case IntakeResult.Stored { Evidence: { DuplicateOf.Length: > 0 } existing }:
                summary.DuplicateCount++;
                content = existing.ContentSha256;
                break;
            case IntakeResult.Stored { Evidence: var stored }:
                summary.StoredCount++;
                content = stored.ContentSha256;
                break;
            case IntakeResult.Refused refused:
                summary.FailedCount++;
                content = $"{refused.Failure.Reason}";

                if (summary.Failures.Count < MaxFailuresTold)
                {
                    summary.Failures.Add(new Proto.EvidenceFailure { FileName = refused.FileName, Error = refused.Failure.ToStatus() });
                }

                break;
        }

        hash.AppendData(Encoding.UTF8.GetBytes($"{content} {path}\n"));
    }

    private async Task<IncomingFile> NameAsync(IncomingFile archive, string path, CancellationToken cancellationToken)
    {
        var name = EvidenceName.New(archive.Name.Case, time.GetUtcNow());
        var evidence = new Proto.Evidence { Name = $"{name}", SourceArchive = $"{archive.Name}" };

        if (path.Length > 0)
        {
            var redacted = await redaction.RedactAsync(archive.Name.Case, Readable(path), cancellationToken);
            Redactions.Count(redacted.Findings, evidence.Redactions);
            FlaggedPassages.NoteName(evidence, redacted);
            evidence.FileName = redacted.Text.CutToEnd(MaxPathLength);
        }

        return new IncomingFile(name, evidence, Proto.EvidenceType.Unspecified, IsEntry: true);
    }

    private async Task<IntakeResult> TakeAsync(
        IncomingFile entry, ArchiveFile file, UnpackJournal journal, IntakeObserver observer, CancellationToken cancellationToken)
    {
        if (file.Content is null)
        {
            return new IntakeResult.Refused(entry.Evidence.FileName, IntakeFailure.UnreadableEntry(file.Problem));
        }

        try
        {
            journal.Add(entry.Name);

            return await files.TakeAsync(entry, file.Content, observer, cancellationToken);
        }
        catch (IntakeRefusedException exception) when (exception.ConcernsFile)
        {
            return new IntakeResult.Refused(entry.Evidence.FileName, exception.Failure);
        }
    }

    /// <summary>
    /// The path for people: a control character in it has no use but to deceive a terminal, and Windows has other slashes.
    /// </summary>
    private static string Readable(string path)
    {
        var readable = string.Concat(path.Select(c => c == '\\' ? '/' : char.IsControl(c) ? '_' : c));

        return readable is ['.', '/', _, ..] ? readable[2..] : readable;
    }
}
