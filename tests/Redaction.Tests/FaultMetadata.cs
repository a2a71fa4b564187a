using Google.Rpc;
using Grpc.Core;

namespace FaultMaven.Redaction.Tests;

internal static class FaultMetadata
{
    /// <summary>A fact that an error carries, or null.</summary>
    public static string? MetadataOf(this RpcException fault, string key) =>
        fault.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Metadata.TryGetValue(key, out var value) is true ? value : null;
}
