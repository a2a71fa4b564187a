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
}
