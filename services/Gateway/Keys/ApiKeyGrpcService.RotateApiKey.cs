using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Identity;
using FaultMaven.ServiceDefaults.Names;
using FaultMaven.ServiceDefaults.Requests;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Proto = FaultMaven.Protos.Identity.V1;

namespace FaultMaven.Gateway.Keys;

internal sealed partial class ApiKeyGrpcService
{
    private static readonly TimeSpan s_defaultGrace = TimeSpan.FromDays(1);

    private static readonly TimeSpan s_longestGrace = TimeSpan.FromDays(7);

    public override async Task<Proto.ApiKey> RotateApiKey(Proto.RotateApiKeyRequest request, ServerCallContext context)
    {
        var cancellationToken = context.CancellationToken;
        var caller = CallIdentity.Current.Principal;
        var stored = await GetAsync(caller, request.Name, cancellationToken);
        if (stored.Key.Creator != caller.Actor)
        {
            // Its new secret would let an administrator into what is shared with the key alone.
            throw RpcFault.PermissionDenied(
                ErrorReason.ApiKeyOfAnother,
                $"{request.Name} was made by someone else, who alone gets a new secret of it; an administrator can revoke it.",
                ("name", request.Name));
        }

        var now = time.GetUtcNow();
        var grace = ParseGrace(request.GracePeriod);
        EntityTag.EnsureMatch(request.Name, request.Etag, stored.ETag);
        if (stored.Key.StateAt(now) is var state and not Proto.ApiKey.Types.State.Active)
        {
            throw RpcFault.Precondition(
                ErrorReason.ApiKeyEnded,
                $"{request.Name} has ended; make a new key.",
                ("name", request.Name),
                ("state", ContractNames.Of(state)));
        }

        var expireTime = request.ExpireTime is { } given ? ParseExpireTime(given, "expire_time", now) : stored.Key.ExpireTime;
        var text = ApiKeyText.New(stored.Key.Id);
        var rotated = stored.Key.Rotate(text.Digest, now, now + grace, expireTime);
        var replaced = await store.TryReplaceAsync(caller.Tenant, stored, rotated, next => next.ToProto(now), cancellationToken)
            ?? throw RpcFault.Aborted(
                ErrorReason.EtagMismatch, $"{request.Name} was changed at the same time; read it again.", ("name", request.Name));
        return replaced.ToProto(now, text.Text);
    }

    private static TimeSpan ParseGrace(Duration? given)
    {
        const string Field = "grace_period";
        if (given is null)
        {
            return s_defaultGrace;
        }

        return given.ToTimeSpan() is var grace && grace >= TimeSpan.Zero && grace <= s_longestGrace
                ? grace
                : throw RpcFault.InvalidField(Field, "must be 0 to 7 days");
    }
}
