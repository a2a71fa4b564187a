using System.Diagnostics;
using System.Runtime.Versioning;
using FaultMaven.Tests.Shared;

namespace FaultMaven.Standalone.Tests;

/// <summary>Other users of the machine, at a socket whose folder lets them in by mistake.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class OtherUsersOfTheMachine
{
    private const string Nobody = "65534";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Are_refused_at_the_socket_even_if_its_permissions_let_them_in()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName == "root", "Only root of Linux can become another user.");
        Assert.SkipUnless(File.Exists("/usr/bin/setpriv") && File.Exists("/usr/bin/curl"), "Needs setpriv and curl.");
        await using var host = await FaultMavenHost.StartAsync(Cancel);
        var socket = Path.Combine(host.DataDirectory, "fm.sock");
        const UnixFileMode Everyone = (UnixFileMode)0b111_111_111;
        File.SetUnixFileMode(host.DataDirectory, Everyone);
        File.SetUnixFileMode(socket, Everyone);

        string[] call =
            ["curl", "-s", "-o", "/dev/null", "--http2-prior-knowledge", "--unix-socket", socket, "http://localhost/openapi.json"];
        string[] asNobody = ["setpriv", "--reuid", Nobody, "--regid", Nobody, "--clear-groups"];

        Assert.Equal(0, await RunAsync(call));
        Assert.Equal(0, await RunAsync([.. asNobody, "test", "-w", socket]));
        Assert.NotEqual(0, await RunAsync([.. asNobody, .. call]));
    }

    private static async Task<int> RunAsync(string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]))!;
        await process.WaitForExitAsync(Cancel);
        return process.ExitCode;
    }
}
