using System.Globalization;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using ErrorDetailsReflection = Google.Rpc.ErrorDetailsReflection;
using RetryInfo = Google.Rpc.RetryInfo;
using RpcStatus = Google.Rpc.Status;

namespace FaultMaven.ServiceDefaults.Json;

/// <summary>Failures as JSON: a <c>google.rpc.Status</c>, with the status code of HTTP that fits.</summary>
public static class JsonFault
{
    private static readonly JsonFormatter s_formatter =
        new(JsonFormatter.Settings.Default.WithTypeRegistry(TypeRegistry.FromFiles(ErrorDetailsReflection.Descriptor)));

    /// <summary>Answers with a failure. A status code that is set already stays.</summary>
    public static Task WriteAsync(HttpContext context, RpcException fault)
    {
        var response = context.Response;
        if (response.StatusCode < StatusCodes.Status400BadRequest)
        {
            response.StatusCode = StatusCodeOf(fault.StatusCode);
        }

        response.ContentType = "application/json; charset=utf-8";
        var status = fault.GetRpcStatus() ?? new RpcStatus { Code = (int)fault.StatusCode, Message = fault.Status.Detail };
        if (status.GetDetail<RetryInfo>() is { RetryDelay: { } delay })
        {
            // Whole seconds; the body has the exact time.
            response.Headers.RetryAfter = Math.Ceiling(delay.ToTimeSpan().TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        return response.WriteAsync(s_formatter.Format(status), context.RequestAborted);
    }

    /// <summary>What a status code says that the framework answered without a body.</summary>
    internal static RpcException OfStatusCode(HttpResponse response) => response.StatusCode switch
    {
        StatusCodes.Status404NotFound => RpcFault.PathNotFound(),
        StatusCodes.Status405MethodNotAllowed => RpcFault.VerbNotAllowed(response.Headers.Allow.ToString()),
        StatusCodes.Status413PayloadTooLarge =>
            RpcFault.InvalidArgument(ErrorReason.TooLarge, "The request is larger than this address takes."),
        StatusCodes.Status502BadGateway or StatusCodes.Status503ServiceUnavailable or StatusCodes.Status504GatewayTimeout =>
            RpcFault.Unavailable(ErrorReason.ServiceUnavailable, "The service did not answer; retry."),
        >= StatusCodes.Status500InternalServerError => RpcFault.Internal(),
        _ => RpcFault.InvalidArgument(ErrorReason.MalformedRequest, "This address does not take such a request."),
    };

    private static int StatusCodeOf(StatusCode code) => code switch
    {
        StatusCode.InvalidArgument or StatusCode.FailedPrecondition or StatusCode.OutOfRange => StatusCodes.Status400BadRequest,
        StatusCode.Unauthenticated => StatusCodes.Status401Unauthorized,
        StatusCode.PermissionDenied => StatusCodes.Status403Forbidden,
        StatusCode.NotFound => StatusCodes.Status404NotFound,
        StatusCode.AlreadyExists or StatusCode.Aborted => StatusCodes.Status409Conflict,
        StatusCode.ResourceExhausted => StatusCodes.Status429TooManyRequests,
        StatusCode.Unimplemented => StatusCodes.Status501NotImplemented,
        StatusCode.Unavailable => StatusCodes.Status503ServiceUnavailable,
        StatusCode.DeadlineExceeded => StatusCodes.Status504GatewayTimeout,
        _ => StatusCodes.Status500InternalServerError,
    };
}
