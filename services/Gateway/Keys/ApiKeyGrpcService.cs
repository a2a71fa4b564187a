using System.Globalization;
using FaultMaven.Protos;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Names;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Identity;
using FaultMaven.ServiceDefaults.Names;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Options;
using Proto = FaultMaven.Protos.Identity.V1;

namespace FaultMaven.Gateway.Keys;

/// <summary>The RPCs on keys for programs, one file each.</summary>
internal sealed partial class ApiKeyGrpcService(ApiKeyStore store, TimeProvider time, IOptions<ApiKeyOptions> options)
    : Proto.ApiKeyService.ApiKeyServiceBase
{
    /// <summary>Whether a caller sees a key: its maker does, and whoever sees all of the tenant.</summary>
    private static bool Sees(Principal caller, ApiKey key) => SeesAll(caller) || key.Creator == caller.Actor;

    private static bool SeesAll(Principal caller) => caller.Roles.Any(role => role is Role.Admin or Role.Auditor);

    private async Task<StoredKey> GetAsync(Principal caller, string name, CancellationToken cancellationToken)
    {
        var parsed = NameField.Parse<ApiKeyName>(name, "name");
        return await store.FindAsync(caller.Tenant, parsed.Id, cancellationToken) is { } stored && Sees(caller, stored.Key)
            ? stored
            : throw RpcFault.NotFound(ErrorReason.ApiKeyNotFound, name);
    }

    /// <summary>A key that the caller may end: one of their own, for administrators any of the tenant.</summary>
    private async Task<StoredKey> GetForChangeAsync(Principal caller, string name, string method, CancellationToken cancellationToken)
    {
        var stored = await GetAsync(caller, name, cancellationToken);
        return caller.Roles.Contains(Role.Admin) || stored.Key.Creator == caller.Actor
            ? stored
            : throw RpcFault.PermissionDenied(
                ErrorReason.RoleRequired,
                $"{name} is someone else's; that needs the role 'admin'.",
                ("method", $"{Proto.ApiKeyService.Descriptor.FullName}/{method}"),
                ("role", "admin"));
    }

    private DateTimeOffset ParseExpireTime(Timestamp? given, string field, DateTimeOffset now)
    {
        var longest = options.Value.MaxLifetime;
        var end = given?.ToDateTimeOffset();
        return end > now && end <= now + longest
            ? end.Value
            : throw RpcFault.InvalidField(
                field,
                string.Create(CultureInfo.InvariantCulture, $"must be in the future, at most {longest.TotalDays:0.##} days from now"));
    }
}
