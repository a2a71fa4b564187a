using System.Buffers;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using Grpc.Core;
using Microsoft.AspNetCore.Grpc.JsonTranscoding;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace FaultMaven.ServiceDefaults.Json;

/// <summary>
/// Checks a JSON request against the contract before it is transcoded: the framework ignores what it does not know, and its own messages
/// about values name .NET types instead of fields.
/// </summary>
internal sealed class JsonRequestMiddleware(RequestDelegate next, TimeProvider time)
{
    /// <summary>The largest body, in bytes: 4 MiB, which gRPC takes, with the bytes fields written in base64.</summary>
    private const int MaxBodySize = 6 * 1024 * 1024;

    private static readonly byte[] s_emptyMessage = "{}"u8.ToArray();

    public Task InvokeAsync(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<GrpcJsonTranscodingMetadata>() is { } method
            ? CheckAsync(context, method)
            : next(context);

    private async Task CheckAsync(HttpContext context, GrpcJsonTranscodingMetadata method)
    {
        byte[]? rented = null;
        JsonDeadline? deadline = null;
        try
        {
            deadline = JsonDeadline.Start(context, time);
            deadline?.ThrowIfPassed(method.MethodDescriptor);
            QueryCheck.Check(context.Request.Query, method.MethodDescriptor.InputType, method.HttpRule);
            if (method.HttpRule.Body.Length > 0)
            {
                (rented, var length) = await ReadAsync(context);
                CheckBody(context.Request, new ArraySegment<byte>(rented, 0, length), method);
            }
        }
        catch (RpcException fault)
        {
            Return(rented);
            deadline?.Dispose();
            await JsonFault.WriteAsync(context, fault);
            return;
        }

        if (method.MethodDescriptor.IsServerStreaming)
        {
            context.Response.OnStarting(LabelLines, context.Response);
        }

        try
        {
            await next(context);
        }
        finally
        {
            Return(rented);
            deadline?.Dispose();
        }
    }

    private static void CheckBody(HttpRequest request, ArraySegment<byte> body, GrpcJsonTranscodingMetadata method)
    {
        if (body.Count == 0)
        {
            // No fields; `curl -X POST …:cancel` sends neither a body nor its type.
            body = s_emptyMessage;
            request.ContentType = "application/json";
        }
        else if (!IsJson(request.ContentType))
        {
            throw RpcFault.InvalidField("content_type", "must be application/json, in UTF-8");
        }

        BodyCheck.Check(body, method.MethodDescriptor.InputType, method.HttpRule.Body);
        request.Body = new MemoryStream(body.Array!, body.Offset, body.Count, writable: false);
        request.ContentLength = body.Count;
    }

    private static async Task<(byte[] Buffer, int Length)> ReadAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MaxBodySize;
        }

        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(context.Request.ContentLength ?? 0, 4096, MaxBodySize) + 1);
        var length = 0;
        try
        {
            while (await context.Request.Body.ReadAsync(buffer.AsMemory(length), context.RequestAborted) is > 0 and var read)
            {
                length += read;
                if (length > MaxBodySize)
                {
                    throw TooLarge();
                }

                if (length == buffer.Length)
                {
                    var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                    buffer.AsSpan(0, length).CopyTo(larger);
                    Return(buffer);
                    buffer = larger;
                }
            }

            return (buffer, length);
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            Return(buffer);
            throw TooLarge();
        }
        catch
        {
            Return(buffer);
            throw;
        }
    }

    private static RpcException TooLarge() => RpcFault.InvalidArgument(
        ErrorReason.TooLarge, $"The body is larger than {MaxBodySize} bytes.", ("limit_bytes", $"{MaxBodySize}"));

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase))
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    // What people send is not left in a shared buffer.
    private static void Return(byte[]? buffer)
    {
        if (buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    // One message a line. The framework calls the whole of it JSON, which it is not.
    private static Task LabelLines(object response)
    {
        if (response is HttpResponse { StatusCode: StatusCodes.Status200OK } streamed)
        {
            streamed.ContentType = "application/x-ndjson; charset=utf-8";
        }

        return Task.CompletedTask;
    }
}
