using FaultMaven.ServiceDefaults.Storage;

namespace FaultMaven.Standalone.Admin;

/// <summary>
/// A folder that is written beside its place and moved there once it is whole: whenever the process ends, there is either all of it in its
/// place or nothing.
/// </summary>
internal sealed class StagedFolder : IDisposable
{
    // In a folder that is being written; locked by whoever writes.
    private const string Marker = ".being-written";

    private readonly string _target;
    private readonly FileStream _marker;
    private bool _isComplete;

    private StagedFolder(string target, string path, FileStream marker)
    {
        _target = target;
        Path = path;
        _marker = marker;
    }

    /// <summary>Where it is written.</summary>
    public string Path { get; }

    /// <summary>Begins a folder whose place is free. What a process left behind that ended while it wrote the same is removed.</summary>
    /// <exception cref="DataDirectoryException">Something is there, or is being written there.</exception>
    public static StagedFolder Begin(string target)
    {
        EnsureFree(target);
        var path = System.IO.Path.Combine(
            System.IO.Path.GetDirectoryName(target) ?? throw new DataDirectoryException($"{target} cannot be written anew.", null),
            $".{System.IO.Path.GetFileName(target)}.incomplete");
        Directory.CreateDirectory(path);
        var marker = TryLock(path) ?? throw new DataDirectoryException(
            $"Another process is writing {target}, or left something else in {path}. Wait for it, or move that folder away.", null);
        foreach (var left in new DirectoryInfo(path).EnumerateFileSystemInfos().Where(left => left.Name != Marker).ToList())
        {
            Delete(left);
        }

        return new StagedFolder(target, path, marker);
    }

    /// <summary>Makes sure that there is nothing in a place.</summary>
    /// <exception cref="DataDirectoryException">There is.</exception>
    public static void EnsureFree(string target)
    {
        if (File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any()))
        {
            throw new DataDirectoryException($"{target} is not empty; name a folder that is empty or does not exist.", null);
        }
    }

    /// <summary>Creates a folder inside; it survives a loss of power once the whole is complete.</summary>
    public string Folder(string relativePath) =>
        Directory.CreateDirectory(System.IO.Path.Combine(Path, relativePath)).FullName;

    /// <summary>Moves it to its place.</summary>
    /// <exception cref="DataDirectoryException">Something came there meanwhile.</exception>
    public void Complete()
    {
        foreach (var folder in Directory.EnumerateDirectories(Path, "*", SearchOption.AllDirectories).Prepend(Path))
        {
            DurableDirectory.Flush(folder);
        }

        EnsureFree(_target);
        if (Directory.Exists(_target))
        {
            Directory.Delete(_target);
        }

        _marker.Dispose();
        Directory.Move(Path, _target);
        _isComplete = true;
        File.Delete(System.IO.Path.Combine(_target, Marker));
        DurableDirectory.Flush(System.IO.Path.GetDirectoryName(_target)!);
    }

    public void Dispose()
    {
        _marker.Dispose();
        if (!_isComplete)
        {
            Directory.Delete(Path, recursive: true);
        }
    }

    // Null if someone has it, or the folder is not one of ours: an empty one, or one with a marker.
    private static FileStream? TryLock(string path)
    {
        var marker = System.IO.Path.Combine(path, Marker);
        if (!File.Exists(marker) && Directory.EnumerateFileSystemEntries(path).Any())
        {
            return null;
        }

        try
        {
            return new FileStream(marker, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(marker))
        {
            return null;
        }
    }

    private static void Delete(FileSystemInfo left)
    {
        if (left is DirectoryInfo folder)
        {
            folder.Delete(recursive: true);
        }
        else
        {
            left.Delete();
        }
    }
}
