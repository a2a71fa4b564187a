using System.Text.Json;
using FaultMaven.Agents.Analysis;
using FaultMaven.ServiceDefaults.Flags;
using Google.Protobuf.Collections;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace FaultMaven.Agents.Models;

/// <summary>
/// Lets a model word the answer from the analyst's signals and candidates. If anything fails, the analyst's answer is given.
/// </summary>
internal sealed partial class ModelInvestigator(
    [FromKeyedServices(ResourceNames.Agent)] IChatClient? chat, IOptions<ModelOptions> options,
    [FromKeyedServices(ResourceNames.Agent)] FlagValues flags, TimeProvider time,
    ILogger<ModelInvestigator> logger)
{
    private const int Attempts = 2;

    /// <summary>Whether there is a model, and it is not switched off.</summary>
    public bool IsUsed => chat is not null && flags.Get(AgentFlags.Model);

    public string Id => options.Value.Id;

    /// <summary>Asks for a draft, which must still pass the gate.</summary>
    /// <returns>Null if the model is not configured, is switched off, failed, or twice gave an answer that cannot be used.</returns>
    public async Task<Proto.Answer?> DraftAsync(
        string caseName, ModelMaterial material, Proto.Answer analyst, CancellationToken cancellationToken)
    {
        if (chat is null || !IsUsed)
        {
            return null;
        }

        using var limit = new CancellationTokenSource(options.Value.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await AskAsync(chat, caseName, ModelPrompt.Write(material), material.Investigation, analyst, either.Token);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Clients of models throw what they like; none of it may cost the analyst's answer.
            LogUnavailable(exception, Id);
            return null;
        }
    }

    private async Task<Proto.Answer?> AskAsync(
        IChatClient asked, string caseName, List<ChatMessage> messages, Investigation investigation, Proto.Answer analyst,
        CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var settings = new ChatOptions
            {
                Temperature = 0,
                ResponseFormat = ChatResponseFormat.ForJsonSchema<ModelReply>(),
                AdditionalProperties = new() { [RedactingChatClient.Scope] = caseName },
            };
            var reply = await asked.GetResponseAsync(messages, settings, cancellationToken);
            var (draft, problem) = Read(reply.Text, investigation, analyst);
            if (draft is not null)
            {
                return draft;
            }

            LogUnusable(Id, attempt);
            messages = [.. messages, new(ChatRole.Assistant, reply.Text),
                new(ChatRole.User, $"This answer cannot be used: {problem} Answer again, in JSON by the schema.")];
        }

        return null;
    }

    private (Proto.Answer? Draft, string Problem) Read(string text, Investigation investigation, Proto.Answer analyst)
    {
        ModelReply? reply;
        try
        {
            reply = JsonSerializer.Deserialize<ModelReply>(Unfenced(text));
        }
        catch (JsonException exception)
        {
            return (null, $"it is not JSON by the schema (line {exception.LineNumber + 1}).");
        }

        // JSON may leave out or null what the type says is there.
        if (reply is not { Category: not null, RootCause.Length: > 0, Summary.Length: > 0, Claims.Count: > 0 }
            || reply.Claims.Any(claim => claim is not { Text.Length: > 0, Signals: not null }))
        {
            return (null, "a field is missing or empty.");
        }

        if (!Enum.TryParse<Proto.FailureCategory>(reply.Category.Replace("_", "", StringComparison.Ordinal), ignoreCase: true,
            out var category)
            || category == Proto.FailureCategory.Unspecified)
        {
            return (null, "the category is not one of those listed.");
        }

        var draft = analyst.Clone();
        draft.Author = Id;
        draft.Category = category;
        draft.RootCause = reply.RootCause;
        draft.Summary = reply.Summary;
        draft.Claims.Clear();
        AddClaims(draft.Claims, reply.Claims, ModelPrompt.Signals(investigation));
        return (draft, "");
    }

    private static void AddClaims(RepeatedField<Proto.Claim> claims, IReadOnlyList<ModelClaim> proposed, IReadOnlyList<Data.Signal> signals)
    {
        var byId = signals.Index().ToDictionary(entry => ModelPrompt.IdOf(entry.Index), entry => entry.Item,
            StringComparer.OrdinalIgnoreCase);
        claims.AddRange(proposed.Select(claim => new Proto.Claim
        {
            Text = claim.Text,
            Citations = { claim.Signals.OfType<string>().Select(id => byId.GetValueOrDefault(id.Trim())).OfType<Data.Signal>()
                .SelectMany(signal => signal.Citations).Distinct() },
        }));
    }

    // Models wrap JSON in ```json fences even when told not to.
    private static string Unfenced(string text)
    {
        var from = text.IndexOf('{', StringComparison.Ordinal);
        var to = text.LastIndexOf('}');
        return from >= 0 && to > from ? text[from..(to + 1)] : text;
    }

    [LoggerMessage(LogLevel.Warning, "The model {Model} did not answer; the analyst's answer is given.")]
    private partial void LogUnavailable(Exception exception, string model);

    [LoggerMessage(LogLevel.Warning, "The model {Model} gave an unusable answer (attempt {Attempt}).")]
    private partial void LogUnusable(string model, int attempt);
}
