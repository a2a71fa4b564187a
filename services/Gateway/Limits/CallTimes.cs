using System.Collections.Frozen;
using FaultMaven.Protos;
using FaultMaven.ServiceDefaults.Calls;
using Google.Protobuf.Reflection;
using Microsoft.Extensions.Options;

namespace FaultMaven.Gateway.Limits;

/// <summary>Gives every call that comes in a deadline, so that none goes on when no one waits for it any more.</summary>
internal sealed class CallTimes(IOptions<CallTimeOptions> options)
{
    private static readonly FrozenDictionary<string, MethodDescriptor> s_methods = Contract.Services
        .SelectMany(service => service.Methods)
        .ToFrozenDictionary(method => $"/{method.Service.FullName}/{method.Name}", StringComparer.Ordinal);

    /// <summary>Sets the deadline of a call.</summary>
    /// <param name="request">The request, in which the services read it.</param>
    /// <param name="method">The full name of the method; one that does not exist is answered at once.</param>
    public void Limit(HttpRequest request, string method)
    {
        if (!s_methods.TryGetValue(method, out var descriptor))
        {
            return;
        }

        var limit = LimitOf(descriptor);
        var given = request.Headers[GrpcTimeout.Header];
        var timeout = GrpcTimeout.Parse(given.ToString());

        // gRPC takes a malformed one for none; in JSON it is refused where the request is read.
        if (timeout > limit || (timeout is null && (given.Count == 0 || IsGrpc(request))))
        {
            request.Headers[GrpcTimeout.Header] = GrpcTimeout.Format(limit);
        }
    }

    private static bool IsGrpc(HttpRequest request) =>
        request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) == true;

    private TimeSpan LimitOf(MethodDescriptor method) => method switch
    {
        { IsClientStreaming: true } => options.Value.Upload,
        { IsServerStreaming: true } => options.Value.Watch,
        _ => options.Value.Unary,
    };
}
