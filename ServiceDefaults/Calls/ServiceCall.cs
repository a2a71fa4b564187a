using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using Grpc.Core;

namespace FaultMaven.ServiceDefaults.Calls;

/// <summary>Translates another service's failure where it is called, so that its status never becomes ours.</summary>
public static class ServiceCall
{
    /// <summary>
    /// Awaits a call to another service. If that service is down, overloaded or broken the call fails with UNAVAILABLE and
    /// <paramref name="reason"/>; if it is late, with DEADLINE_EXCEEDED. Answers about the request itself (NOT_FOUND and the like) pass as
    /// plain <see cref="RpcException"/>s for the caller to interpret.
    /// </summary>
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

    /// <summary>What a failure of another service means for our caller, or null if it is an answer about the request.</summary>
    public static RpcException? Translate(string service, ErrorReason reason, RpcException exception) => exception.StatusCode switch
    {
        StatusCode.DeadlineExceeded => RpcFault.DeadlineExceeded(service),
        StatusCode.Unavailable or StatusCode.Internal or StatusCode.Unknown or StatusCode.ResourceExhausted or StatusCode.Unimplemented =>
            RpcFault.Unavailable(reason, $"The {service} service did not answer; retry.", ("service", service)),
        _ => null,
    };
}
