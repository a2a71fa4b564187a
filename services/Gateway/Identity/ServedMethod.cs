using Grpc.AspNetCore.Server;
using Yarp.ReverseProxy.Model;

namespace FaultMaven.Gateway.Identity;

/// <summary>Which method of the contract a request calls, as gRPC or JSON, whether it is served here or forwarded.</summary>
internal static class ServedMethod
{
    private const string OurServices = "/faultmaven.";

    /// <summary>
    /// The full name, such as <c>/faultmaven.session.v1.SessionService/GetCase</c>. Null for what is open: health, reflection, the
    /// description of the API, and what does not exist.
    /// </summary>
    public static string? Find(HttpContext context)
    {
        var metadata = context.GetEndpoint()?.Metadata;
        var method = metadata?.GetMetadata<GrpcMethodMetadata>()?.Method.FullName
            ?? (metadata?.GetMetadata<RouteModel>() is { } route ? Find(route.Config.RouteId, context.Request.Path) : null);
        return method?.StartsWith(OurServices, StringComparison.Ordinal) == true ? method : null;
    }

    // The route of a service's gRPC is named after the service, that of JSON after the method and a number: see ContractRoutes.
    private static string? Find(string route, PathString path)
    {
        if (route.IndexOf('#', StringComparison.Ordinal) is >= 0 and var end)
        {
            var name = route.LastIndexOf('.', end);
            return $"/{route[..name]}/{route[(name + 1)..end]}";
        }

        return path.Value;
    }
}
