using FaultMaven.Knowledge;
using FaultMaven.Standalone.State;

namespace FaultMaven.Standalone.Admin;

/// <summary>Makes a data folder of a backup.</summary>
public static class DataFolderRestore
{
    /// <summary>Restores a backup. Whenever it ends, the folder has all of it or is as it was.</summary>
    /// <param name="backup">The folder of the backup.</param>
    /// <param name="directory">The data folder, which is empty or does not exist.</param>
    /// <param name="time">The clock.</param>
    /// <param name="progress">What is being done.</param>
    /// <param name="cancellationToken">Ends it; nothing is left.</param>
    /// <returns>What the restored folder has.</returns>
    /// <exception cref="BackupUnusableException">The backup is incomplete or damaged, or of a newer version.</exception>
    /// <exception cref="DataDirectoryException">The data folder is not empty.</exception>
    public static async Task<CheckReport> RunAsync(
        string backup, string directory, TimeProvider time, IProgress<string> progress, CancellationToken cancellationToken)
    {
        (backup, directory) = (Path.GetFullPath(backup), Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory)));
        var manifest = BackupManifest.Read(backup);
        EnsureKnown(manifest);
        StagedFolder.EnsureFree(directory);
        OwnerOnly.Apply();
        Directory.CreateDirectory(Path.GetDirectoryName(directory) ?? directory);
        using var staged = StagedFolder.Begin(directory);
        foreach (var (index, file) in manifest.Files.Index())
        {
            Copy(backup, staged, file, cancellationToken);
            if (index % 100 == 99)
            {
                progress.Report($"Restoring files: {index + 1} of {manifest.Files.Count}");
            }
        }

        // The digests of texts were compared already.
        var report = await DataFolderCheck.RunAsync(staged.Path, isReadingTexts: false, time, progress, cancellationToken);
        if (report.Problems.Count > 0)
        {
            throw new BackupUnusableException($"The backup is whole, but what it holds is not sound: {report.Problems[0]}");
        }

        staged.Complete();
        return report;
    }

    private static void Copy(string backup, StagedFolder staged, BackupFile file, CancellationToken cancellationToken)
    {
        var target = Path.Combine(staged.Folder(Path.GetDirectoryName(file.Path)!), Path.GetFileName(file.Path));
        var copied = FileCopy.TryCopy(Path.Combine(backup, file.Path), target, file.Path, cancellationToken)
            ?? throw new BackupUnusableException($"The backup is incomplete: {file.Path} is missing. Use another one.");
        if (copied != file)
        {
            throw new BackupUnusableException(
                $"The backup is damaged: {file.Path} is not what its manifest says. Use another one.");
        }
    }

    private static void EnsureKnown(BackupManifest manifest)
    {
        foreach (var (path, version) in manifest.Schemas)
        {
            var known = path.StartsWith($"{DataFolder.Knowledge}/", StringComparison.Ordinal)
                ? KnowledgeFile.SchemaVersion
                : StateSchema.Version;
            if (version > known)
            {
                throw new BackupUnusableException(
                    $"FaultMaven {manifest.Product} wrote this backup, which is newer: {path} has schema {version}, and this program knows "
                    + $"{known}. Restore it with that version.");
            }
        }
    }
}
