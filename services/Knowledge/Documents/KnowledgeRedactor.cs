using System.Text;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Redaction.V1;
using FaultMaven.ServiceDefaults.Calls;
using FaultMaven.ServiceDefaults.Errors;
using Grpc.Core;

namespace FaultMaven.Knowledge.Documents;

/// <summary>
/// Redacts everything that reaches the knowledge base. All of it is one scope, so a value that was redacted can still be found.
/// </summary>
internal sealed class KnowledgeRedactor(RedactionService.RedactionServiceClient client)
{
    private const string Scope = "knowledge";

    // The limits of BatchRedactText.
    private const int MaxTexts = 1_000;
    private const int MaxBytes = 3 * 1024 * 1024;

    /// <summary>Redacts texts, each at most 3 MiB, in their order, and screens them for prompt injection.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="keepPlaceholders">Whether placeholders of the knowledge base stay, as a query may quote a document.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="RpcException">Redaction did not answer, and nothing was redacted: UNAVAILABLE or DEADLINE_EXCEEDED.</exception>
    public async Task<IReadOnlyList<RedactTextResponse>> RedactAsync(
        IReadOnlyList<string> texts, bool keepPlaceholders, CancellationToken cancellationToken)
    {
        var redacted = new List<RedactTextResponse>(texts.Count);
        var request = new BatchRedactTextRequest { Scope = Scope, KeepPlaceholders = keepPlaceholders };
        var bytes = 0;
        foreach (var text in texts)
        {
            var size = Encoding.UTF8.GetByteCount(text);
            if (request.Texts.Count > 0 && (bytes + size > MaxBytes || request.Texts.Count == MaxTexts))
            {
                redacted.AddRange(await SendAsync(request, cancellationToken));
                request = new BatchRedactTextRequest { Scope = Scope, KeepPlaceholders = keepPlaceholders };
                bytes = 0;
            }

            request.Texts.Add(text);
            bytes += size;
        }

        redacted.AddRange(await SendAsync(request, cancellationToken));
        return redacted;
    }

    private async Task<IEnumerable<RedactTextResponse>> SendAsync(BatchRedactTextRequest request, CancellationToken cancellationToken)
    {
        var response = await ServiceCall.To(
            ResourceNames.Redaction,
            ErrorReason.RedactionUnavailable,
            () => client.BatchRedactTextAsync(request, cancellationToken: cancellationToken).ResponseAsync);

        // An answer that doesn't match the question must not lead to a text stored under another's path.
        return response.Results.Count == request.Texts.Count
            ? response.Results
            : throw RpcFault.Unavailable(
                ErrorReason.RedactionUnavailable, "The redaction service gave an incomplete answer; retry.",
                    ("service", ResourceNames.Redaction));
    }
}
