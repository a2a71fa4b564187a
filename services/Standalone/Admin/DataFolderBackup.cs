using FaultMaven.Data.Store;

namespace FaultMaven.Standalone.Admin;

/// <summary>Writes backups of a data folder, whether or not a server is using it.</summary>
/// <remarks>
/// It reads the files from outside of the server, so it needs no one but the folder's owner, and works with a server that does not answer.
/// Texts first, because they take long; then a snapshot of all SQLite files at one moment, and the texts that came meanwhile; then the
/// SQLite files, from the snapshot. A text that was deleted between the snapshot and its copy makes another snapshot necessary: a record of
/// a backup always has its text.
/// </remarks>
public sealed class DataFolderBackup
{
    /// <summary>How often a snapshot is taken before a backup gives up, because evidence is deleted again and again.</summary>
    private const int MaxSnapshots = 20;

    private readonly string _directory;
    private readonly StagedFolder _target;
    private readonly TimeProvider _time;
    private readonly IProgress<string> _progress;
    private readonly CancellationToken _cancellationToken;
    private readonly Dictionary<string, BackupFile> _files = [];

    private DataFolderBackup(
        string directory, StagedFolder target, TimeProvider time, IProgress<string> progress, CancellationToken cancellationToken)
    {
        _directory = directory;
        _target = target;
        _time = time;
        _progress = progress;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Writes a backup.</summary>
    /// <param name="directory">The data folder.</param>
    /// <param name="target">The folder of the backup, which is empty or does not exist, outside of the data folder.</param>
    /// <param name="time">The clock.</param>
    /// <param name="progress">What is being done.</param>
    /// <param name="cancellationToken">Ends it; nothing is left.</param>
    /// <exception cref="DataDirectoryException">There is no data, it cannot be read, or the target is not free.</exception>
    public static async Task<BackupSummary> WriteAsync(
        string directory, string target, TimeProvider time, IProgress<string> progress, CancellationToken cancellationToken)
    {
        (directory, target) = (Path.GetFullPath(directory), Path.TrimEndingDirectorySeparator(Path.GetFullPath(target)));
        if (!DataFolder.HasData(directory))
        {
            throw new DataDirectoryException($"There is no data in {directory}.", null);
        }

        if ($"{target}/".StartsWith($"{Path.TrimEndingDirectorySeparator(directory)}/", StringComparison.Ordinal))
        {
            throw new DataDirectoryException($"{target} is inside the data folder {directory}; name a folder elsewhere.", null);
        }

        OwnerOnly.Apply();
        using var staged = StagedFolder.Begin(target);
        return await new DataFolderBackup(directory, staged, time, progress, cancellationToken).WriteAsync();
    }

    private async Task<BackupSummary> WriteAsync()
    {
        var hasTexts = EvidenceTexts.AreFiles(new ConfigurationBuilder().AddEnvironmentVariables().Build());
        if (hasTexts)
        {
            CopyTexts(TextsIn(_directory));
        }

        using var snapshot = await TakeAsync(hasTexts);
        var moment = _time.GetUtcNow();
        foreach (var file in snapshot.Files)
        {
            _progress.Report($"Copying {file.RelativePath}");
            var copy = PathOf(file.RelativePath);
            file.Connection.CopyTo(copy, _cancellationToken);
            FileCopy.Flush(copy);
            _files[file.RelativePath] = FileCopy.Describe(copy, file.RelativePath);
        }

        // The keys: without them nothing that is sealed can be read.
        var keys = Path.Combine(_directory, DataFolder.Redaction);
        foreach (var key in Directory.Exists(keys) ? Directory.GetFiles(keys, "*.key") : [])
        {
            Copy($"{DataFolder.Redaction}/{Path.GetFileName(key)}");
        }

        var product = typeof(DataFolderBackup).Assembly.GetName().Version?.ToString(3) ?? "";
        var schemas = snapshot.Files.ToDictionary(file => file.RelativePath, file => file.SchemaVersion);
        List<BackupFile> files = [.. _files.Values.OrderBy(file => file.Path, StringComparer.Ordinal)];
        new BackupManifest(BackupManifest.CurrentFormat, product, moment, schemas, hasTexts, files).Write(_target.Path);
        _target.Complete();
        return new BackupSummary(files.Count, files.Sum(file => file.Bytes), hasTexts, moment);
    }

    /// <summary>A snapshot whose records all have their texts in the backup.</summary>
    private async Task<DataFolderSnapshot> TakeAsync(bool hasTexts)
    {
        for (var attempt = 1; attempt <= MaxSnapshots; attempt++)
        {
            _progress.Report("Taking a snapshot");
            _files.Keys.Where(path => path.StartsWith(Journals, StringComparison.Ordinal)).ToList().ForEach(Remove);
            var snapshot = DataFolderSnapshot.Take(_directory, _time, CopyJournals);
            if (!hasTexts || await TryCompleteTextsAsync(snapshot))
            {
                return snapshot;
            }

            snapshot.Dispose();
        }

        throw new DataDirectoryException(
            $"Evidence was deleted during each of {MaxSnapshots} attempts; make the backup when fewer cases are deleted.", null);
    }

    /// <summary>Copies the texts that came since, and removes those that no record refers to. False if one is gone by now.</summary>
    private async Task<bool> TryCompleteTextsAsync(DataFolderSnapshot snapshot)
    {
        var state = snapshot.Files.FirstOrDefault(file => file.Service == EvidenceTexts.Service)?.State;
        var referred = new HashSet<string>();
        foreach (var partition in state?.ListPartitions() ?? [])
        {
            using var work = DataFolder.Enter(partition);
            await foreach (var text in EvidenceTexts.ListFilesAsync(state!, partition, _cancellationToken))
            {
                referred.Add($"{DataFolder.Evidence}/{text}");
            }
        }

        CopyTexts(referred.Where(path => !_files.ContainsKey(path)));
        _files.Keys.Where(path => path.StartsWith(Texts, StringComparison.Ordinal) && !referred.Contains(path)).ToList().ForEach(Remove);
        return referred.All(_files.ContainsKey);
    }

    private const string Texts = $"{DataFolder.Evidence}/blobs/";
    private const string Journals = $"{DataFolder.Evidence}/{DataFolder.Incoming}/";

    // Archives that are being unpacked: a process that starts from the backup undoes what is half there of them.
    private void CopyJournals()
    {
        var incoming = Path.Combine(_directory, DataFolder.Evidence, DataFolder.Incoming);
        foreach (var journal in Directory.Exists(incoming) ? Directory.GetFiles(incoming, "*.unpack") : [])
        {
            Copy(Journals + Path.GetFileName(journal));
        }
    }

    private void CopyTexts(IEnumerable<string> paths)
    {
        var copied = 0;
        foreach (var path in paths)
        {
            Copy(path);
            if (++copied % 100 == 0)
            {
                _progress.Report($"Copying texts of evidence: {copied}");
            }
        }
    }

    private void Copy(string path)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        if (FileCopy.TryCopy(Path.Combine(_directory, path), PathOf(path), path, _cancellationToken) is { } copied)
        {
            _files[path] = copied;
        }
    }

    private void Remove(string path)
    {
        File.Delete(Path.Combine(_target.Path, path));
        _files.Remove(path);
    }

    private string PathOf(string path) =>
        Path.Combine(_target.Folder(Path.GetDirectoryName(path)!), Path.GetFileName(path));

    private static IEnumerable<string> TextsIn(string directory)
    {
        var root = Path.Combine(directory, Texts);
        return Directory.Exists(root)
            ? Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(directory, path).Replace(Path.DirectorySeparatorChar, '/'))
            : [];
    }
}

/// <summary>What a backup has.</summary>
/// <param name="Files">How many files.</param>
/// <param name="Bytes">How many bytes, all together.</param>
/// <param name="HasTexts">Whether the texts of evidence are among them.</param>
/// <param name="Time">The moment that it shows.</param>
public sealed record BackupSummary(int Files, long Bytes, bool HasTexts, DateTimeOffset Time);
