using System.Diagnostics;

namespace FaultMaven.AppHost.Tests;

/// <summary>What the app host's program writes when it publishes: deployment files and the manifest.</summary>
public sealed class PublishedFiles : IAsyncLifetime
{
    private readonly DirectoryInfo _output = Directory.CreateTempSubdirectory("fm-publish-");

    public static string Repository { get; } = Path.GetFullPath(Path.Combine(Projects.FaultMaven_AppHost.ProjectPath, ".."));

    /// <summary>The deployment files by their path, with <c>/</c>.</summary>
    public IReadOnlyDictionary<string, string> Deployment { get; private set; } = new Dictionary<string, string>();

    public string Manifest { get; private set; } = "";

    public static IReadOnlyDictionary<string, string> Read(string folder) => Directory
        .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .ToDictionary(path => Path.GetRelativePath(folder, path).Replace('\\', '/'), File.ReadAllText);

    public async ValueTask InitializeAsync()
    {
        var manifest = Path.Combine(_output.FullName, "aspire-manifest.json");
        await RunAsync("--operation", "publish", "--step", "publish", "--output-path", Path.Combine(_output.FullName, "deploy"));
        await RunAsync("--publisher", "manifest", "--output-path", manifest);
        Deployment = Read(Path.Combine(_output.FullName, "deploy"));
        Manifest = await File.ReadAllTextAsync(manifest);
    }

    public ValueTask DisposeAsync()
    {
        _output.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private static async Task RunAsync(params string[] arguments)
    {
        using var patience = new CancellationTokenSource(DistributedFaultMaven.Patience);
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var program = Path.Combine(Repository, "artifacts", "bin", "FaultMaven.AppHost", configuration, "FaultMaven.AppHost.dll");
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var errors = process.StandardError.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"The app host ended with {process.ExitCode}: {await output}{await errors}");
        }
    }
}
