using Google.Protobuf.Reflection;
using Google.Rpc;
using Grpc.Core;

namespace FaultMaven.ServiceDefaults.Audit;

/// <summary>Status codes by the names that gRPC has for them.</summary>
internal static class ContractStatus
{
    private static readonly EnumDescriptor s_codes = CodeReflection.Descriptor.EnumTypes.Single();

    /// <summary>Such as <c>NOT_FOUND</c>.</summary>
    public static string NameOf(StatusCode status) => s_codes.FindValueByNumber((int)status)?.Name ?? "UNKNOWN";
}
