using FaultMaven.Protos.Names;
using FaultMaven.ServiceDefaults.Names;
using Grpc.Core;

namespace FaultMaven.Sessions.Cases;

internal sealed partial class SessionGrpcService
{
    public override async Task<Proto.Case> GetCase(Proto.GetCaseRequest request, ServerCallContext context)
    {
        var name = NameField.Parse<CaseName>(request.Name, "name");

        return (await GetStateAsync(name, context.CancellationToken)).ToProto();
    }
}
