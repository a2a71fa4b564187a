using System.Globalization;
using FaultMaven.Protos.Errors.V1;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace FaultMaven.ServiceDefaults.Errors;

/// <summary>
/// Gives a reason to the refusals that gRPC itself answers with before any of our code runs: unknown methods, messages over the size limit,
/// requests that cannot be decoded.
/// </summary>
internal sealed class RefusalDetails(RequestDelegate next)
{
    private const string Status = "grpc-status";
    private const string Message = "grpc-message";
    private const string Details = "grpc-status-details-bin";

    /// <summary>The default limit of gRPC for one message, in bytes.</summary>
    private const int MaxMessageBytes = 4 * 1024 * 1024;

    public async Task InvokeAsync(HttpContext context)
    {
        await next(context);

        if (context.Request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) != true
            || Trailers(context) is not { IsReadOnly: false } trailers
            || trailers.ContainsKey(Details)
            || !int.TryParse(trailers[Status], NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            || FaultFor((StatusCode)status, context) is not { } fault)
        {
            return;
        }

        trailers[Status] = ((int)fault.StatusCode).ToString(CultureInfo.InvariantCulture);
        trailers[Message] = Uri.EscapeDataString(fault.Status.Detail);
        trailers[Details] = Convert.ToBase64String(fault.Trailers.GetValueBytes(Details)!);
    }

    // A response without messages has its trailers among its headers, as long as nothing of it was sent.
    private static IHeaderDictionary? Trailers(HttpContext context) =>
        context.Response.HasStarted ? context.Features.Get<IHttpResponseTrailersFeature>()?.Trailers : context.Response.Headers;

    private static RpcException? FaultFor(StatusCode status, HttpContext context) => status switch
    {
        StatusCode.Unimplemented => RpcFault.Unimplemented(context.Request.Path.Value?.TrimStart('/') ?? ""),
        StatusCode.ResourceExhausted => RpcFault.InvalidArgument(
            ErrorReason.TooLarge,
            "The message is larger than one may be.",
            ("limit_bytes", MaxMessageBytes.ToString(CultureInfo.InvariantCulture))),

        // What our code throws has details; this failed before it.
        StatusCode.Unknown or StatusCode.Internal => RpcFault.InvalidArgument(
            ErrorReason.MalformedRequest, "The request is not a valid message of this method."),
        _ => null,
    };
}
