using System.Globalization;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;

namespace FaultMaven.Gateway.Forwarding;

/// <summary>Failures in the form of gRPC over HTTP/2.</summary>
internal static class GrpcFault
{
    private const string StatusHeader = "grpc-status";
    private const string MessageHeader = "grpc-message";

    /// <summary>Answers with nothing but a status.</summary>
    public static Task AnswerAsync(HttpContext context, RpcException fault)
    {
        context.Response.ContentType = "application/grpc";
        Write(context.Response.Headers, fault);
        return context.Response.CompleteAsync();
    }

    /// <summary>Ends an answer that has begun with a status.</summary>
    public static void End(HttpContext context, RpcException fault)
    {
        if (context.Features.Get<IHttpResponseTrailersFeature>()?.Trailers is { IsReadOnly: false } trailers)
        {
            Write(trailers, fault);
        }
    }

    private static void Write(IHeaderDictionary headers, RpcException fault)
    {
        headers[StatusHeader] = ((int)fault.StatusCode).ToString(CultureInfo.InvariantCulture);
        headers[MessageHeader] = Uri.EscapeDataString(fault.Status.Detail);
        foreach (var trailer in fault.Trailers.Where(trailer => trailer.IsBinary))
        {
            headers[trailer.Key] = Convert.ToBase64String(trailer.ValueBytes);
        }
    }
}
