namespace FaultMaven.Data.Tests.Hosting;

/// <summary>Waits for a file to be deleted.</summary>
internal sealed class Deletions : IDisposable
{
    private readonly TaskCompletionSource _deleted = new();
    private readonly FileSystemWatcher _watcher;

    private Deletions(string path)
    {
        _watcher = new FileSystemWatcher(Path.GetDirectoryName(path)!, Path.GetFileName(path));
        _watcher.Deleted += (_, _) => _deleted.TrySetResult();
        _watcher.EnableRaisingEvents = true;
    }

    /// <summary>Watches from now on; the folder exists.</summary>
    public static Deletions Watch(string path) => new(path);

    public Task WaitAsync(CancellationToken cancellationToken) => _deleted.Task.WaitAsync(cancellationToken);

    public void Dispose() => _watcher.Dispose();
}
