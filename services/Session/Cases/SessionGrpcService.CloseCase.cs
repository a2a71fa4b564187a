using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using Grpc.Core;

namespace FaultMaven.Sessions.Cases;

internal sealed partial class SessionGrpcService
{
    private const int MaxReasonLength = 2_000;

    public override async Task<Proto.Case> CloseCase(Proto.CloseCaseRequest request, ServerCallContext context)
    {
        var name = ParseCaseName(request.Name, "name");
        if (request.Reason.Length > MaxReasonLength)
        {
            throw RpcFault.InvalidField("reason", $"must have at most {MaxReasonLength} characters");
        }

        var closed = new Proto.CaseClosed
        {
            State = request.Resolved ? Proto.Case.Types.State.Resolved : Proto.Case.Types.State.Closed,
            Reason = await redaction.RedactAsync(name, request.Reason, context.CancellationToken),
        };

        while (true)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            var state = await GetStateAsync(name);
            if (request.Etag.Length > 0 && request.Etag != state.ETag)
            {
                throw RpcFault.Aborted(
                    ErrorReason.CaseVersionConflict,
                    $"{name} has changed; read it again.",
                    ("name", name.ToString()),
                    ("expected", request.Etag),
                    ("actual", state.ETag));
            }

            if (state.IsClosed)
            {
                throw ClosedFault(state);
            }

            if (await log.TryAppendAsync(name, state.Version, new Proto.CaseEvent { CaseClosed = closed }, requestId: ""))
            {
                return (await GetStateAsync(name)).ToProto();
            }
        }
    }
}
