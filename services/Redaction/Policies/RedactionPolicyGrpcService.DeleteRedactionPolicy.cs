using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace FaultMaven.Redaction.Policies;

internal sealed partial class RedactionPolicyGrpcService
{
    public override async Task<Empty> DeleteRedactionPolicy(Proto.DeleteRedactionPolicyRequest request, ServerCallContext context)
    {
        var name = ParseChangeable(request.Name, "name");
        while (true)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            var current = await store.FindAsync(name, context.CancellationToken) ?? throw RpcFault.NotFound(ErrorReason.PolicyNotFound, request.Name);
            CheckETag(request.Etag, current);
            if (await store.TryDeleteAsync(name.Id, current.Version))
            {
                return new Empty();
            }
        }
    }
}
