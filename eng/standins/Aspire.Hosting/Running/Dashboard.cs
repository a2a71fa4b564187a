using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Running;

/// <summary>
/// The real Aspire dashboard, where its CLI is installed (npm <c>@microsoft/aspire-cli-linux-x64</c>): on PATH, or in a node_modules folder of the
/// app host's or one above it. It shows traces, logs and metrics; resources are not listed, the stand-in serves no resource service.
/// </summary>
internal sealed class Dashboard(ChildProcess process, string frontend, string otlpEndpoint)
{
    private const string Package = "node_modules/@microsoft/aspire-cli-linux-x64/bin/aspire";

    /// <summary>What a launch profile says of the real app host's resource service: the dashboard would ask for credentials to it.</summary>
    private static readonly Dictionary<string, string> s_environment = new() { ["ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"] = "" };

    public ChildProcess Process { get; } = process;

    public string Frontend { get; } = frontend;

    public string OtlpEndpoint { get; } = otlpEndpoint;

    /// <returns>Null when the CLI is not installed.</returns>
    public static Dashboard? Start(IConfiguration configuration, string appHostDirectory, ILogger output)
    {
        if (FindCli(appHostDirectory) is not { } cli)
        {
            return null;
        }

        // The app host's own URLs are the dashboard's, as with the real one.
        var frontend = configuration["ASPNETCORE_URLS"]?.Split(';')[0] ?? $"http://localhost:{Ports.Free()}";
        var otlp = configuration["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] ?? $"http://localhost:{Ports.Free()}";
        string[] args =
        [
            "dashboard", "run", "--frontend-url", frontend, "--otlp-grpc-url", otlp, "--otlp-http-url", $"http://localhost:{Ports.Free()}",
            "--allow-anonymous", "--non-interactive", "--nologo",
        ];
        return new Dashboard(ChildProcess.Start(cli, args, appHostDirectory, s_environment, output), frontend, otlp);
    }

    private static string? FindCli(string appHostDirectory)
    {
        if (ChildProcess.FindOnPath("aspire") is { } onPath)
        {
            return onPath;
        }

        for (var folder = appHostDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var candidate = Path.Combine(folder, Package);
            if (File.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
