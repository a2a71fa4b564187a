using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace FaultMaven.ServiceDefaults.Identity;

/// <summary>Who the call that is served comes from.</summary>
/// <param name="Principal">For whom it is made.</param>
/// <param name="Via">The service that makes it for them in the course of its own work; null if they make it themselves.</param>
public sealed record CallIdentity(Principal Principal, string? Via)
{
    /// <summary>The identity of the call that is served. Every call of our services has one.</summary>
    public static CallIdentity Of(ServerCallContext context) =>
        context.GetHttpContext().Features.Get<CallIdentity>()
        ?? throw new InvalidOperationException("This is not a call of one of our services.");

    /// <summary>The identity of the call that this code runs for, and the service that serves it; null in the background.</summary>
    internal static (CallIdentity Identity, string Service)? OfCurrent(IHttpContextAccessor accessor) =>
        accessor.HttpContext is { } http
        && http.Features.Get<CallIdentity>() is { } identity
        && http.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>() is { } served
            ? (identity, IdentityTokens.AudienceOf(served.Method.ServiceName))
            : null;
}
