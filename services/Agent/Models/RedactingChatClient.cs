using FaultMaven.Protos.Redaction.V1;
using Microsoft.Extensions.AI;

namespace FaultMaven.Agents.Models;

/// <summary>Sends nothing to a model that has not been through Redaction. If Redaction fails, so does the call.</summary>
internal sealed class RedactingChatClient(IChatClient inner, RedactionService.RedactionServiceClient redaction) : DelegatingChatClient(inner)
{
    /// <summary>The key in <see cref="ChatOptions.AdditionalProperties"/> under which the case is named whose placeholders are to be used.</summary>
    public const string Scope = "faultmaven.scope";

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var (redacted, sent) = await RedactAsync(messages, options, cancellationToken);
        return await base.GetResponseAsync(redacted, sent, cancellationToken);
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var (redacted, sent) = await RedactAsync(messages, options, cancellationToken);
        await foreach (var update in base.GetStreamingResponseAsync(redacted, sent, cancellationToken))
        {
            yield return update;
        }
    }

    private async Task<(List<ChatMessage> Messages, ChatOptions Options)> RedactAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        var all = messages.ToList();
        if (all.Any(message => message.Contents.Any(content => content is not TextContent)))
        {
            throw new NotSupportedException("Only text can be redacted, so only text is sent to a model.");
        }

        if (options?.AdditionalProperties?.TryGetValue(Scope, out string? scope) is not true || scope is null)
        {
            throw new InvalidOperationException($"A call to a model must name its scope in {Scope}.");
        }

        var request = new BatchRedactTextRequest { Scope = scope, Texts = { all.Select(message => message.Text) } };
        var redacted = await redaction.BatchRedactTextAsync(request, cancellationToken: cancellationToken);

        // The scope is for us; the API would refuse what it does not know.
        var sent = options.Clone();
        sent.AdditionalProperties!.Remove(Scope);
        return ([.. all.Zip(redacted.Results, (message, result) => new ChatMessage(message.Role, result.Text))], sent);
    }
}
