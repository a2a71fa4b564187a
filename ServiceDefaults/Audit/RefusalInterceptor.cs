using FaultMaven.ServiceDefaults.Identity;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace FaultMaven.ServiceDefaults.Audit;

/// <summary>
/// Has refusals of known callers written down that the rule of the method did not make: what handlers do not permit. A call that is
/// written down anyway has its refusal as its end.
/// </summary>
internal sealed class RefusalInterceptor(AuditTrail trail) : Interceptor
{
    private static readonly object s_audited = new();

    /// <summary>Says that the call is written down.</summary>
    public static void LeaveToAudit(ServerCallContext context) => context.UserState[s_audited] = s_audited;

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (RpcException exception) when (IsRefusal(exception, context))
        {
            await RecordAsync(exception, context);
            throw;
        }
    }

    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(requestStream, context);
        }
        catch (RpcException exception) when (IsRefusal(exception, context))
        {
            await RecordAsync(exception, context);
            throw;
        }
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (RpcException exception) when (IsRefusal(exception, context))
        {
            await RecordAsync(exception, context);
            throw;
        }
    }

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(requestStream, responseStream, context);
        }
        catch (RpcException exception) when (IsRefusal(exception, context))
        {
            await RecordAsync(exception, context);
            throw;
        }
    }

    private static bool IsRefusal(RpcException exception, ServerCallContext context) =>
        AuditTrail.IsRefusal(exception)
        && !context.UserState.ContainsKey(s_audited)
        && CalledMethod.IsOurs(CalledMethod.Of(context));

    private Task RecordAsync(RpcException exception, ServerCallContext context) =>
        trail.RecordRefusalAsync(CallIdentity.Current, CalledMethod.Of(context), exception);
}
