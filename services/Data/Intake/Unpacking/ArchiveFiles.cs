using System.Runtime.CompilerServices;
using FaultMaven.Data.Intake.Limits;

namespace FaultMaven.Data.Intake.Unpacking;

/// <summary>A file in an archive, or in an archive in it.</summary>
/// <param name="Path">Where it is, through all archives: <c>node-1.tar.gz/var/log/syslog</c>.</param>
/// <param name="Content">What it holds, to be read before the next file is asked for. Null if <paramref name="Problem"/> says why that is
/// not known.</param>
/// <param name="Problem">Why it cannot be read; empty if it can.</param>
internal sealed record ArchiveFile(string Path, UploadContent? Content, string Problem);

/// <summary>Reads the files of archives, and of the archives in them, in one pass.</summary>
internal static class ArchiveFiles
{
    /// <exception cref="IntakeRefusedException">The archive goes beyond a limit.</exception>
    public static async IAsyncEnumerable<ArchiveFile> ReadAsync(
        UploadContent archive, string path, UnpackBudget budget, long maxFileBytes,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var entries = archive.Form is ContentForm.Tar
            ? TarEntries.ReadAsync(archive.Archive, cancellationToken)
            : ZipEntries.ReadAsync(archive.Archive, budget, cancellationToken);

        await foreach (var entry in entries)
        {
            budget.AddEntry();
            var place = path.Length == 0 || entry.Path.Length == 0 ? $"{path}{entry.Path}" : $"{path}/{entry.Path}";

            if (entry.Content is null)
            {
                yield return new ArchiveFile(place, null, entry.Problem);
                continue;
            }

            await using var content =
                await UploadContent.OpenAsync(entry.Content, entry.IsDamaged, budget, archive.Depth, maxFileBytes, cancellationToken);

            if (!content.IsArchive)
            {
                yield return new ArchiveFile(place, content, "");
                continue;
            }

            await foreach (var file in ReadAsync(content, place, budget, maxFileBytes, cancellationToken))
            {
                yield return file;
            }
        }
    }
}
