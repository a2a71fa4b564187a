using FaultMaven.Protos.Names;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Names;
using FaultMaven.ServiceDefaults.Requests;
using Grpc.Core;

namespace FaultMaven.Sessions.Cases;

internal sealed partial class SessionGrpcService
{
    private const int MaxReasonLength = 2_000;

    public override async Task<Proto.Case> CloseCase(Proto.CloseCaseRequest request, ServerCallContext context)
    {
        var name = NameField.Parse<CaseName>(request.Name, "name");
        if (request.Resolution == Proto.Case.Types.Resolution.Unspecified || !Enum.IsDefined(request.Resolution))
        {
            throw RpcFault.InvalidField("resolution", "must be one of the resolutions of a case, such as RESOLUTION_RESOLVED");
        }

        if (request.Reason.Length > MaxReasonLength)
        {
            throw RpcFault.InvalidField("reason", $"must have at most {MaxReasonLength} characters");
        }

        await GetStateAsync(name, context.CancellationToken);
        var closed = new Proto.CaseClosed
        {
            Resolution = request.Resolution,
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
