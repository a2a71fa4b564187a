using FaultMaven.ServiceDefaults.Identity;
using Microsoft.Extensions.Options;

namespace FaultMaven.Data.Store;

/// <summary>
/// Copies of texts on the local disk, so that the second line that is read of one does not fetch all of it again. The least recently read
/// go first when there are too many. Texts never change under their name, so a copy is never stale.
/// </summary>
internal sealed class BlobCache(IOptions<DataOptions> options, IOptions<S3BlobOptions> s3, IHostEnvironment environment, TimeProvider time)
{
    // No name of a tenant, a case or evidence contains it.
    private const char Separator = '@';

    private const string IncomingExtension = ".incoming";

    /// <summary>Older than any download: what a crash left behind.</summary>
    private static readonly TimeSpan s_abandoned = TimeSpan.FromDays(1);

    private readonly string _root = Path.Combine(environment.ContentRootPath, options.Value.Directory, "cache");

    // Only who holds it deletes copies, so that no copy goes while their sizes are added up.
    private readonly Lock _deleting = new();

    /// <summary>Opens a copy; null if there is none.</summary>
    public Stream? TryOpen(EvidenceName name, string sha256)
    {
        try
        {
            var path = PathOf(name, sha256);
            File.SetLastWriteTimeUtc(path, time.GetUtcNow().UtcDateTime);

            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Keeps a copy and opens it.</summary>
    public async Task<Stream> AddAsync(EvidenceName name, string sha256, Stream content, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(_root);
        var path = PathOf(name, sha256);
        var incoming = $"{path}.{Guid.NewGuid():N}{IncomingExtension}";

        try
        {
            await using (var file = new FileStream(incoming, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                await content.CopyToAsync(file, cancellationToken);
            }

            var copy = new FileStream(incoming, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
            File.Move(incoming, path, overwrite: true);
            Trim();

            return copy;
        }
        finally
        {
            File.Delete(incoming);
        }
    }

    /// <summary>Deletes a copy; nothing if there is none.</summary>
    public void Remove(EvidenceName name, string sha256)
    {
        lock (_deleting)
        {
            if (Directory.Exists(_root))
            {
                File.Delete(PathOf(name, sha256));
            }
        }
    }

    /// <summary>Deletes all copies of a tenant's texts.</summary>
    public void RemoveTenant(string tenant)
    {
        lock (_deleting)
        {
            if (Directory.Exists(_root))
            {
                foreach (var copy in Directory.EnumerateFiles(_root, $"{TenantPath.Of(tenant)}{Separator}*"))
                {
                    File.Delete(copy);
                }
            }
        }
    }

    private void Trim()
    {
        lock (_deleting)
        {
            var room = s3.Value.CacheBytes;
            var abandoned = time.GetUtcNow() - s_abandoned;

            foreach (var file in new DirectoryInfo(_root).EnumerateFiles().OrderByDescending(file => file.LastWriteTimeUtc))
            {
                // A copy that another call is still downloading is not complete, and not this call's to delete.
                var isIncoming = file.Extension == IncomingExtension;

                if (isIncoming ? file.LastWriteTimeUtc < abandoned : (room -= file.Length) < 0)
                {
                    // A call that still reads it keeps its bytes: only the name is deleted.
                    file.Delete();
                }
            }
        }
    }

    private string PathOf(EvidenceName name, string sha256) =>
        Path.Combine(_root, StoredBlob.PathOf(name, sha256).Replace('/', Separator));
}
