using System.Collections.Concurrent;
using System.Runtime.Versioning;

namespace FaultMaven.Cli.Tests.Admin;

public sealed class BackingUp(FolderWithACase made) : IClassFixture<FolderWithACase>, IDisposable
{
    private readonly Fm _fm = new();

    private string Folder => Path.Combine(_fm.DataDirectory, "served");

    private string Backup => Path.Combine(_fm.DataDirectory, "backup");

    private string Restored => Path.Combine(_fm.DataDirectory, "restored");

    [Fact]
    public async Task Amid_writes_and_deletions_has_all_that_was_acknowledged_before_it_began()
    {
        var kept = new ConcurrentDictionary<string, string>();
        await using (var served = await ServedFolder.StartAsync(_fm, Folder))
        {
            using var stop = new CancellationTokenSource();
            var enough = new TaskCompletionSource();
            Task[] writers = [.. Enumerable.Range(0, 3).Select(_ => WriteAsync(served, kept, enough, stop.Token))];
            await enough.Task.WaitAsync(TestContext.Current.CancellationToken);
            var before = kept.ToArray();

            (await _fm.RunAsync("admin", "backup", Backup, "--data-dir", Folder)).Succeeded();

            await stop.CancelAsync();
            await Task.WhenAll(writers);
            kept.Clear();
            foreach (var (name, title) in before)
            {
                kept[name] = title;
            }
        }

        (await _fm.RunAsync("admin", "check", Backup)).Succeeded();
        (await _fm.RunAsync("admin", "restore", Backup, "--data-dir", Restored)).Succeeded();
        (await _fm.RunAsync("admin", "check", "--data-dir", Restored)).Succeeded();
        await using var again = await ServedFolder.StartAsync(_fm, Restored);
        foreach (var (evidence, text) in kept)
        {
            var name = evidence[..evidence.IndexOf("/evidence", StringComparison.Ordinal)];
            var found = await again.Sessions.GetCaseAsync(new() { Name = name });
            var lines = await again.Data.ReadEvidenceLinesAsync(new() { Name = evidence });
            Assert.Equal(text, found.Title);
            Assert.Contains(text, Assert.Single(lines.Lines), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Takes_along_the_key_of_redacted_values()
    {
        (await _fm.RunWithInputAsync("mail ann@example.org", "redact", "--scope", "incident-1", "--data-dir", Folder)).Succeeded();

        (await _fm.RunAsync("admin", "backup", Backup, "--data-dir", Folder)).Succeeded();
        (await _fm.RunAsync("admin", "restore", Backup, "--data-dir", Restored)).Succeeded();

        var text = await _fm.RunWithInputAsync("mail <EMAIL_ADDRESS_1>", "redact", "--scope", "incident-1", "--data-dir", Restored);
        Assert.DoesNotContain("EMAIL_ADDRESS_2", text.Succeeded().Output, StringComparison.Ordinal);
        Assert.Equal(
            await File.ReadAllBytesAsync(Path.Combine(Folder, "redaction", "pseudonyms.key"), TestContext.Current.CancellationToken),
            await File.ReadAllBytesAsync(Path.Combine(Restored, "redaction", "pseudonyms.key"), TestContext.Current.CancellationToken));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Writes_files_that_nobody_else_may_read()
    {
        Make();

        (await _fm.RunAsync("admin", "backup", Backup, "--data-dir", Folder)).Succeeded();
        (await _fm.RunAsync("admin", "restore", Backup, "--data-dir", Restored)).Succeeded();

        const UnixFileMode File = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        foreach (var entry in new[] { Backup, Restored }.Select(folder => new DirectoryInfo(folder)))
        {
            Assert.Equal(File | UnixFileMode.UserExecute, entry.UnixFileMode);
            Assert.All(
                entry.EnumerateFileSystemInfos("*", SearchOption.AllDirectories),
                inside => Assert.Equal(inside is DirectoryInfo ? File | UnixFileMode.UserExecute : File, inside.UnixFileMode));
        }
    }

    [Fact]
    public async Task Leaves_nothing_in_its_place_when_it_is_killed_and_can_be_made_again()
    {
        Make();
        await AddTextsAsync(2000);
        var backup = _fm.Start("admin", "backup", Backup, "--data-dir", Folder);

        await Waiting.ForAsync(() => Directory.Exists(Path.Combine(_fm.DataDirectory, ".backup.incomplete", "evidence")));
        await backup.KillAsync();

        Assert.False(Directory.Exists(Backup));
        (await _fm.RunAsync("admin", "backup", Backup, "--data-dir", Folder)).Succeeded();
        (await _fm.RunAsync("admin", "check", Backup)).Succeeded();
        Assert.False(Directory.Exists(Path.Combine(_fm.DataDirectory, ".backup.incomplete")));
        Assert.Single(Directory.GetFiles(Path.Combine(Backup, "evidence"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Refuses_a_folder_that_is_not_empty_or_inside_the_data_folder()
    {
        Make();
        var other = Path.GetDirectoryName(_fm.File("other/file", "mine"))!;

        var full = await _fm.RunAsync("admin", "backup", other, "--data-dir", Folder);
        var inside = await _fm.RunAsync("admin", "backup", Path.Combine(Folder, "backup"), "--data-dir", Folder);
        var nothing = await _fm.RunAsync("admin", "backup", Backup, "--data-dir", Path.Combine(_fm.DataDirectory, "none"));

        Assert.Contains("is not empty", full.FailedWith(6), StringComparison.Ordinal);
        Assert.Contains("is inside the data folder", inside.FailedWith(6), StringComparison.Ordinal);
        Assert.Contains("There is no data", nothing.FailedWith(6), StringComparison.Ordinal);
        Assert.Equal(["file"], Directory.GetFileSystemEntries(other).Select(Path.GetFileName));
    }

    public void Dispose() => _fm.Dispose();

    private void Make() => FolderWithACase.Copy(made.Folder, Folder);

    // Texts that no record refers to make a backup take longer, and are not in it.
    private async Task AddTextsAsync(int count)
    {
        var beside = Path.GetDirectoryName(
            Directory.GetFiles(Path.Combine(Folder, "evidence", "blobs"), "*", SearchOption.AllDirectories).Single())!;
        for (var i = 0; i < count; i++)
        {
            await File.WriteAllTextAsync(Path.Combine(beside, $"{i:x64}.{i}"), "text", TestContext.Current.CancellationToken);
        }
    }

    // Every third case is deleted again, so texts go while they are copied.
    private static async Task WriteAsync(
        ServedFolder served, ConcurrentDictionary<string, string> kept, TaskCompletionSource enough, CancellationToken stop)
    {
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var text = $"case {Guid.NewGuid():N}";
            var (name, evidence) = await served.WriteAsync(text);
            if (i % 3 == 0)
            {
                await served.Sessions.DeleteCaseAsync(new() { Name = name }, cancellationToken: CancellationToken.None);
                continue;
            }

            kept[evidence] = text;
            if (kept.Count >= 30)
            {
                enough.TrySetResult();
            }
        }
    }
}
