using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using Grpc.Core;

namespace FaultMaven.Sessions.Cases;

internal sealed partial class SessionGrpcService
{
    public override Task<Proto.Case> ShareCase(Proto.ShareCaseRequest request, ServerCallContext context)
    {
        var member = new Proto.CaseMember { Member = request.Member, Role = request.Role };
        return ChangeAsync(request.Name, request.Etag, Decide, context.CancellationToken);

        Proto.CaseEvent? Decide(CaseState state)
        {
            EnsureNotOwner(state, request.Member);
            var owned = state.ToProto();
            var earlier = CaseMembers.Find(owned, request.Member);
            if (earlier?.Role == request.Role)
            {
                return null;
            }

            return earlier is not null || owned.Members.Count < CaseMembers.Max
                ? new Proto.CaseEvent { CaseShared = new() { Member = member } }
                : throw RpcFault.Exhausted(
                    ErrorReason.TooManyCaseMembers,
                    $"{state.Name} has {CaseMembers.Max} members, which is the most; remove one, or share it with a team.",
                    ("name", $"{state.Name}"),
                    ("limit", $"{CaseMembers.Max}"));
        }
    }

    private static void EnsureNotOwner(CaseState state, string member)
    {
        if (member == state.Owner)
        {
            throw RpcFault.Precondition(
                ErrorReason.CaseOwner,
                $"{member} owns {state.Name} and can do everything in it; transfer the case to someone else first.",
                ("name", $"{state.Name}"),
                ("member", member));
        }
    }
}
