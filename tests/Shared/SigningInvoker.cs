using FaultMaven.ServiceDefaults.Identity;
using Grpc.Core;

namespace FaultMaven.Tests.Shared;

/// <summary>Makes calls as someone.</summary>
public sealed class SigningInvoker(CallInvoker inner, Principal principal) : CallInvoker
{
    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        inner.BlockingUnaryCall(method, host, Signed(method, options), request);

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        inner.AsyncUnaryCall(method, host, Signed(method, options), request);

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        inner.AsyncServerStreamingCall(method, host, Signed(method, options), request);

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options) =>
        inner.AsyncClientStreamingCall(method, host, Signed(method, options));

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options) =>
        inner.AsyncDuplexStreamingCall(method, host, Signed(method, options));

    private CallOptions Signed(IMethod method, CallOptions options)
    {
        var token = TestIdentity.TokenFor(IdentityTokens.AudienceOf(method.ServiceName), principal);
        return options.WithHeaders(new Metadata { { IdentityTokens.Header, token } });
    }
}
