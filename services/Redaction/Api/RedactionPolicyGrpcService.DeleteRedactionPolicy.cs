using FaultMaven.Protos.Errors.V1;
using FaultMaven.Redaction.Policies;
using FaultMaven.ServiceDefaults.Errors;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace FaultMaven.Redaction.Api;

internal sealed partial class RedactionPolicyGrpcService
{
    public override async Task<Empty> DeleteRedactionPolicy(Proto.DeleteRedactionPolicyRequest request, ServerCallContext context)
    {
        var name = ParseChangeable(request.Name, "name");
        while (true)
        {
            context.CancellationToken.ThrowIfCancellationRequested();

            // Not the policy itself, which nobody may be able to read any more.
            var latest = await store.FindLatestAsync(name.Id, context.CancellationToken) ?? throw RpcFault.NotFound(ErrorReason.PolicyNotFound, request.Name);
            CheckETag(request.Etag, request.Name, PolicyStore.ETagOf(latest));
            if (await store.TryDeleteAsync(name.Id, latest))
            {
                return new Empty();
            }
        }
    }
}
