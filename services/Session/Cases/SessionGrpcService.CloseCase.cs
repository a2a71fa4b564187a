using FaultMaven.Protos.Names;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Names;
using FaultMaven.ServiceDefaults.Requests;
using Grpc.Core;

namespace FaultMaven.Sessions.Cases;

internal sealed partial class SessionGrpcService
{
    public override async Task<Proto.Case> CloseCase(Proto.CloseCaseRequest request, ServerCallContext context)
    {
        var name = NameField.Parse<CaseName>(request.Name, "name");
        await GetStateAsync(name, context.CancellationToken);
        if (request.DuplicateOf.Length > 0)
        {
            if (request.Resolution != Proto.Case.Types.Resolution.Duplicate)
            {
                throw RpcFault.InvalidField("duplicate_of", "is only for RESOLUTION_DUPLICATE");
            }

            await EnsureOtherCaseAsync(name, request.DuplicateOf, "duplicate_of", context.CancellationToken);
        }

        var closed = new Proto.CaseClosed
        {
            Resolution = request.Resolution,
            DuplicateOf = request.DuplicateOf,
            Reason = await redaction.RedactAsync(name, request.Reason, context.CancellationToken),
        };

        var appended = await log.AppendAsync(name, Decide, added => added.State.ToProto(), context.CancellationToken);
        return appended?.State.ToProto() ?? throw NotFound(name);

        IReadOnlyList<Proto.CaseEvent> Decide(CaseState state)
        {
            EntityTag.EnsureMatch(request.Name, request.Etag, state.ETag);
            return state.IsClosed ? throw ClosedFault(state) : [new Proto.CaseEvent { CaseClosed = closed }];
        }
    }
}
