using FaultMaven.Protos;
using Google.Protobuf.Reflection;
using Grpc.Net.Client.Configuration;

namespace FaultMaven.Client;

/// <summary>The methods that may run twice, as the contract marks them.</summary>
internal static class RepeatableMethods
{
    public static IReadOnlyList<MethodName> All { get; } =
    [
        .. Contract.Services.SelectMany(service => service.Methods)
            .Where(method => !method.IsClientStreaming && (HasNoSideEffects(method) || TakesRequestId(method)))
            .Select(method => new MethodName { Service = method.Service.FullName, Method = method.Name }),
    ];

    private static bool HasNoSideEffects(MethodDescriptor method) =>
        method.GetOptions()?.IdempotencyLevel == MethodOptions.Types.IdempotencyLevel.NoSideEffects;

    // The first result of a request id is given again (AIP-155).
    private static bool TakesRequestId(MethodDescriptor method) => method.InputType.FindFieldByName(RequestIds.Field) is not null;
}
