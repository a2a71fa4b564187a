using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using Grpc.Core;

namespace FaultMaven.Sessions.Cases;

internal sealed partial class SessionGrpcService
{
    public override Task<Proto.Case> UnshareCase(Proto.UnshareCaseRequest request, ServerCallContext context)
    {
        return ChangeAsync(request.Name, request.Etag, Decide, context.CancellationToken);

        Proto.CaseEvent? Decide(CaseState state)
        {
            EnsureNotOwner(state, request.Member);
            return CaseMembers.Find(state.ToProto(), request.Member) is not null
                ? new Proto.CaseEvent { CaseUnshared = new() { Member = request.Member } }
                : throw RpcFault.NotFound(
                    ErrorReason.CaseMemberNotFound,
                    $"{request.Member} is not a member of {state.Name}.",
                    ("name", $"{state.Name}"),
                    ("member", request.Member));
        }
    }
}
