using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Names;
using FaultMaven.Protos.Redaction.V1;
using FaultMaven.ServiceDefaults.Calls;
using FaultMaven.ServiceDefaults.Requests;
using FaultMaven.ServiceDefaults.Storage;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace FaultMaven.Agents.Turns;

internal sealed partial class AgentGrpcService
{
    private const string DefaultQuestion = "What is the root cause?";

    public override async Task<Proto.Turn> CreateTurn(Proto.CreateTurnRequest request, ServerCallContext context)
    {
        var caseId = ParseCase(request.Parent);
        // The same request has the same turn, so that a retry finds what an attempt that was cut off has left in the case.
        var derivedId = RequestEntry.Current?.DeriveId();
        var name = new TurnName(new CaseName(caseId), derivedId ?? TimeOrderedId.New(time.GetUtcNow()).ToString("N"));
        if (derivedId is not null && await store.FindAsync(name) is { } existing)
        {
            return existing;
        }

        // Before redaction: it would keep pseudonyms for a case that does not exist.
        await messages.EnsureOpenAsync(request.Parent, context.CancellationToken);

        var question = await RedactAsync(name, request.Question, context.CancellationToken);
        await messages.AddQuestionAsync(name, question, context.CancellationToken);
        var created = await store.CreateAsync(name, new Proto.Turn
        {
            Name = name.ToString(),
            Question = question,
            State = Proto.Turn.Types.State.Running,
            Phase = Proto.Phase.DefineBlastRadius,
            CreateTime = Timestamp.FromDateTimeOffset(time.GetUtcNow()),
        });
        queue.Offer(QueuedTurn.OfCaller(name));
        return created ?? await GetAsync(name);
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
}
