using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Json;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Yarp.ReverseProxy.Forwarder;

namespace FaultMaven.Gateway.Forwarding;

/// <summary>
/// A call on its way to a service. If the service does not answer, the caller gets UNAVAILABLE in the form that it understands.
/// </summary>
internal static class ForwardedCall
{
    public static async Task RunAsync(HttpContext context, Func<Task> next)
    {
        var isGrpc = context.Request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) == true;
        if (isGrpc)
        {
            // A stream may be silent; the caller's deadline ends it, and pings notice a caller that is gone.
            if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
            {
                rate.MinDataRate = null;
            }

            // With a stream under way the forwarder would reset it, which says INTERNAL to the caller.
            if (context.Features.Get<IHttpResetFeature>() is { } reset)
            {
                context.Features.Set<IHttpResetFeature>(new StatusInsteadOfReset(context, reset));
            }
        }

        await next();

        if (context.GetForwarderErrorFeature() is { } failure && IsOfService(failure.Error) && !context.Response.HasStarted)
        {
            var fault = Unavailable(context);
            context.Response.Clear();
            await (isGrpc ? GrpcFault.AnswerAsync(context, fault) : JsonFault.WriteAsync(context, fault));
        }
    }

    /// <summary>Whether the service is to blame, rather than the caller.</summary>
    public static bool IsOfService(ForwarderError error) => error is
        ForwarderError.Request or ForwarderError.RequestTimedOut or ForwarderError.RequestBodyDestination or ForwarderError.ResponseHeaders
        or ForwarderError.ResponseBodyDestination or ForwarderError.NoAvailableDestinations or ForwarderError.RequestCreation;

    /// <summary>What the caller is answered with.</summary>
    public static RpcException Unavailable(HttpContext context)
    {
        var service = ContractRoutes.ServiceOf(context.GetReverseProxyFeature().Cluster.Config.ClusterId);
        return RpcFault.Unavailable(ErrorReason.ServiceUnavailable, $"The {service} service did not answer; retry.", ("service", service));
    }
}
