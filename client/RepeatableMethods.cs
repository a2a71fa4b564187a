using FaultMaven.Protos;
using Google.Protobuf.Reflection;
using Grpc.Net.Client.Configuration;
using Idempotency = Google.Protobuf.Reflection.MethodOptions.Types.IdempotencyLevel;

namespace FaultMaven.Client;

/// <summary>
/// The methods that may run twice, as the contract marks them. UNAVAILABLE can mean that a call ran and its answer was lost, so only these
/// are repeated.
/// </summary>
public static class RepeatableMethods
{
    /// <summary>Those that take one request.</summary>
    public static IReadOnlyList<MethodName> OfOneRequest { get; } = [.. Find(method => !method.IsClientStreaming)];

    /// <summary>All of them. A stream of requests is repeated as long as it fits into the channel's buffer.</summary>
    public static IReadOnlyList<MethodName> All { get; } = [.. Find(_ => true)];

    private static IEnumerable<MethodName> Find(Func<MethodDescriptor, bool> isWanted) => Contract.Services
        .SelectMany(service => service.Methods)
        .Where(method => isWanted(method) && (IsIdempotent(method) || TakesRequestId(method)))
        .Select(method => new MethodName { Service = method.Service.FullName, Method = method.Name });

    private static bool IsIdempotent(MethodDescriptor method) =>
        method.GetOptions()?.IdempotencyLevel is Idempotency.NoSideEffects or Idempotency.Idempotent;

    // The first result of a request id is given again (AIP-155).
    private static bool TakesRequestId(MethodDescriptor method) => method.InputType.FindFieldByName(RequestIds.Field) is not null;
}
