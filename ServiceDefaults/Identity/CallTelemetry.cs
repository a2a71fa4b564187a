using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace FaultMaven.ServiceDefaults.Identity;

/// <summary>Says in telemetry for whom a call is served: spans get the tenant and a hash of the caller, durations the tenant.</summary>
internal static class CallTelemetry
{
    private const string Tenant = "faultmaven.tenant";

    // As OpenTelemetry's conventions name it.
    private const string Caller = "enduser.pseudo.id";

    public static void SetCaller(HttpContext http, Principal principal)
    {
        if (Activity.Current is { IsAllDataRequested: true } span)
        {
            span.SetTag(Tenant, principal.Tenant);
            span.SetTag(Caller, HashOf(principal));
        }

        http.Features.Get<IHttpMetricsTagsFeature>()?.Tags.Add(new(Tenant, principal.Tenant));
    }

    private static string HashOf(Principal principal) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{principal.Tenant}/{principal.Actor}")).AsSpan(0, 8));
}
