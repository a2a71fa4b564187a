using System.Security.Cryptography;

namespace FaultMaven.Standalone.Admin;

/// <summary>Copies files, and says what was copied.</summary>
internal static class FileCopy
{
    private const int BufferSize = 1 << 17;

    /// <summary>Copies a file, keeps its time, and flushes the copy to the disk.</summary>
    /// <param name="from">The file.</param>
    /// <param name="to">The copy, which must not exist.</param>
    /// <param name="path">What it is called in a backup.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Null if there is no such file.</returns>
    public static BackupFile? TryCopy(string from, string to, string path, CancellationToken cancellationToken)
    {
        FileStream source;
        try
        {
            source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        using (source)
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var bytes = 0L;
            using (var target = new FileStream(to, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                var buffer = new byte[BufferSize];
                for (int read; (read = source.Read(buffer)) > 0; bytes += read)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    hash.AppendData(buffer, 0, read);
                    target.Write(buffer, 0, read);
                }

                target.Flush(flushToDisk: true);
            }

            File.SetLastWriteTimeUtc(to, File.GetLastWriteTimeUtc(source.SafeFileHandle));
            return new BackupFile(path, bytes, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
    }

    /// <summary>What a file is.</summary>
    public static BackupFile Describe(string file, string path)
    {
        using var content = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        return new BackupFile(path, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)));
    }

    /// <summary>Makes sure that a file is on the disk.</summary>
    public static void Flush(string file)
    {
        using var written = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        written.Flush(flushToDisk: true);
    }
}
