using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace FaultMaven.ServiceDefaults.Identity;

/// <summary>Which method of the contract a call is about.</summary>
internal static class CalledMethod
{
    private const string OurServices = "/faultmaven.";

    /// <summary>The full name, such as <c>/faultmaven.session.v1.SessionService/GetCase</c>.</summary>
    // As JSON the call's own name is the path of the request.
    public static string Of(ServerCallContext context) =>
        context.GetHttpContext().GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method.FullName ?? context.Method;

    /// <summary>Whether the contract has it; health and reflection are the library's.</summary>
    public static bool IsOurs(string method) => method.StartsWith(OurServices, StringComparison.Ordinal);
}
