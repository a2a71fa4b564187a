using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Aspire.Hosting.Testing;

namespace FaultMaven.AppHost.Tests;

public sealed class TheGateway(DistributedFaultMaven system) : IClassFixture<DistributedFaultMaven>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // The copy beside this assembly has the runtime configuration of the tests, not its own. The artifacts folder ends in
    // bin/{project}/{configuration}.
    private static string Binary { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "FaultMaven.Cli",
        Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "fm.dll"));

    private Uri Address => system.Required.App.GetEndpoint(ResourceNames.Gateway, "http");

    [Fact]
    public async Task Lets_the_command_line_investigate_a_sample()
    {
        await system.App.ResourceNotifications.WaitForResourceHealthyAsync(ResourceNames.Gateway, Cancel);
        var sample = Path.Combine(Projects.FaultMaven_AppHost.ProjectPath, "..", "samples", "checkout-outage");

        var output = await FmAsync("investigate", sample, "--server", Address.ToString(), "--json");

        using var json = JsonDocument.Parse(output);
        Assert.Contains(json.RootElement.GetProperty("verdict").GetString(), new[] { "cause_found", "probable_cause" });
        Assert.NotEmpty(json.RootElement.GetProperty("claims").EnumerateArray());
    }

    [Fact]
    public async Task Answers_JSON_of_every_service()
    {
        await system.App.ResourceNotifications.WaitForResourceHealthyAsync(ResourceNames.Gateway, Cancel);
        using var http = new HttpClient(new SocketsHttpHandler(), disposeHandler: true) 
        {
            BaseAddress = Address,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", system.Token) },
        };

        foreach (var path in new[]
        {
            "/v1/cases", "/v1/failureModes", "/v1/documents", "/v1/redactionPolicies", "/health/ready", "/openapi.json"
        })
        {
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), Cancel);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {answer.StatusCode}");
        }
    }

    private async Task<string> FmAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["FAULTMAVEN_TOKEN"] = system.Token;
        start.ArgumentList.Add(Binary);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(Cancel);
        var error = process.StandardError.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        Assert.True(process.ExitCode == 0, await error);
        return await output;
    }
}
