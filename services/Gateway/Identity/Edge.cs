using FaultMaven.Gateway.Forwarding;
using FaultMaven.Gateway.Limits;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Audit;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Identity;
using FaultMaven.ServiceDefaults.Json;
using FaultMaven.ServiceDefaults.State;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace FaultMaven.Gateway.Identity;

/// <summary>
/// Lets calls in from outside: finds out who makes them, counts them, limits their time, and gives them the token by which the services
/// know who calls. What callers send as such a token goes no further, and neither do their own credentials.
/// </summary>
internal sealed class Edge(
    RequestDelegate next,
    CallerIdentity callers,
    BreakGlass breakGlass,
    AuditTrail audit,
    CallRates rates,
    CallTimes times,
    IdentityTokens tokens,
    IOptions<EdgeOptions> options,
    IOptions<EdgeSetup> setup)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var headers = context.Request.Headers;
        if (!setup.Value.HostsServices)
        {
            headers.Remove(IdentityTokens.Header);
        }

        if (!IsAllowedOrigin(context.Request))
        {
            await RefuseAsync(context, RpcFault.PermissionDenied(
                ErrorReason.OriginRefused,
                "A web page of this origin may not call; the setting Identity:AllowedOrigins names those that may.",
                ("origin", headers.Origin.ToString())));
            return;
        }

        // Services that run here call each other through the same sockets; whether their tokens are real is checked where they are served.
        if (ServedMethod.Find(context) is { } method && !headers.ContainsKey(IdentityTokens.Header))
        {
            var check = await callers.FindAsync(context);
            if (check.Identity is not { } identity)
            {
                await RefuseAsync(context, check.ToFault());
                return;
            }

            var caller = identity;
            var refusal = await rates.CountAsync(method, identity.Principal, callers.IsLocalUser(identity), context.RequestAborted)
                ?? CallRule.FindScopeRefusal(method, identity);
            if (refusal is null && headers[BreakGlass.Header].ToString() is { Length: > 0 } glass)
            {
                (var entered, refusal) = breakGlass.Enter(identity, method, glass);
                identity = entered ?? identity;
            }

            if (refusal is not null)
            {
                await RefuseAsync(context, await WriteDownAsync(caller, method, refusal));
                return;
            }

            times.Limit(context.Request, method);
            headers[IdentityTokens.Header] = tokens.Create(identity, IdentityTokens.AudienceOf(method));
        }

        headers.Remove(BreakGlass.Header);
        headers.Remove("Authorization");
        await next(context);
    }

    private async Task<RpcException> WriteDownAsync(CallIdentity caller, string method, RpcException refusal)
    {
        if (!AuditTrail.IsRefusal(refusal))
        {
            return refusal;
        }

        try
        {
            await audit.RecordRefusalAsync(caller, method, refusal);
            return refusal;
        }
        catch (StateStoreException)
        {
            // Refused all the same.
            return RpcFault.Unavailable(ErrorReason.StoreUnavailable, "The store did not answer; retry.", ("store", "state"));
        }
    }

    // Browsers say which page sends a request that could change or read something, and send no token with the others.
    private bool IsAllowedOrigin(HttpRequest request) => request.Headers.Origin.ToString() is not { Length: > 0 } origin
        || (Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.Authority == request.Host.Value)
        || options.Value.AllowedOrigins.Contains(origin);

    private static Task RefuseAsync(HttpContext context, RpcException fault)
    {
        if (context.Request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) == true)
        {
            return GrpcFault.AnswerAsync(context, fault);
        }

        if (fault.StatusCode == StatusCode.Unauthenticated)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
        }

        return JsonFault.WriteAsync(context, fault);
    }
}

/// <summary>Where the edge is.</summary>
internal sealed class EdgeSetup
{
    /// <summary>Whether the services run in this process, and call each other through it.</summary>
    public bool HostsServices { get; set; }
}
