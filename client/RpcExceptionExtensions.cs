using Grpc.Core;

namespace FaultMaven.Client;

/// <summary>Reads failures.</summary>
public static class RpcExceptionExtensions
{
    /// <summary>Why the call failed.</summary>
    public static FaultMavenError ToFaultMavenError(this RpcException exception) => FaultMavenError.From(exception);
}
