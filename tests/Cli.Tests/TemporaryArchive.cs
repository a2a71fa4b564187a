using System.IO.Compression;

namespace FaultMaven.Cli.Tests;

/// <summary>A folder packed into a zip file.</summary>
internal sealed class TemporaryArchive : IDisposable
{
    public TemporaryArchive(string folder) => ZipFile.CreateFromDirectory(folder, Path);

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"fm-{Guid.NewGuid():N}.zip");

    public void Dispose() => File.Delete(Path);
}
