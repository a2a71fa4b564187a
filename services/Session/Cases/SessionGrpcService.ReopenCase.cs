using FaultMaven.Protos.Names;
using FaultMaven.ServiceDefaults.Names;
using FaultMaven.ServiceDefaults.Requests;
using Grpc.Core;

namespace FaultMaven.Sessions.Cases;

internal sealed partial class SessionGrpcService
{
    public override async Task<Proto.Case> ReopenCase(Proto.ReopenCaseRequest request, ServerCallContext context)
    {
        var name = NameField.Parse<CaseName>(request.Name, "name");
        await GetStateAsync(name, context.CancellationToken);
        var reopened = new Proto.CaseReopened
        {
            Reason = await redaction.RedactAsync(name, request.Reason, context.CancellationToken),
        };

        var appended = await log.AppendAsync(name, Decide, added => added.State.ToProto(), context.CancellationToken);
        return appended?.State.ToProto() ?? throw NotFound(name);

        IReadOnlyList<Proto.CaseEvent> Decide(CaseState state)
        {
            EntityTag.EnsureMatch(request.Name, request.Etag, state.ETag);
            return state.IsClosed
                ? [new Proto.CaseEvent { CaseReopened = reopened }]
                : throw StateFault(state, "is not closed.", Proto.Case.Types.State.Closed);
        }
    }
}
