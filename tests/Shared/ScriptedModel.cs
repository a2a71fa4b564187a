using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FaultMaven.Tests.Shared;

/// <summary>
/// A server that speaks <c>/v1/chat/completions</c> on a real socket and gives the replies of a script, the last one again and again.
/// </summary>
public sealed class ScriptedModel : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Queue<string?> _replies;

    private ScriptedModel(WebApplication app, Queue<string?> replies) => (_app, _replies) = (app, replies);

    public string Endpoint => $"{_app.Urls.Single()}/v1";

    /// <summary>The bodies of the requests, as they came.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Starts it. A reply that is null answers with an error of the server.</summary>
    public static async Task<ScriptedModel> StartAsync(IReadOnlyList<string?> replies, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var model = new ScriptedModel(app, new(replies));
        app.MapPost("/v1/chat/completions", model.ReplyAsync);
        await app.StartAsync(cancellationToken);
        return model;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ReplyAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        Requests.Add(await reader.ReadToEndAsync(context.RequestAborted));
        var reply = _replies.Count > 1 ? _replies.Dequeue() : _replies.Peek();
        if (reply is null)
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return;
        }

        await context.Response.WriteAsync(
            JsonSerializer.Serialize(new
            {
                id = "c1",
                @object = "chat.completion",
                created = 1,
                model = "scripted",
                choices = new[] { new { index = 0, finish_reason = "stop", message = new { role = "assistant", content = reply } } },
                usage = new { prompt_tokens = 1, completion_tokens = 1, total_tokens = 2 },
            }),
            context.RequestAborted);
    }
}
