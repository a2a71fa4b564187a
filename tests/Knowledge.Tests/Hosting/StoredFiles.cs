namespace FaultMaven.Knowledge.Tests.Hosting;

/// <summary>What lies on disk, while the service has it open.</summary>
internal static class StoredFiles
{
    /// <summary>The bytes of every file in a folder.</summary>
    public static List<byte[]> Read(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(path =>
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = new MemoryStream();
            file.CopyTo(copy);
            return copy.ToArray();
        }),
    ];
}
