using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using FaultMaven.Protos.Redaction.V1;
using Google.Protobuf;
using Grpc.Core;

namespace FaultMaven.Data.Tests.Hosting;

/// <summary>
/// A Redaction that takes every <c>PLANTED-…</c> for a secret, holds text back up to the last line end as the real one may, and fails where
/// a test tells it to.
/// </summary>
internal sealed partial class ScriptedRedaction : RedactionService.RedactionServiceBase
{
    public const string Placeholder = "<SECRET_1>";

    /// <summary>What a script is called with when all of the text is there.</summary>
    public const long End = long.MaxValue;

    private readonly ConcurrentDictionary<string, Func<long, Task>> _scripts = new();

    /// <summary>Whether it is of a release that reads no UTF-8 and screens nothing.</summary>
    public bool IsOld { get; set; }

    /// <summary>Runs before each piece of a stream of this scope, with the number of characters received until then.</summary>
    public void Script(string scope, Func<long, Task> script) => _scripts[scope] = script;

    public override async Task<RedactTextResponse> RedactText(RedactTextRequest request, ServerCallContext context)
    {
        await RunScriptAsync(request.Scope, -1);
        var response = new RedactTextResponse { Screened = true, Text = Secret().Replace(request.Text, Placeholder) };
        response.Findings.Add(Find(request.Text));

        return response;
    }

    public override async Task StreamRedactText(
        IAsyncStreamReader<StreamRedactTextRequest> requestStream, IServerStreamWriter<StreamRedactTextResponse> responseStream,
        ServerCallContext context)
    {
        var scope = "";
        var held = new StringBuilder();
        var received = 0L;

        await foreach (var request in requestStream.ReadAllAsync())
        {
            scope = scope.Length == 0 ? request.Scope : scope;
            await RunScriptAsync(scope, received);
            var text = IsOld ? request.Text : request.Utf8Text.ToStringUtf8();
            received += text.Length;
            held.Append(text);

            if (text.LastIndexOf('\n') is >= 0 and var end)
            {
                var length = held.Length - text.Length + end + 1;
                await SendAsync(responseStream, held.ToString(0, length));
                held.Remove(0, length);
            }
        }

        await RunScriptAsync(scope, End);
        await SendAsync(responseStream, held.ToString());
    }

    private static async Task SendAsync(IServerStreamWriter<StreamRedactTextResponse> responses, string text)
    {
        // The whole of it in pieces: a message has a limit.
        for (var start = 0; start < text.Length;)
        {
            var length = Math.Min(1 << 18, text.Length - start);
            length = start + length < text.Length && text.LastIndexOf('\n', start + length - 1, length) is >= 0 and var end
                ? end + 1 - start
                : length;
            var piece = text.Substring(start, length);
            var response = new StreamRedactTextResponse
            {
                Screened = true,
                Utf8Text = ByteString.CopyFromUtf8(Secret().Replace(piece, Placeholder)),
            };
            response.FindingCounts["SECRET"] = Find(piece).Count();
            await responses.WriteAsync(response);
            start += length;
        }
    }

    private static IEnumerable<Finding> Find(string text) =>
        Secret().Matches(text).Select(match => new Finding { Type = "SECRET", Start = match.Index });

    private Task RunScriptAsync(string scope, long received) =>
        _scripts.TryGetValue(scope, out var script) ? script(received) : Task.CompletedTask;

    [GeneratedRegex("PLANTED-[A-Z0-9]+")]
    private static partial Regex Secret();
}
