using System.Text.RegularExpressions;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Redaction.V1;
using FaultMaven.ServiceDefaults.Errors;
using Grpc.Core;

namespace FaultMaven.Knowledge.Tests.Hosting;

/// <summary>
/// A redaction service with one rule: words that begin with <c>hush-</c> are secret. It keeps the real one's limits and can be down.
/// </summary>
internal sealed partial class MarkingRedaction : RedactionService.RedactionServiceBase
{
    private readonly Dictionary<string, string> _placeholders = [];
    private readonly Lock _lock = new();

    public bool IsDown { get; set; }

    public override Task<BatchRedactTextResponse> BatchRedactText(BatchRedactTextRequest request, ServerCallContext context)
    {
        if (IsDown)
        {
            throw RpcFault.Unavailable(ErrorReason.StoreUnavailable, "down");
        }

        if (request.Texts.Count > 1_000 || request.CalculateSize() > 4 * 1024 * 1024 || request.Scope != "knowledge")
        {
            throw RpcFault.InvalidField("texts", "must keep the limits");
        }

        var results = request.Texts.Select(text => new RedactTextResponse { Text = Redact(text) });
        return Task.FromResult(new BatchRedactTextResponse { Results = { results } });
    }

    private string Redact(string text) => Secret().Replace(text, match =>
    {
        lock (_lock)
        {
            if (!_placeholders.TryGetValue(match.Value, out var placeholder))
            {
                placeholder = $"<SECRET_{_placeholders.Count + 1}>";
                _placeholders.Add(match.Value, placeholder);
            }

            return placeholder;
        }
    });

    [GeneratedRegex("hush-[a-z0-9]{1,40}")]
    private static partial Regex Secret();
}
