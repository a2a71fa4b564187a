using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FaultMaven.Standalone.Tests;

/// <summary>
/// Takes OTLP over HTTP on a real socket and keeps the bytes: spans, metrics and log records as an operator's collector gets them.
/// </summary>
internal sealed class Collector : IAsyncDisposable
{
    private const string Route = "/v1/{kind}";

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, StringBuilder> _received = new();
    private readonly ConcurrentQueue<ExportedSpan> _spans = new();

    private Collector(WebApplication app) => _app = app;

    /// <summary>The settings that send telemetry here.</summary>
    public Dictionary<string, string?> Settings => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _app.Urls.Single(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
    };

    /// <summary>
    /// Received bytes as text, by path: <c>/v1/traces</c>, <c>/v1/metrics</c>, <c>/v1/logs</c>. Protobuf keeps strings readable.
    /// </summary>
    public IReadOnlyDictionary<string, string> Received => _received.ToDictionary(kind => kind.Key, kind => kind.Value.ToString());

    /// <summary>The spans received so far.</summary>
    public IReadOnlyCollection<ExportedSpan> Spans => _spans;

    public static async Task<Collector> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var collector = new Collector(app);
        app.MapPost(Route, collector.TakeAsync);
        await app.StartAsync(cancellationToken);
        return collector;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        if (context.Request.Path == "/v1/traces")
        {
            // What this collector serves is traced as well, because it is in the process of the services.
            foreach (var span in ExportedSpan.ReadAll(body.ToArray()).Where(span => span.Name != $"POST {Route}"))
            {
                _spans.Enqueue(span);
            }
        }

        var text = _received.GetOrAdd(context.Request.Path, _ => new StringBuilder());
        lock (text)
        {
            text.Append(Encoding.UTF8.GetString(body.ToArray()));
        }

        context.Response.ContentType = "application/x-protobuf";
    }
}
