using System.Security.Cryptography;
using System.Text;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Names;
using FaultMaven.Protos.Redaction.V1;
using FaultMaven.ServiceDefaults.Calls;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Requests;
using FaultMaven.ServiceDefaults.Storage;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace FaultMaven.Agents.Turns;

internal sealed partial class AgentGrpcService
{
    private const int MaxQuestionLength = 10_000;
    private const string DefaultQuestion = "What is the root cause?";

    public override async Task<Proto.Turn> CreateTurn(Proto.CreateTurnRequest request, ServerCallContext context)
    {
        var caseId = ParseCase(request.Parent);
        var requestId = RequestId.Parse(request.RequestId);
        if (request.Question.Length > MaxQuestionLength)
        {
            throw RpcFault.InvalidField("question", $"must have at most {MaxQuestionLength:N0} characters");
        }

        var reserved = await FindReservedAsync(caseId, requestId, request.Question);
        if (reserved is { } earlier && await store.FindAsync(earlier) is { } existing)
        {
            return existing;
        }

        // Before redaction: it would keep pseudonyms for a case that does not exist.
        await messages.EnsureOpenAsync(request.Parent, context.CancellationToken);

        var name = reserved ?? await ReserveAsync(caseId, requestId, request.Question);
        var question = await RedactAsync(name, request.Question, context.CancellationToken);
        await messages.AddQuestionAsync(name, question, context.CancellationToken);
        await store.CreateAsync(name, new Proto.Turn
        {
            Name = name.ToString(),
            Question = question,
            State = Proto.Turn.Types.State.Running,
            Phase = Proto.Phase.DefineBlastRadius,
            CreateTime = Timestamp.FromDateTimeOffset(time.GetUtcNow()),
        });
        queue.Offer(QueuedTurn.OfCaller(name));
        return await GetAsync(name);
    }

    private async Task<TurnName?> FindReservedAsync(string caseId, string requestId, string question)
    {
        if (requestId.Length == 0 || await store.FindRequestAsync(caseId, requestId) is not { } known)
        {
            return null;
        }

        return known.Digest == DigestOf(question)
            ? new TurnName(new CaseName(caseId), known.TurnId)
            : throw RequestLedger.Reused(requestId);
    }

    // The id of the turn is settled before anything is written elsewhere, so that a retry finds what the first attempt left.
    private async Task<TurnName> ReserveAsync(string caseId, string requestId, string question)
    {
        var name = new TurnName(new CaseName(caseId), TimeOrderedId.New(time.GetUtcNow()).ToString("N"));
        if (requestId.Length == 0)
        {
            return name;
        }

        await store.ReserveAsync(caseId, requestId, name.Id, DigestOf(question));
        return await FindReservedAsync(caseId, requestId, question) ?? name;
    }

    private async Task<string> RedactAsync(TurnName name, string question, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(question))
        {
            return DefaultQuestion;
        }

        var redacted = await ServiceCall.To(
            ResourceNames.Redaction,
            ErrorReason.RedactionUnavailable,
            () => redaction.RedactTextAsync(new RedactTextRequest { Scope = $"{name.Case}", Text = question, KeepPlaceholders = true },
                cancellationToken: cancellationToken).ResponseAsync);
        return redacted.Text;
    }

    private static string DigestOf(string question) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(question)));
}
