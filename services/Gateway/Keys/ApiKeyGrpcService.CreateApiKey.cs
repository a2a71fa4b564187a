using System.Globalization;
using FaultMaven.Protos;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Identity;
using Google.Protobuf.Collections;
using Grpc.Core;
using Proto = FaultMaven.Protos.Identity.V1;

namespace FaultMaven.Gateway.Keys;

internal sealed partial class ApiKeyGrpcService
{
    public override async Task<Proto.ApiKey> CreateApiKey(Proto.CreateApiKeyRequest request, ServerCallContext context)
    {
        var cancellationToken = context.CancellationToken;
        var caller = CallIdentity.Current.Principal;
        var now = time.GetUtcNow();
        var given = request.ApiKey;
        var roles = ParseRoles(given.Roles, caller);
        var scopes = given.Scopes.Distinct().Order().ToArray();
        var expireTime = ParseExpireTime(given.ExpireTime, "api_key.expire_time", now);
        if (await store.CountAsync(caller.Tenant, cancellationToken) >= options.Value.MaxKeys)
        {
            throw RpcFault.Exhausted(
                ErrorReason.TooManyApiKeys,
                $"The tenant has {options.Value.MaxKeys} keys, as many as it may have. Those that ended are deleted 90 days later.",
                ("limit", options.Value.MaxKeys.ToString(CultureInfo.InvariantCulture)));
        }

        var text = ApiKeyText.New(ApiKeyText.NewId());
        var key = new ApiKey(
            text.Id, given.DisplayName, caller.Actor, roles, scopes, now, now, expireTime, null, [new KeySecret(text.Digest, null)]);
        var added = await store.TryAddAsync(caller.Tenant, key, made => made.ToProto(now), cancellationToken)
            ?? throw new InvalidOperationException("There is a key with the id of a new one.");
        return added.ToProto(now, text.Text);
    }

    private static Role[] ParseRoles(RepeatedField<Proto.ApiKey.Types.Role> given, Principal caller)
    {
        var roles = given.Select(role => (Role)role).Distinct().Order().ToArray();
        foreach (var role in roles)
        {
            if (!(role == Role.Auditor ? caller.Roles.Contains(role) : caller.Roles.Any(own => own != Role.Auditor && own >= role)))
            {
                var name = role.ToString().ToLowerInvariant();
                throw RpcFault.PermissionDenied(
                    ErrorReason.RoleNotHeld, $"A key has no more roles than its maker, who is no {name}.", ("role", name));
            }
        }

        return roles;
    }
}
