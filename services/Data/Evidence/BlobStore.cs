using Microsoft.Extensions.Options;

namespace FaultMaven.Data.Evidence;

/// <summary>
/// The redacted texts, one file each: <c>blobs/{case}/{sha256}.{evidence}</c>. A case keeps equal content once (see <see cref="EvidenceStore"/>);
/// cases share none, so that deleting a text of one case can never race with another case that is about to store the same.
/// </summary>
internal sealed class BlobStore(IOptions<DataOptions> options, IHostEnvironment environment)
{
    private readonly string _root = Path.Combine(environment.ContentRootPath, options.Value.Directory);

    /// <summary>Where texts are written before they are whole. On the same volume as the rest, so that moving them is atomic.</summary>
    public string IncomingDirectory => Path.Combine(_root, "incoming");

    /// <summary>Makes a finished file the text of <paramref name="name"/>; once this returns, it survives a loss of power.</summary>
    public void Adopt(string path, EvidenceName name, string sha256)
    {
        var directory = CaseDirectory(name.Case);

        if (!Directory.Exists(directory))
        {
            Directory.CreateDirectory(directory);
            DurableDirectory.Flush(Path.GetDirectoryName(directory)!);
        }

        File.Move(path, BlobPath(name, sha256));
        DurableDirectory.Flush(directory);
    }

    /// <summary>Opens a text; null if it has been deleted.</summary>
    public Stream? TryOpenRead(EvidenceName name, string sha256)
    {
        try
        {
            return new FileStream(BlobPath(name, sha256), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public void Delete(EvidenceName name, string sha256)
    {
        if (Directory.Exists(CaseDirectory(name.Case)))
        {
            File.Delete(BlobPath(name, sha256));
        }
    }

    private string BlobPath(EvidenceName name, string sha256) => Path.Combine(CaseDirectory(name.Case), $"{sha256}.{name.Id}");

    private string CaseDirectory(CaseName name) => Path.Combine(_root, "blobs", name.Id);
}
