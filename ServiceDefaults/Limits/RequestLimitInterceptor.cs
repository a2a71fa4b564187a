using System.Globalization;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Options;

namespace FaultMaven.ServiceDefaults.Limits;

/// <summary>
/// Refuses unary calls beyond what the process takes on at a time. Streams are not counted: they read as fast as they are worked on, and
/// hold one message at a time.
/// </summary>
internal sealed class RequestLimitInterceptor(IOptions<RequestLimitOptions> options) : Interceptor
{
    private static readonly TimeSpan s_retryDelay = TimeSpan.FromSeconds(1);

    /// <summary>Smaller requests are not counted by their size, so that reads pass while large ones are worked on.</summary>
    private const int SmallRequest = 16 * 1024;

    private int _requests;
    private long _bytes;

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        // Health is asked for all the more when there is much to do.
        if (context.Method.StartsWith("/grpc.", StringComparison.Ordinal))
        {
            return await continuation(request, context);
        }

        var size = request is IMessage message && message.CalculateSize() is > SmallRequest and var bytes ? bytes : 0;
        var limits = options.Value;
        var requests = Interlocked.Increment(ref _requests);
        var total = Interlocked.Add(ref _bytes, size);
        try
        {
            if (requests > limits.MaxRequests)
            {
                throw Overloaded("requests", limits.MaxRequests);
            }

            // The first is let in whatever its size; its own limit is that of a message.
            if (size > 0 && total > limits.MaxRequestBytes && total > size)
            {
                throw Overloaded("bytes", limits.MaxRequestBytes);
            }

            context.GetHttpContext().Features.Set(new RequestPlace(this));
            return await continuation(request, context);
        }
        finally
        {
            Interlocked.Decrement(ref _requests);
            Interlocked.Add(ref _bytes, -size);
        }
    }

    /// <summary>Gives the place of a call, but not that of its bytes, to others for a while.</summary>
    public void Leave() => Interlocked.Decrement(ref _requests);

    /// <summary>Takes it back, also where others have filled all places.</summary>
    public void Return() => Interlocked.Increment(ref _requests);

    private static RpcException Overloaded(string limit, long maximum) => RpcFault.Exhausted(
        ErrorReason.Overloaded,
        s_retryDelay,
        "The service has as much to do as it accepts; retry.",
        ("limit", limit),
        ("maximum", maximum.ToString(CultureInfo.InvariantCulture)));
}

/// <summary>The place of a call among those in progress. One that only waits for another leaves it meanwhile.</summary>
internal sealed class RequestPlace(RequestLimitInterceptor limits)
{
    public void Leave() => limits.Leave();

    public void Return() => limits.Return();
}
