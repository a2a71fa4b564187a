using System.Security.Cryptography;

namespace FaultMaven.Cli.Tests.Admin;

public sealed class RestoringABackup : IClassFixture<FolderWithACase>, IDisposable
{
    private readonly Fm _fm = new();

    private string Backup => Path.Combine(_fm.DataDirectory, "backup");

    private string Restored => Path.Combine(_fm.DataDirectory, "restored");

    private string Manifest => Path.Combine(Backup, "manifest.json");

    public RestoringABackup(FolderWithACase made) => FolderWithACase.Copy(made.Backup, Backup);

    [Fact]
    public async Task Leaves_nothing_or_everything_when_it_is_killed()
    {
        var left = Path.Combine(_fm.DataDirectory, ".restored.incomplete");
        (Func<bool> Moment, bool MayBeThere)[] moments =
        [
            (() => Directory.Exists(left), false),
            (() => Directory.Exists(Path.Combine(left, "state")), false),
            (() => File.Exists(Path.Combine(left, "state", "session.db-wal")), false),
            (() => Directory.Exists(Restored), true),
        ];
        foreach (var (moment, mayBeThere) in moments)
        {
            var restore = _fm.Start("admin", "restore", Backup, "--data-dir", Restored);
            await Waiting.ForAsync(moment);
            await restore.KillAsync();

            Assert.Equal(mayBeThere, Directory.Exists(Restored));
        }

        (await _fm.RunAsync("admin", "check", "--data-dir", Restored)).Succeeded();
        Assert.False(Directory.Exists(left));
    }

    [Fact]
    public async Task Refuses_a_folder_that_is_not_empty()
    {
        var other = Path.GetDirectoryName(_fm.File("other/file", "mine"))!;

        var refused = await _fm.RunAsync("admin", "restore", Backup, "--data-dir", other);

        Assert.Contains("is not empty", refused.FailedWith(6), StringComparison.Ordinal);
        Assert.Equal(["file"], Directory.GetFileSystemEntries(other).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Refuses_a_backup_that_was_not_completed()
    {
        File.Delete(Manifest);

        Assert.Contains("was not completed", await RefusedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_backup_whose_manifest_was_changed()
    {
        await File.WriteAllTextAsync(
            Manifest, (await ManifestAsync()).Replace("\"bytes\": ", "\"bytes\": 1", StringComparison.Ordinal), Cancel);

        Assert.Contains("was changed or damaged", await RefusedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_backup_with_a_newer_schema()
    {
        await RewriteAsync((await ManifestAsync()).Replace("session.db\": ", "session.db\": 9", StringComparison.Ordinal));

        Assert.Contains("state/session.db has schema 9", await RefusedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_backup_of_a_newer_format()
    {
        await RewriteAsync((await ManifestAsync()).Replace("\"format\": 1", "\"format\": 2", StringComparison.Ordinal));

        Assert.Contains("has format 2", await RefusedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_backup_that_would_write_elsewhere()
    {
        await RewriteAsync((await ManifestAsync()).Replace("state/session.db\",", "state/../../x\",", StringComparison.Ordinal));

        Assert.Contains("files that no data folder has", await RefusedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_backup_that_lacks_a_file()
    {
        File.Delete(Path.Combine(Backup, "state", "session.db"));

        Assert.Contains("state/session.db is missing", await RefusedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_backup_in_which_one_bit_is_another()
    {
        var text = Directory.GetFiles(Path.Combine(Backup, "evidence"), "*", SearchOption.AllDirectories).Single();
        var bytes = await File.ReadAllBytesAsync(text, Cancel);
        bytes[^2] ^= 1;
        await File.WriteAllBytesAsync(text, bytes, Cancel);

        Assert.Contains("is damaged", await RefusedAsync(), StringComparison.Ordinal);
    }

    public void Dispose() => _fm.Dispose();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<string> RefusedAsync()
    {
        var refused = await _fm.RunAsync("admin", "restore", Backup, "--data-dir", Restored);
        Assert.False(Directory.Exists(Restored));
        Assert.False(Directory.Exists(Path.Combine(_fm.DataDirectory, ".restored.incomplete")));
        return refused.FailedWith(3);
    }

    private Task<string> ManifestAsync() => File.ReadAllTextAsync(Manifest, Cancel);

    // With a digest that fits.
    private async Task RewriteAsync(string manifest)
    {
        await File.WriteAllTextAsync(Manifest, manifest, Cancel);
        var digest = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(Manifest, Cancel)));
        await File.WriteAllTextAsync($"{Manifest}.sha256", $"{digest}  manifest.json\n", Cancel);
    }
}
