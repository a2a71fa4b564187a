using FaultMaven.ServiceDefaults.Identity;
using Grpc.Core;
using Proto = FaultMaven.Protos.Identity.V1;

namespace FaultMaven.Gateway.Keys;

internal sealed partial class ApiKeyGrpcService
{
    public override async Task<Proto.ApiKey> RevokeApiKey(Proto.RevokeApiKeyRequest request, ServerCallContext context)
    {
        var cancellationToken = context.CancellationToken;
        var caller = CallIdentity.Current.Principal;
        while (true)
        {
            var stored = await GetForChangeAsync(caller, request.Name, nameof(RevokeApiKey), cancellationToken);
            var now = time.GetUtcNow();
            if (stored.Key.StateAt(now) != Proto.ApiKey.Types.State.Active)
            {
                return stored.ToProto(now);
            }

            // One that is rotated at the same moment is read again: what its owner wants is that it ends.
            var ended = stored.Key with { RevokeTime = now };
            if (await store.TryReplaceAsync(caller.Tenant, stored, ended, next => next.ToProto(now), cancellationToken) is { } revoked)
            {
                return revoked.ToProto(now);
            }
        }
    }
}
