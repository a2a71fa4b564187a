using Grpc.Core;

namespace FaultMaven.Sessions.Cases;

internal sealed partial class SessionGrpcService
{
    public override Task<Proto.Case> TransferCase(Proto.TransferCaseRequest request, ServerCallContext context)
    {
        return ChangeAsync(request.Name, request.Etag, Decide, context.CancellationToken);

        Proto.CaseEvent? Decide(CaseState state) =>
            state.Owner == request.Owner ? null : new Proto.CaseEvent { CaseTransferred = new() { Owner = request.Owner } };
    }
}
