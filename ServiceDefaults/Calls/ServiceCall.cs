using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using Grpc.Core;

namespace FaultMaven.ServiceDefaults.Calls;

/// <summary>Translates another service's failure where it is called, so that its status never becomes ours.</summary>
public static class ServiceCall
{
    /// <summary>
    /// Awaits a call to another service. If that service is away the call fails with UNAVAILABLE and <paramref name="reason"/>; if it is
    /// late, with DEADLINE_EXCEEDED; if it has no room, with its RESOURCE_EXHAUSTED. Everything else passes as a plain
    /// <see cref="RpcException"/>: answers about the request (NOT_FOUND and the like) are for the caller to interpret, and what is left is
    /// a bug on our side, which is answered and logged as one.
    /// </summary>
    /// <param name="service">The name of the service.</param>
    /// <param name="reason">The reason for UNAVAILABLE.</param>
    /// <param name="call">The call.</param>
    public static async Task<T> To<T>(string service, ErrorReason reason, Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (RpcException exception) when (Translate(service, reason, exception) is { } fault)
        {
            throw fault;
        }
    }

    /// <summary>What a failure of another service means for our caller, or null if it is an answer about the request or a bug.</summary>
    public static RpcException? Translate(string service, ErrorReason reason, RpcException exception) => exception.StatusCode switch
    {
        StatusCode.DeadlineExceeded => RpcFault.DeadlineExceeded(service),
        StatusCode.Unavailable => RpcFault.Unavailable(reason, $"The {service} service did not answer; retry.", ("service", service)),
        // Full disks and stores stay what they are. Without a reason it is a message over gRPC's limit, which is our mistake.
        StatusCode.ResourceExhausted when RpcFault.ReasonOf(exception) != ErrorReason.Unspecified => RpcFault.PassOn(exception),
        _ => null,
    };
}
