using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Identity;
using Grpc.Core;

namespace FaultMaven.Sessions.Cases;

internal sealed partial class SessionGrpcService
{
    public override Task<Proto.Case> TransferCase(Proto.TransferCaseRequest request, ServerCallContext context)
    {
        if (CallIdentity.Current.Principal is { BrokenGlass: not null } caller && request.Owner == caller.Actor)
        {
            throw RpcFault.PermissionDenied(
                ErrorReason.BreakGlassRefused,
                "Behind broken glass a case can be transferred to someone else only: owning it would let you in without a reason.",
                ("problem", "method"));
        }

        return ChangeAsync(request.Name, request.Etag, Decide, context.CancellationToken);

        Proto.CaseEvent? Decide(CaseState state) =>
            state.Owner == request.Owner ? null : new Proto.CaseEvent { CaseTransferred = new() { Owner = request.Owner } };
    }
}
