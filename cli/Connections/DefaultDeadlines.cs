using Grpc.Core;
using Grpc.Core.Interceptors;

namespace FaultMaven.Cli.Connections;

/// <summary>Gives every call without a deadline the one of its kind, so that no command waits for ever on a server that went quiet.</summary>
internal sealed class DefaultDeadlines(TimeProvider time) : Interceptor
{
    private static readonly TimeSpan s_unary = TimeSpan.FromSeconds(30);

    // A watcher that sees no end within this time calls again, from where it was.
    private static readonly TimeSpan s_watch = TimeSpan.FromMinutes(1);

    // Uploads and pipes are as long as their input; this only ends what nobody will.
    private static readonly TimeSpan s_input = TimeSpan.FromDays(1);

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation) =>
        continuation(request, WithDeadline(context, s_unary));

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation) =>
        continuation(request, WithDeadline(context, s_watch));

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context, AsyncClientStreamingCallContinuation<TRequest, TResponse> continuation) =>
        continuation(WithDeadline(context, s_input));

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context, AsyncDuplexStreamingCallContinuation<TRequest, TResponse> continuation) =>
        continuation(WithDeadline(context, s_input));

    private ClientInterceptorContext<TRequest, TResponse> WithDeadline<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context, TimeSpan allowed)
        where TRequest : class
        where TResponse : class =>
        context.Options.Deadline is null
            ? new(context.Method, context.Host, context.Options.WithDeadline(time.GetUtcNow().UtcDateTime + allowed))
            : context;
}
