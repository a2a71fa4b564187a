using System.Diagnostics;
using System.Net;
using FaultMaven.Protos.Session.V1;
using FaultMaven.Tests.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FaultMaven.Standalone.Tests;

/// <summary>
/// What a web page gets of a server on the machine of whoever looks at it, in a real browser. It even has the token, which no page has.
/// </summary>
public sealed class AWebPageInABrowser : IAsyncLifetime
{
    private const string Name = "rebound.example";
    private const string Browser = "/usr/bin/chromium";

    private FaultMavenHost _host = null!;
    private WebApplication _page = null!;
    private string _name = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private SessionService.SessionServiceClient Sessions => new(_host.Channel);

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(File.Exists(Browser), "Needs Chromium (Debian: apt-get install chromium).");
        _host = await FaultMavenHost.StartAsync(Cancel);
        _name = (await Sessions.CreateCaseAsync(new() { Title = "Disk full" }, cancellationToken: Cancel)).Name;

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _page = builder.Build();
        _page.Urls.Add("http://127.0.0.1:0");
        _page.MapGet("/", (HttpContext context) => Results.Content(Attack(context.Request.Query["target"].ToString()), "text/html"));
        await _page.StartAsync(Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await (_page?.DisposeAsync() ?? default);
        await (_host?.DisposeAsync() ?? default);
    }

    [Fact]
    public async Task Of_another_origin_reads_and_changes_nothing()
    {
        var page = new Uri(_page.Urls.Single());

        var shown = await OpenAsync($"{page}?target={_host.Address.GetLeftPart(UriPartial.Authority)}");

        Assert.Contains("read: TypeError", shown, StringComparison.Ordinal);
        Assert.Contains("opaque read: opaque 0", shown, StringComparison.Ordinal);
        Assert.Contains("simple post: opaque 0", shown, StringComparison.Ordinal);
        Assert.Contains("post: TypeError", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("Disk full", shown, StringComparison.Ordinal);
        Assert.Single((await Sessions.ListCasesAsync(new(), cancellationToken: Cancel)).Cases);
    }

    [Fact]
    public async Task Whose_name_leads_to_this_machine_reads_nothing()
    {
        // As after rebinding: the browser takes the name for the origin of the page and of the server alike.
        var shown = await OpenAsync($"http://{Name}:{_host.Address.Port}/v1/{_name}");
        var byItsOwnName = await OpenAsync($"http://127.0.0.1:{_host.Address.Port}/v1/{_name}");

        Assert.DoesNotContain("Disk full", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("ERROR_REASON", shown, StringComparison.Ordinal);

        // What it is refused for is the name: by its own the server answers, that the call says nothing of who makes it.
        Assert.Contains("ERROR_REASON_IDENTITY_MISSING", byItsOwnName, StringComparison.Ordinal);
        using var http = _host.CreateHttpClient();
        http.DefaultRequestHeaders.Host = $"{Name}:{_host.Address.Port}";
        Assert.Equal(HttpStatusCode.BadRequest, (await http.GetAsync(new Uri($"/v1/{_name}", UriKind.Relative), Cancel)).StatusCode);
    }

    private string Attack(string target) =>
        $$"""
        <!doctype html><body><pre id="out"></pre><script>
        const out = (what, text) => document.getElementById("out").textContent += what + ": " + text + "\n";
        const attempt = (what, path, options) => fetch("{{target}}" + path, options)
            .then(async answer => out(what, answer.type + " " + answer.status + " " + await answer.text()))
            .catch(failure => out(what, failure.name));
        const token = { "Authorization": "Bearer {{_host.Token}}" };
        attempt("read", "/v1/{{_name}}", { headers: token })
            .then(() => attempt("opaque read", "/v1/{{_name}}", { mode: "no-cors" }))
            .then(() => attempt("simple post", "/v1/cases", { method: "POST", mode: "no-cors", body: "{}" }))
            .then(() => attempt("post", "/v1/cases", { method: "POST", headers: { ...token, "Content-Type": "text/json" }, body: "{}" }))
            .then(() => out("done", ""));
        </script></body>
        """;

    // Prints the page as it is once its scripts have nothing to do any more.
    private static async Task<string> OpenAsync(string address)
    {
        var profile = Directory.CreateTempSubdirectory("fm-browser-");
        try
        {
            var start = new ProcessStartInfo(Browser)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                ArgumentList =
                {
                    "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-proxy-server",
                    $"--user-data-dir={profile.FullName}",
                    $"--host-resolver-rules=MAP {Name} 127.0.0.1",
                    "--virtual-time-budget=30000",
                    "--dump-dom",
                    address,
                },
            };
            using var browser = Process.Start(start)!;
            var errors = browser.StandardError.ReadToEndAsync(Cancel);
            var shown = await browser.StandardOutput.ReadToEndAsync(Cancel);
            await browser.WaitForExitAsync(Cancel);
            Assert.True(browser.ExitCode == 0, await errors);
            return shown;
        }
        finally
        {
            profile.Delete(recursive: true);
        }
    }
}
