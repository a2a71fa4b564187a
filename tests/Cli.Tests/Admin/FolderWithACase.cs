namespace FaultMaven.Cli.Tests.Admin;

/// <summary>A data folder with a case, its evidence, redacted values and a guide, and a backup of it; made once, to be copied.</summary>
public sealed class FolderWithACase : IAsyncLifetime
{
    private readonly Fm _fm = new();

    public string Folder => Path.Combine(_fm.DataDirectory, "data");

    public string Backup => Path.Combine(_fm.DataDirectory, "backup");

    public async ValueTask InitializeAsync()
    {
        var log = _fm.File("app.log", "2026-03-11T14:00:01Z ERROR mail to ann@example.org failed: disk full\n");
        var guide = _fm.File("guides/disk.md", "# Disk full\n\nDelete old files.\n");
        (await _fm.RunAsync("investigate", log, "--data-dir", Folder)).Succeeded();
        (await _fm.RunAsync("knowledge", "import", Path.GetDirectoryName(guide)!, "--data-dir", Folder)).Succeeded();
        (await _fm.RunAsync("admin", "backup", Backup, "--data-dir", Folder)).Succeeded();
    }

    public static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public ValueTask DisposeAsync()
    {
        _fm.Dispose();
        return ValueTask.CompletedTask;
    }
}
