using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace FaultMaven.Client;

/// <summary>
/// Fills in an empty <c>request_id</c>: with it a call that is repeated, because its answer was lost, gives the first result. Callers that
/// stream set it in their first message.
/// </summary>
public sealed class RequestIds : Interceptor
{
    internal const string Field = "request_id";

    /// <inheritdoc/>
    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context,
        AsyncUnaryCallContinuation<TRequest, TResponse> continuation) =>
        continuation(WithId(request), context);

    /// <inheritdoc/>
    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context,
        BlockingUnaryCallContinuation<TRequest, TResponse> continuation) =>
        continuation(WithId(request), context);

    /// <inheritdoc/>
    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation) =>
        continuation(WithId(request), context);

    // A copy: the caller may send its own object again, and means another call then.
    private static TRequest WithId<TRequest>(TRequest request)
        where TRequest : class
    {
        if (request is not IMessage message
            || request is not IDeepCloneable<TRequest> original
            || message.Descriptor.FindFieldByName(Field) is not { } field
            || field.Accessor.GetValue(message) is not "")
        {
            return request;
        }

        var copy = original.Clone();
        field.Accessor.SetValue((IMessage)copy, Guid.NewGuid().ToString());
        return copy;
    }
}
