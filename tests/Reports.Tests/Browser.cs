using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FaultMaven.Reports.Tests;

/// <summary>Headless Chromium with one tab, driven by the protocol of its developer tools.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private const string Program = "/usr/bin/chromium";
    private const string Listening = "DevTools listening on ";

    private readonly Process _process;
    private readonly DirectoryInfo _profile;
    private readonly ClientWebSocket _socket = new();
    private string _session = "";
    private int _calls;

    private Browser(Process process, DirectoryInfo profile) => (_process, _profile) = (process, profile);

    public static bool IsInstalled => File.Exists(Program);

    /// <summary>What the pages asked for, and what their consoles said, since the last page was opened.</summary>
    public List<JsonNode> Events { get; } = [];

    public static async Task<Browser> StartAsync(CancellationToken cancellationToken)
    {
        var profile = Directory.CreateTempSubdirectory("fm-browser-");
        var start = new ProcessStartInfo(Program)
        {
            RedirectStandardError = true,
            ArgumentList =
            {
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-proxy-server", "--hide-scrollbars",
                "--remote-debugging-port=0",
                $"--user-data-dir={profile.FullName}", "about:blank",
            },
        };
        var browser = new Browser(Process.Start(start)!, profile);
        while (await browser._process.StandardError.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith(Listening, StringComparison.Ordinal))
            {
                await browser.ConnectAsync(new Uri(line[Listening.Length..]), cancellationToken);
                return browser;
            }
        }

        throw new InvalidOperationException("Chromium ended before it listened.");
    }

    /// <summary>Opens a file as a person with these preferences sees it.</summary>
    public async Task OpenAsync(string path, int width, string scheme, string media, CancellationToken cancellationToken)
    {
        Events.Clear();
        await CallAsync("Emulation.setDeviceMetricsOverride", new JsonObject
        {
            ["width"] = width, ["height"] = 900, ["deviceScaleFactor"] = 1, ["mobile"] = false,
        }, cancellationToken);
        await CallAsync("Emulation.setEmulatedMedia", new JsonObject
        {
            ["media"] = media,
            ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = scheme }),
        }, cancellationToken);
        await CallAsync("Page.navigate", new JsonObject { ["url"] = new Uri(path).AbsoluteUri }, cancellationToken);
        while (!Events.Any(sent => (string?)sent["method"] == "Page.loadEventFired"))
        {
            Events.Add(await ReceiveAsync(cancellationToken));
        }
    }

    /// <summary>The value of an expression on the page.</summary>
    public async Task<JsonNode> EvaluateAsync(string expression, CancellationToken cancellationToken)
    {
        var answer = await CallAsync("Runtime.evaluate", new JsonObject
        {
            ["expression"] = expression, ["returnByValue"] = true, ["awaitPromise"] = true,
        }, cancellationToken);
        return answer["result"]!["value"]?.DeepClone() ?? throw new InvalidOperationException(answer.ToJsonString());
    }

    public async Task<byte[]> PrintAsync(CancellationToken cancellationToken) => Convert.FromBase64String(
        (string)(await CallAsync("Page.printToPDF", new JsonObject { ["printBackground"] = true }, cancellationToken))["data"]!);

    public async Task<byte[]> PhotographAsync(CancellationToken cancellationToken) => Convert.FromBase64String(
        (string)(await CallAsync(
            "Page.captureScreenshot", new JsonObject { ["captureBeyondViewport"] = true }, cancellationToken))["data"]!);

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _profile.Delete(recursive: true);
    }

    private async Task ConnectAsync(Uri address, CancellationToken cancellationToken)
    {
        await _socket.ConnectAsync(address, cancellationToken);
        var target = await CallAsync("Target.createTarget", new JsonObject { ["url"] = "about:blank" }, cancellationToken);
        var attached = await CallAsync("Target.attachToTarget", new JsonObject
        {
            ["targetId"] = (string)target["targetId"]!, ["flatten"] = true,
        }, cancellationToken);
        _session = (string)attached["sessionId"]!;
        foreach (var domain in new[] { "Page", "Runtime", "Log", "Network" })
        {
            await CallAsync($"{domain}.enable", [], cancellationToken);
        }
    }

    private async Task<JsonNode> CallAsync(string method, JsonObject parameters, CancellationToken cancellationToken)
    {
        var call = new JsonObject { ["id"] = ++_calls, ["method"] = method, ["params"] = parameters };
        if (_session.Length > 0)
        {
            call["sessionId"] = _session;
        }

        await _socket.SendAsync(
            Encoding.UTF8.GetBytes(call.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        while (true)
        {
            var received = await ReceiveAsync(cancellationToken);
            if ((int?)received["id"] == _calls)
            {
                return received["result"] ?? throw new InvalidOperationException($"{method}: {received.ToJsonString()}");
            }

            Events.Add(received);
        }
    }

    private async Task<JsonNode> ReceiveAsync(CancellationToken cancellationToken)
    {
        using var message = new MemoryStream();
        var buffer = new byte[1 << 16];
        WebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer, cancellationToken);
            message.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);

        return JsonSerializer.Deserialize<JsonNode>(message.ToArray())!;
    }
}
