using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Audit;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Options;

namespace FaultMaven.ServiceDefaults.Identity;

/// <summary>
/// Lets calls of our services in if they carry a valid token and the contract's rule allows them. Health and reflection are open.
/// </summary>
internal sealed class IdentityInterceptor(IdentityTokens tokens, IOptions<InstallationOptions> installation, AuditTrail audit) : Interceptor
{

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        using var work = (await CheckAsync(context))?.Enter(ServiceOf(context));
        return await continuation(request, context);
    }

    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        using var work = (await CheckAsync(context))?.Enter(ServiceOf(context));
        return await continuation(requestStream, context);
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        using var work = (await CheckAsync(context))?.Enter(ServiceOf(context));
        await continuation(request, responseStream, context);
    }

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        using var work = (await CheckAsync(context))?.Enter(ServiceOf(context));
        await continuation(requestStream, responseStream, context);
    }

    // Null for calls that are open. What is entered in here would not reach the caller of this method.
    private async ValueTask<CallIdentity?> CheckAsync(ServerCallContext context)
    {
        var http = context.GetHttpContext();
        var method = CalledMethod.Of(context);
        if (!CalledMethod.IsOurs(method))
        {
            return null;
        }

        var check = http.Request.Headers[IdentityTokens.Header] is [{ Length: > 0 } token]
            ? await tokens.CheckAsync(token, IdentityTokens.AudienceOf(method))
            : IdentityCheck.Refused(ErrorReason.IdentityMissing);
        var identity = check.Identity ?? throw check.ToFault();
        CallTelemetry.SetCaller(http, identity.Principal);
        if (CallRule.FindRefusal(method, identity, installation.Value.OperatingTenant) is { } refusal)
        {
            await audit.RecordRefusalAsync(identity, method, refusal);
            throw refusal;
        }

        return identity;
    }

    private static string ServiceOf(ServerCallContext context) => IdentityTokens.AudienceOf(CalledMethod.Of(context));
}
