using System.Text.RegularExpressions;
using FaultMaven.Protos;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Identity.V1;
using FaultMaven.Protos.Session.V1;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Identity;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace FaultMaven.Gateway.Identity;

/// <summary>
/// Lets an administrator make one call about what is not shared with them, for a stated reason: in their tenant, and one of the tenant that
/// runs the installation in any other. The call is in the audit log of that tenant, with the reason, whether or not it changes anything.
/// </summary>
internal sealed partial class BreakGlass(
    IOptions<EdgeOptions> options, IOptions<InstallationOptions> installation, ILogger<BreakGlass> logger)
{
    /// <summary>The metadata that asks for it: the tenant, a space and the reason, which may be percent-encoded.</summary>
    public const string Header = "faultmaven-break-glass";

    // What is made there would let its maker in without breaking anything. A case can be transferred, but not to who breaks the glass.
    private static readonly string[] s_closed =
    [
        $"/{ApiKeyService.Descriptor.FullName}/CreateApiKey",
        $"/{ApiKeyService.Descriptor.FullName}/RotateApiKey",
        $"/{SessionService.Descriptor.FullName}/ShareCase",
        $"/{SessionService.Descriptor.FullName}/ChangeCaseAccess",
    ];

    /// <summary>The identity in the other tenant, or what the call is refused with.</summary>
    /// <param name="identity">Who calls.</param>
    /// <param name="method">What, such as <c>/faultmaven.session.v1.SessionService/GetCase</c>.</param>
    /// <param name="value">The metadata.</param>
    public (CallIdentity? Identity, RpcException? Refusal) Enter(CallIdentity identity, string method, string value)
    {
        if (!options.Value.BreakGlass)
        {
            return Refused("off", "Breaking the glass is off; the setting Identity:BreakGlass allows it.");
        }

        var caller = identity.Principal;
        if (caller.Kind != PrincipalKind.Person || !caller.Roles.Contains(Role.Admin))
        {
            return Refused("caller", "Only a person who is an administrator may break the glass.");
        }

        if (s_closed.Contains(method))
        {
            return Refused(
                "method", "Keys are not made, and cases not shared or opened, behind broken glass: that lets someone in without a reason.");
        }

        var (tenant, reason) = Uri.UnescapeDataString(value).Split(' ', 2) is [var first, var rest] ? (first, rest.Trim()) : (value, "");
        if (!TenantName().IsMatch(tenant))
        {
            return Refused("tenant", $"{Header} must begin with the name of a tenant.");
        }

        if (tenant != caller.Tenant && caller.Tenant != installation.Value.OperatingTenant)
        {
            return Refused("caller", "Only administrators of the tenant that runs the installation may break the glass of another tenant.");
        }

        if (!Reason().IsMatch(reason))
        {
            return Refused("reason", $"{Header} must state a reason after the tenant, of 10 to 200 characters.");
        }

        LogBroken(caller.Actor, tenant, method);
        return (new CallIdentity(caller with { Tenant = tenant, BrokenGlass = new(caller.Tenant, reason) }, Via: null), null);
    }

    private static (CallIdentity? Identity, RpcException? Refusal) Refused(string problem, string message) =>
        (null, RpcFault.PermissionDenied(ErrorReason.BreakGlassRefused, message, ("problem", problem)));

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,62}\z")]
    private static partial Regex TenantName();

    [GeneratedRegex(@"^[^\p{C}]{10,200}\z")]
    private static partial Regex Reason();

    // The reason is in the audit log of the tenant.
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Actor} broke the glass of tenant {Tenant} for {Method}.")]
    private partial void LogBroken(string actor, string tenant, string method);
}
