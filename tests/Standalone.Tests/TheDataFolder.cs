using FaultMaven.Protos.Session.V1;
using FaultMaven.Tests.Shared;

namespace FaultMaven.Standalone.Tests;

public sealed class TheDataFolder
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Belongs_to_one_process_at_a_time()
    {
        await using var first = await FaultMavenHost.StartAsync(Cancel);

        var refused = await Assert.ThrowsAsync<DataDirectoryInUseException>(() =>
            StandaloneHost.StartAsync(new StandaloneOptions { DataDirectory = first.DataDirectory }, Cancel));

        Assert.Contains(first.DataDirectory, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task May_have_a_path_longer_than_a_socket_can()
    {
        var parent = Directory.CreateTempSubdirectory("fm-long-");
        try
        {
            var directory = Path.Combine(parent.FullName, new string('x', 120));
            await using var host = await FaultMavenHost.StartAsync(directory, null, null, Cancel);

            var cases = await new SessionService.SessionServiceClient(host.Channel).ListCasesAsync(new(), cancellationToken: Cancel);

            Assert.Empty(cases.Cases);
        }
        finally
        {
            parent.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("store", "log")]
    [InlineData("evidence/blobs/0198c1e2", "0a1b.0198c1e3")]
    public async Task Is_refused_when_an_earlier_version_wrote_it(string folder, string file)
    {
        var directory = Directory.CreateTempSubdirectory("fm-earlier-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(directory.CreateSubdirectory(folder).FullName, file), "text", Cancel);

            var refused = await Assert.ThrowsAsync<DataDirectoryException>(() =>
                StandaloneHost.StartAsync(new StandaloneOptions { DataDirectory = directory.FullName }, Cancel));

            Assert.Contains("earlier version", refused.Message, StringComparison.Ordinal);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Is_readable_by_its_owner_alone()
    {
        var parent = Directory.CreateTempSubdirectory("fm-mode-");
        try
        {
            var directory = Path.Combine(parent.FullName, "data");
            await using var host = await FaultMavenHost.StartAsync(directory, null, null, Cancel);

            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(directory));
        }
        finally
        {
            parent.Delete(recursive: true);
        }
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Contains_nothing_that_others_may_read()
    {
        const UnixFileMode Others =
            UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        var directory = Directory.CreateTempSubdirectory("fm-files-").FullName;
        try
        {
            await using var host = await FaultMavenHost.StartAsync(directory, null, null, Cancel);
            await new SessionService.SessionServiceClient(host.Channel)
                .CreateCaseAsync(new() { Title = "Disk full" }, cancellationToken: Cancel);

            var files = Directory.GetFiles(directory, "*", SearchOption.AllDirectories);

            Assert.NotEmpty(files);
            Assert.All(files, file => Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(file) & Others));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public async Task Belongs_to_its_process_even_if_the_lock_file_is_removed()
    {
        await using var first = await FaultMavenHost.StartAsync(Cancel);
        File.Delete(Path.Combine(first.DataDirectory, "lock"));

        await Assert.ThrowsAsync<DataDirectoryInUseException>(() =>
            StandaloneHost.StartAsync(new StandaloneOptions { DataDirectory = first.DataDirectory }, Cancel));

        await new SessionService.SessionServiceClient(first.Channel).ListCasesAsync(new(), cancellationToken: Cancel);
    }

    [Fact]
    public async Task Is_not_opened_to_other_machines_unless_it_is_known_who_calls()
    {
        var directory = Path.Combine(Path.GetTempPath(), $"fm-remote-{Guid.NewGuid():N}");

        await Assert.ThrowsAsync<UnknownCallersException>(() =>
            StandaloneHost.StartAsync(new StandaloneOptions { DataDirectory = directory, Address = new Uri("http://0.0.0.0:0") }, Cancel));

        Assert.False(Directory.Exists(directory));
    }
}
