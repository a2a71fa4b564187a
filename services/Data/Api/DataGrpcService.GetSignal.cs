using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Names;
using Grpc.Core;

namespace FaultMaven.Data.Api;

internal sealed partial class DataGrpcService
{
    public override async Task<Proto.Signal> GetSignal(Proto.GetSignalRequest request, ServerCallContext context)
    {
        var name = NameField.Parse<SignalName>(request.Name, "name");
        var parent = ParseParent($"{name.Evidence.Case}");

        return await signals.ReadAsync(parent, after: null, context.CancellationToken)
                .FirstOrDefaultAsync(signal => signal.Name == request.Name, context.CancellationToken)
            ?? throw RpcFault.NotFound(ErrorReason.SignalNotFound, request.Name);
    }
}
