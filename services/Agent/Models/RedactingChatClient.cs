using FaultMaven.Protos.Redaction.V1;
using Microsoft.Extensions.AI;

namespace FaultMaven.Agents.Models;

/// <summary>
/// Sends nothing to a model that was not redacted and screened by Redaction: possible prompt injection is withheld, text from outside is
/// fenced in (<see cref="DataBlock"/>). The answer of the model is screened too. If Redaction fails or does not screen, the call fails.
/// </summary>
internal sealed class RedactingChatClient(IChatClient inner, RedactionService.RedactionServiceClient redaction)
    : DelegatingChatClient(inner)
{
    /// <summary>The key in <see cref="ChatOptions.AdditionalProperties"/> for the case whose placeholders are used.</summary>
    public const string Scope = "faultmaven.scope";

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (options?.AdditionalProperties?.TryGetValue(Scope, out string? scope) is not true || scope is null)
        {
            throw new InvalidOperationException($"A call to a model must name its scope in {Scope}.");
        }

        // The scope is ours; the API would refuse an unknown property.
        var sent = options.Clone();
        sent.AdditionalProperties!.Remove(Scope);

        var response = await base.GetResponseAsync(await WriteAsync([.. messages], scope, cancellationToken), sent, cancellationToken);
        await ScreenAsync(response, scope, cancellationToken);
        return response;
    }

    /// <summary>Gives the answer when it is complete, because only a complete answer can be screened.</summary>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    private async Task<List<ChatMessage>> WriteAsync(List<ChatMessage> messages, string scope, CancellationToken cancellationToken)
    {
        var contents = messages.SelectMany(message => message.Contents, (message, content) => (message.Role, Content: content)).ToList();
        var redacted = await RedactAsync([.. contents.SelectMany(content => TextsOf(content.Content))], scope, cancellationToken);

        var number = DataBlockText.NumberFor([.. redacted.Select(result => VisibleText.Of(result.Text))]);
        var results = new Queue<RedactTextResponse>(redacted);
        return [.. messages.Select(message => new ChatMessage(message.Role,
            string.Join("\n\n", message.Contents.Select(content => Write(message.Role, content, results, number)))))];
    }

    private static string Write(ChatRole role, AIContent content, Queue<RedactTextResponse> results, string number)
    {
        if (content is DataBlock block)
        {
            return DataBlockText.Write(block.Name, [.. block.Items.Select(item => (item.Lead, Shown(results.Dequeue(), item)))], number);
        }

        // The rules are ours, and they mention what they forbid.
        var result = results.Dequeue();
        return role == ChatRole.System ? result.Text : VisibleText.Of(Shown(result, new("", "", "")));
    }

    private static string Shown(RedactTextResponse result, DataItem item)
    {
        var passages = result.Passages.Where(passage => !(item.MayCite && passage.Kind == PassageKind.Delimiter)).ToList();
        AgentTelemetry.CountWithheld(passages.Count);
        return WithheldText.From(result.Text, passages, item.Place);
    }

    // A manipulated model may pass an injection on; it must not reach the people who read the answer.
    private async Task ScreenAsync(ChatResponse response, string scope, CancellationToken cancellationToken)
    {
        var results = await RedactAsync([.. response.Messages.Select(message => message.Text)], scope, cancellationToken);
        foreach (var (message, result) in response.Messages.Zip(results).Where(pair => pair.Second.Passages.Count > 0))
        {
            AgentTelemetry.CountWithheld(result.Passages.Count);
            message.Contents = [new TextContent(WithheldText.From(result.Text, result.Passages, ""))];
        }
    }

    private async Task<IReadOnlyList<RedactTextResponse>> RedactAsync(IReadOnlyList<string> texts, string scope,
        CancellationToken cancellationToken)
    {
        var redacted = await redaction.BatchRedactTextAsync(new() { Scope = scope, Texts = { texts }, KeepPlaceholders = true },
            cancellationToken: cancellationToken);
        return redacted.Results.Count == texts.Count && redacted.Results.All(result => result.Screened)
            ? redacted.Results
            : throw new UnscreenedTextException();
    }

    private static IEnumerable<string> TextsOf(AIContent content) => content switch
    {
        DataBlock block => block.Items.Select(item => item.Text),
        TextContent text => [text.Text],
        _ => throw new NotSupportedException("Only text can be redacted, so only text is sent to a model."),
    };
}

/// <summary>Redaction answered without having screened all of the text, as a version older than this service does.</summary>
internal sealed class UnscreenedTextException()
    : Exception("The redaction service did not screen the request to a model, so nothing was sent.");
