using Grpc.Core;
using Grpc.Core.Interceptors;

namespace FaultMaven.ServiceDefaults.Identity;

/// <summary>
/// Adds an identity to each call to another service: the one that is worked for, or that of the service itself where it is none.
/// </summary>
/// <param name="tokens">Makes the tokens.</param>
/// <param name="process">What this process is called where it works by itself.</param>
internal sealed class IdentityCarrier(IdentityTokens tokens, string process) : Interceptor
{
    private readonly CallIdentity _process = new(new Principal("", process, PrincipalKind.Service, []), process);

    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context,
        BlockingUnaryCallContinuation<TRequest, TResponse> continuation) =>
        continuation(request, WithIdentity(context));

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context,
        AsyncUnaryCallContinuation<TRequest, TResponse> continuation) =>
        continuation(request, WithIdentity(context));

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation) =>
        continuation(request, WithIdentity(context));

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context, AsyncClientStreamingCallContinuation<TRequest, TResponse> continuation) =>
        continuation(WithIdentity(context));

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context, AsyncDuplexStreamingCallContinuation<TRequest, TResponse> continuation) =>
        continuation(WithIdentity(context));

    private ClientInterceptorContext<TRequest, TResponse> WithIdentity<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context)
        where TRequest : class
        where TResponse : class
    {
        // Where services share a process they share the clients, and each has added this.
        if (context.Options.Headers?.Get(IdentityTokens.Header) is not null)
        {
            return context;
        }

        var identity = CallIdentity.Onward ?? _process;
        var headers = new Metadata();
        foreach (var entry in context.Options.Headers ?? [])
        {
            headers.Add(entry);
        }

        headers.Add(IdentityTokens.Header, tokens.Create(identity, IdentityTokens.AudienceOf(context.Method.ServiceName)));
        return new(context.Method, context.Host, context.Options.WithHeaders(headers));
    }
}
