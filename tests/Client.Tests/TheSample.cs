using System.Diagnostics;
using FaultMaven.Tests.Shared;

namespace FaultMaven.Client.Tests;

public sealed class TheSample
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Investigates_a_folder()
    {
        await using var host = await FaultMavenHost.StartAsync(Cancel);
        var folder = Directory.CreateTempSubdirectory("fm-test-");
        try
        {
            await File.WriteAllTextAsync(
                Path.Combine(folder.FullName, "app.log"), "2026-03-11T14:00:01Z ERROR write failed: No space left on device\n", Cancel);
            var (exitCode, output) = await RunAsync(host.Token, host.Address.ToString(), folder.FullName, "Why do writes fail?");

            Assert.True(exitCode == 0, output);
            Assert.Contains("Uploaded app.log: 1 lines", output, StringComparison.Ordinal);
            Assert.Contains("Found: ", output, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string token, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["FAULTMAVEN_TOKEN"] = token;
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "TeamClient.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(Cancel);
        var error = process.StandardError.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        return (process.ExitCode, await output + await error);
    }
}
