using FaultMaven.ServiceDefaults.Identity;
using Grpc.Core;
using Proto = FaultMaven.Protos.Identity.V1;

namespace FaultMaven.Gateway.Keys;

internal sealed partial class ApiKeyGrpcService
{
    public override async Task<Proto.ApiKey> GetApiKey(Proto.GetApiKeyRequest request, ServerCallContext context)
    {
        var stored = await GetAsync(CallIdentity.Current.Principal, request.Name, context.CancellationToken);
        return stored.ToProto(time.GetUtcNow());
    }
}
