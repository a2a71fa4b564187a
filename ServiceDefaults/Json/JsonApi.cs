using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ErrorDetailsReflection = Google.Rpc.ErrorDetailsReflection;

namespace FaultMaven.ServiceDefaults.Json;

/// <summary>
/// The JSON form of the RPCs, by their HTTP rules. It is strict: a field, parameter or path that the contract does not have is refused, and
/// every failure has a <c>google.rpc.Status</c> as its body.
/// </summary>
internal static class JsonApi
{
    public static void AddJsonApi(this IGrpcServerBuilder grpc) => grpc.AddJsonTranscoding(json =>
    {
        json.TypeRegistry = TypeRegistry.FromFiles(ErrorDetailsReflection.Descriptor);

        // As the JSON form of protobuf has it: readers with doubles for numbers lose digits beyond 2^53.
        json.JsonSettings.WriteInt64sAsStrings = true;
    });

    public static void UseJsonApi(this WebApplication app)
    {
        app.UseStatusCodePages(DescribeAsync);
        app.UseMiddleware<JsonRequestMiddleware>();
    }

    // Failures of HTTP itself: no such path, not this verb.
    private static Task DescribeAsync(StatusCodeContext context)
    {
        var http = context.HttpContext;
        if (IsGrpc(http.Request))
        {
            return Task.CompletedTask;
        }

        // Routing says 404 for another verb where a path could also be that of an unknown gRPC method.
        if (http.Response.StatusCode == StatusCodes.Status404NotFound && JsonPaths.VerbsOf(http.Request.Path) is { Count: > 0 } verbs
            && !verbs.Contains(http.Request.Method, StringComparer.Ordinal))
        {
            http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            http.Response.Headers.Allow = string.Join(", ", verbs);
        }

        return JsonFault.WriteAsync(http, JsonFault.OfStatusCode(http.Response));
    }

    private static bool IsGrpc(HttpRequest request) =>
        request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) == true;
}
