using FaultMaven.Protos.Names;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Names;
using Grpc.Core;

namespace FaultMaven.Sessions.Cases;

internal sealed partial class SessionGrpcService
{
    public override async Task<Proto.Message> CreateMessage(Proto.CreateMessageRequest request, ServerCallContext context)
    {
        var name = NameField.Parse<CaseName>(request.Parent, "parent");
        var turn = NameField.ParseOptional<TurnName>(request.Turn, "turn");
        if (turn is { Case: var caseOfTurn } && caseOfTurn != name)
        {
            throw RpcFault.InvalidField("turn", $"must be a turn of {name}");
        }

        // Before redaction, which keeps pseudonyms for the case.
        await GetStateAsync(name, context.CancellationToken);
        var message = new Proto.Message
        {
            Author = Proto.Message.Types.Author.User,
            Text = await redaction.RedactAsync(name, request.Text, context.CancellationToken),
            Turn = request.Turn,
        };

        var appended = await log.AppendAsync(name, Decide, added => added.Event.MessageAdded, context.CancellationToken);
        return appended?.Event.MessageAdded ?? throw NotFound(name);

        IReadOnlyList<Proto.CaseEvent> Decide(CaseState state) =>
            state.IsClosed ? throw ClosedFault(state) : [new Proto.CaseEvent { MessageAdded = message }];
    }
}
