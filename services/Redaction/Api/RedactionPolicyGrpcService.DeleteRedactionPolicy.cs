using FaultMaven.Protos.Errors.V1;
using FaultMaven.Redaction.Policies;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Requests;
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

            // Only the number: the policy itself may be sealed under a key that is gone.
            var latest = await store.FindLatestAsync(name.Id, context.CancellationToken);
            if (latest is null)
            {
                return request.AllowMissing ? new Empty() : throw RpcFault.NotFound(ErrorReason.PolicyNotFound, request.Name);
            }

            EntityTag.EnsureMatch(request.Name, request.Etag, PolicyStore.ETagOf(latest.Value));
            if (await store.TryDeleteAsync(name.Id, latest.Value, context.CancellationToken))
            {
                return new Empty();
            }
        }
    }
}
