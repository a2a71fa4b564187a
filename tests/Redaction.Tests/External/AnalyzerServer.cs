using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FaultMaven.Redaction.Tests.External;

/// <summary>
/// A server that speaks the protocol of Presidio's analyzer on its own port. It finds the names it is told, counting places in code
/// points as Python does.
/// </summary>
internal sealed class AnalyzerServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private AnalyzerServer(WebApplication app, params string[] names)
    {
        _app = app;
        Answer = (text, context) => context.Response.WriteAsJsonAsync(names.SelectMany(name => Places(text, name)));
    }

    public string Address => _app.Urls.Single();

    /// <summary>Done once it has been asked.</summary>
    public Task Asked => _asked.Task;

    /// <summary>The requests so far.</summary>
    public List<JsonNode> Requests { get; } = [];

    /// <summary>How it answers.</summary>
    public Func<string, HttpContext, Task> Answer { get; set; }

    public static async Task<AnalyzerServer> StartAsync(CancellationToken cancellationToken, params string[] names)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var server = new AnalyzerServer(app, names);
        app.MapPost("/analyze", server.AnalyzeAsync);
        await app.StartAsync(cancellationToken);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    /// <summary>A finding as it writes it.</summary>
    public static object Finding(string type, int start, int end, double score) =>
        new { entity_type = type, start, end, score, analysis_explanation = (string?)null };

    private async Task AnalyzeAsync(HttpContext context)
    {
        var request = (await JsonSerializer.DeserializeAsync<JsonNode>(context.Request.Body, cancellationToken: context.RequestAborted))!;
        lock (Requests)
        {
            Requests.Add(request);
        }

        _asked.TrySetResult();
        await Answer((string)request["text"]!, context);
    }

    private static IEnumerable<object> Places(string text, string name)
    {
        for (var at = text.IndexOf(name, StringComparison.Ordinal); at >= 0; at = text.IndexOf(name, at + 1, StringComparison.Ordinal))
        {
            var start = text[..at].EnumerateRunes().Count();
            yield return Finding("PERSON", start, start + name.EnumerateRunes().Count(), 0.85);
        }
    }
}
