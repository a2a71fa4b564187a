using Grpc.Core;
using Grpc.Core.Interceptors;

namespace FaultMaven.Client;

/// <summary>Gives every call without a deadline the one of its kind: a call without a deadline can hang for ever.</summary>
/// <param name="time">The clock.</param>
/// <param name="unary">For calls with one request and one answer.</param>
/// <param name="watch">For streams of answers; null for none.</param>
/// <param name="upload">For calls that stream to the server; null for none.</param>
public sealed class DefaultDeadlines(TimeProvider time, TimeSpan unary, TimeSpan? watch, TimeSpan? upload) : Interceptor
{
    /// <summary>The deadlines that the options name.</summary>
    public static DefaultDeadlines Of(FaultMavenClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new DefaultDeadlines(options.TimeProvider, options.UnaryTimeout, options.WatchTimeout, options.UploadTimeout);
    }

    /// <inheritdoc/>
    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context,
        BlockingUnaryCallContinuation<TRequest, TResponse> continuation) =>
        continuation(request, WithDeadline(context, unary));

    /// <inheritdoc/>
    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context,
        AsyncUnaryCallContinuation<TRequest, TResponse> continuation) =>
        continuation(request, WithDeadline(context, unary));

    /// <inheritdoc/>
    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation) =>
        continuation(request, WithDeadline(context, watch));

    /// <inheritdoc/>
    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context, AsyncClientStreamingCallContinuation<TRequest, TResponse> continuation) =>
        continuation(WithDeadline(context, upload));

    /// <inheritdoc/>
    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context, AsyncDuplexStreamingCallContinuation<TRequest, TResponse> continuation) =>
        continuation(WithDeadline(context, upload));

    private ClientInterceptorContext<TRequest, TResponse> WithDeadline<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context, TimeSpan? allowed)
        where TRequest : class
        where TResponse : class =>
        context.Options.Deadline is null && allowed is { } limit
            ? new(context.Method, context.Host, context.Options.WithDeadline(time.GetUtcNow().UtcDateTime + limit))
            : context;
}
