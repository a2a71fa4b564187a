using FaultMaven.Protos.Errors.V1;
using FaultMaven.Redaction.Policies;
using FaultMaven.ServiceDefaults.Errors;
using Grpc.Core;

namespace FaultMaven.Redaction.Api;

internal sealed partial class RedactionPolicyGrpcService
{
    public override async Task<Proto.RedactionPolicy> GetRedactionPolicy(Proto.GetRedactionPolicyRequest request, ServerCallContext context)
    {
        var name = ParseName(request.Name, "name");

        var policy = !name.IsBuiltIn ? await Readable(store.FindAsync(name, context.CancellationToken))
            : name.Version is null || name.Version == PolicyCompiler.BuiltIn.Version ? PolicyCompiler.BuiltIn
            : null;

        return policy ?? throw RpcFault.NotFound(ErrorReason.PolicyNotFound, request.Name);
    }
}
