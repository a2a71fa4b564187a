using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using Grpc.Core;

namespace FaultMaven.Agents.Turns;

internal sealed partial class AgentGrpcService
{
    private const string FailureModes = "failureModes/";

    public override Task<Proto.FailureMode> GetFailureMode(Proto.GetFailureModeRequest request, ServerCallContext context)
    {
        if (!request.Name.StartsWith(FailureModes, StringComparison.Ordinal))
        {
            throw RpcFault.InvalidField("name", $"must look like {FailureModes}{{failure_mode}}");
        }

        var mode = catalogue.Find(request.Name[FailureModes.Length..])
            ?? throw RpcFault.NotFound(ErrorReason.FailureModeNotFound, request.Name);

        return Task.FromResult(ToProto(mode));
    }
}
