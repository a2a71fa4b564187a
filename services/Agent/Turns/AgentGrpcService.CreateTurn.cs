using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Redaction.V1;
using FaultMaven.ServiceDefaults.Calls;
using FaultMaven.ServiceDefaults.Errors;
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
        if (request.Question.Length > MaxQuestionLength)
        {
            throw RpcFault.InvalidField("question", $"must have at most {MaxQuestionLength:N0} characters");
        }

        var name = await ReserveAsync(caseId, request);
        if (await store.FindAsync(name) is { } existing)
        {
            return existing;
        }

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
        queue.Offer(name);
        return await GetAsync(name);
    }

    // The id of the turn is settled before anything is written elsewhere, so that a retry finds what the first attempt left.
    private async Task<TurnName> ReserveAsync(string caseId, Proto.CreateTurnRequest request)
    {
        var name = new TurnName(caseId, TimeOrderedId.New(time.GetUtcNow()).ToString("N"));
        if (request.RequestId.Length == 0)
        {
            return name;
        }

        if (!RequestIdShape().IsMatch(request.RequestId))
        {
            throw RpcFault.InvalidField("request_id", "must have 1 to 64 letters, digits and `-`");
        }

        var digest = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(request.Question)));
        var known = await store.ReserveAsync(caseId, request.RequestId, name.TurnId, digest);
        return known.Digest == digest
            ? name with { TurnId = known.TurnId }
            : throw RpcFault.AlreadyExists(ErrorReason.RequestIdReused, "request_id was used for another question.", ("request_id", request.RequestId));
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
            () => redaction.RedactTextAsync(new RedactTextRequest { Scope = name.Case, Text = question, KeepPlaceholders = true }, cancellationToken: cancellationToken).ResponseAsync);
        return redacted.Text;
    }

    [GeneratedRegex("^[A-Za-z0-9-]{1,64}$")]
    private static partial Regex RequestIdShape();
}
