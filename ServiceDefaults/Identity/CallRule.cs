using FaultMaven.Protos;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Names;
using Grpc.Core;

namespace FaultMaven.ServiceDefaults.Identity;

/// <summary>The contract's rules about who may call what, see <see cref="Permissions"/>.</summary>
public static class CallRule
{
    /// <summary>What a call is refused with; null if the rule of its method allows it.</summary>
    /// <param name="method">The full name, such as <c>/faultmaven.session.v1.SessionService/GetCase</c>.</param>
    /// <param name="identity">Who calls.</param>
    /// <param name="operatingTenant">The tenant that runs the installation.</param>
    public static RpcException? FindRefusal(string method, CallIdentity identity, string operatingTenant)
    {
        var rule = Permissions.Find(method);
        if (rule is { ByServices: true } && identity.Via is not null)
        {
            return null;
        }

        var name = method.TrimStart('/');
        if (rule?.Allows(identity.Principal.Roles) != true)
        {
            var role = rule?.LeastRole.ToString().ToLowerInvariant() ?? "none";
            return RpcFault.PermissionDenied(
                ErrorReason.RoleRequired,
                rule switch
                {
                    null => $"No one may call {name}.",
                    { LeastRole: Role.Auditor } => $"{name} needs the role 'auditor' or 'admin'.",
                    _ => $"{name} needs the role '{role}' or one above it.",
                },
                ("method", name),
                ("role", role));
        }

        if (rule.OfInstallation && identity.Principal.Tenant != operatingTenant)
        {
            return RpcFault.PermissionDenied(
                ErrorReason.RoleRequired,
                $"{name} is about the installation; only the tenant that runs it may call it.",
                ("method", name),
                ("role", rule.LeastRole.ToString().ToLowerInvariant()));
        }

        return FindScopeRefusal(method, identity);
    }

    /// <summary>The same for a key's scopes alone; null for callers without a key.</summary>
    /// <param name="method">The full name, such as <c>/faultmaven.session.v1.SessionService/GetCase</c>.</param>
    /// <param name="identity">Who calls.</param>
    public static RpcException? FindScopeRefusal(string method, CallIdentity identity)
    {
        var principal = identity.Principal;
        if (principal.Kind != PrincipalKind.Key && principal.Scopes is null)
        {
            return null;
        }

        var needed = Permissions.Find(method)?.Scope;
        if (needed is { } scope && principal.Scopes?.Contains(scope) == true)
        {
            return null;
        }

        var name = method.TrimStart('/');
        return RpcFault.PermissionDenied(
            ErrorReason.ScopeRequired,
            needed is { } wanted
                ? $"{name} needs a key with the scope '{wanted.ToString().ToLowerInvariant()}'."
                : $"{name} is not for keys; sign in as a person.",
            ("method", name),
            ("scope", needed is { } value ? ContractNames.Of(value) : "none"));
    }
}
