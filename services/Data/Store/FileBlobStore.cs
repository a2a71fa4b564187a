using FaultMaven.ServiceDefaults.Identity;
using FaultMaven.ServiceDefaults.Storage;
using Microsoft.Extensions.Options;

namespace FaultMaven.Data.Store;

/// <summary>Texts as files: <c>blobs/{tenant}/{case}/{sha256}.{evidence}</c>.</summary>
internal sealed class FileBlobStore(IOptions<DataOptions> options, IHostEnvironment environment, TimeProvider time) : IBlobStore
{
    /// <summary>Where texts are below the folder of evidence.</summary>
    public const string Folder = "blobs";

    private readonly string _root = Path.Combine(environment.ContentRootPath, options.Value.Directory, Folder);

    public Task AdoptAsync(string path, EvidenceName name, string sha256, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var target = PathOf(name, sha256);
        var directory = Path.GetDirectoryName(target)!;

        // From now on, not from when its last byte was written, its record may be awaited.
        File.SetLastWriteTimeUtc(path, time.GetUtcNow().UtcDateTime);
        while (!TryMove(path, target))
        {
            Directory.CreateDirectory(directory);
            DurableDirectory.Flush(_root);
            DurableDirectory.Flush(Path.GetDirectoryName(directory)!);
        }

        DurableDirectory.Flush(directory);

        return Task.CompletedTask;
    }

    public ValueTask<Stream?> TryOpenReadAsync(EvidenceName name, string sha256, CancellationToken cancellationToken)
    {
        try
        {
            return ValueTask.FromResult<Stream?>(
                new FileStream(PathOf(name, sha256), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return ValueTask.FromResult<Stream?>(null);
        }
    }

    public Task DeleteAsync(EvidenceName name, string sha256, CancellationToken cancellationToken)
    {
        var path = PathOf(name, sha256);

        var directory = Path.GetDirectoryName(path)!;

        if (Directory.Exists(directory))
        {
            File.Delete(path);
            DeleteIfEmpty(directory);
        }

        return Task.CompletedTask;
    }

    public Task<long> DeleteTenantAsync(string tenant, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            var directory = new DirectoryInfo(Path.Combine(_root, TenantPath.Of(tenant)));

            if (!directory.Exists)
            {
                return 0;
            }

            var count = directory.EnumerateFiles("*", SearchOption.AllDirectories).LongCount();
            directory.Delete(recursive: true);
            DurableDirectory.Flush(_root);

            return count;
        },
        cancellationToken);

    public async IAsyncEnumerable<StoredBlob> ListAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The disk is read on another thread, however many files there are.
        await Task.Yield();

        if (!Directory.Exists(_root))
        {
            yield break;
        }

        var below = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 2 };

        foreach (var file in new DirectoryInfo(_root).EnumerateFiles("*", below))
        {
            cancellationToken.ThrowIfCancellationRequested();

            if (StoredBlob.Parse($"{file.Directory!.Parent!.Name}/{file.Directory.Name}/{file.Name}", file.LastWriteTimeUtc) is { } blob)
            {
                yield return blob;
            }
        }
    }

    // False if its folder is missing: new, or deleted with the last text of the case.
    private static bool TryMove(string path, string target)
    {
        try
        {
            File.Move(path, target);
            return true;
        }
        catch (DirectoryNotFoundException) when (File.Exists(path))
        {
            return false;
        }
    }

    private static void DeleteIfEmpty(string directory)
    {
        try
        {
            Directory.Delete(directory);
        }
        catch (IOException)
        {
            // It has other texts, or has just got one.
        }
    }

    private string PathOf(EvidenceName name, string sha256) => Path.Combine(_root, StoredBlob.PathOf(name, sha256));
}
