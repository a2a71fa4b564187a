using FaultMaven.Protos.Names;
using FaultMaven.ServiceDefaults.Identity;
using FaultMaven.ServiceDefaults.Names;
using FaultMaven.ServiceDefaults.Requests;
using Grpc.Core;

namespace FaultMaven.Sessions.Cases;

internal sealed partial class SessionGrpcService
{
    public override Task<Proto.Case> ChangeCaseAccess(Proto.ChangeCaseAccessRequest request, ServerCallContext context)
    {
        var caller = CallIdentity.Current.Principal.Actor;
        return ChangeAsync(request.Name, request.Etag, Decide, context.CancellationToken);

        IReadOnlyList<Proto.CaseEvent> Decide(CaseState state)
        {
            if (state.ToProto().Access == request.Access)
            {
                return [];
            }

            var changed = new Proto.CaseEvent { CaseAccessChanged = new() { Access = request.Access } };

            // A case that no one owns would be hidden from everyone.
            return state.Owner.Length > 0 ? [changed] : [new Proto.CaseEvent { CaseTransferred = new() { Owner = caller } }, changed];
        }
    }

    private Task<Proto.Case> ChangeAsync(
        string given, string etag, Func<CaseState, Proto.CaseEvent?> decide, CancellationToken cancellationToken) =>
        ChangeAsync(given, etag, state => decide(state) is { } change ? [change] : (IReadOnlyList<Proto.CaseEvent>)[], cancellationToken);

    // What is so already is not written down again.
    private async Task<Proto.Case> ChangeAsync(
        string given, string etag, Func<CaseState, IReadOnlyList<Proto.CaseEvent>> decide, CancellationToken cancellationToken)
    {
        var name = NameField.Parse<CaseName>(given, "name");
        var changed = await log.AppendAsync(name, Decide, added => added.State.ToProto(), cancellationToken);
        return changed?.State.ToProto() ?? throw NotFound(name);

        IReadOnlyList<Proto.CaseEvent> Decide(CaseState state)
        {
            EntityTag.EnsureMatch(given, etag, state.ETag);
            return decide(state);
        }
    }
}
