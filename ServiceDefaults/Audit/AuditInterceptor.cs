using FaultMaven.ServiceDefaults.Identity;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace FaultMaven.ServiceDefaults.Audit;

/// <summary>
/// Has calls that change something written down: that they begin, before anything is changed, and how they ended, before they are answered.
/// If that cannot be, the call fails.
/// </summary>
internal sealed class AuditInterceptor(AuditTrail trail) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        if (Find(context) is not { } call)
        {
            return await continuation(request, context);
        }

        await call.BeginAsync(request);
        return await EndAsync(call, context, () => continuation(request, context));
    }

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation) => Find(context) is { } call
            ? EndAsync(call, context, () => continuation(new Requests<TRequest>(requestStream, call), context))
            : continuation(requestStream, context);

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        if (Find(context) is not { } call)
        {
            await continuation(request, responseStream, context);
            return;
        }

        await call.BeginAsync(request);
        await EndAsync<object>(call, context, async () =>
        {
            await continuation(request, new Answers<TResponse>(responseStream, call), context);
            return call;
        });
    }

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation) => Find(context) is { } call
            ? EndAsync<object>(call, context, async () =>
            {
                await continuation(new Requests<TRequest>(requestStream, call), new Answers<TResponse>(responseStream, call), context);
                return call;
            })
            : continuation(requestStream, responseStream, context);

    private AuditedCall? Find(ServerCallContext context)
    {
        var method = CalledMethod.Of(context);
        var call = CalledMethod.IsOurs(method) ? trail.Find(method, CallIdentity.Current) : null;
        if (call is not null)
        {
            RefusalInterceptor.LeaveToAudit(context);
        }

        return call;
    }

    private static async Task<T> EndAsync<T>(AuditedCall call, ServerCallContext context, Func<Task<T>> work)
        where T : class
    {
        T answer;
        try
        {
            answer = await work();
        }
        catch (Exception exception)
        {
            await call.EndAsync(exception, context.CancellationToken.IsCancellationRequested);
            throw;
        }

        call.Answer(answer);
        await call.EndAsync(null, callerLeft: false);
        return answer;
    }

    // The first request names what it is about.
    private sealed class Requests<T>(IAsyncStreamReader<T> requests, AuditedCall call) : IAsyncStreamReader<T>
    {
        public T Current => requests.Current;

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            var hasNext = await requests.MoveNext(cancellationToken);
            await call.BeginAsync(hasNext ? requests.Current : null);
            return hasNext;
        }
    }

    private sealed class Answers<T>(IServerStreamWriter<T> answers, AuditedCall call) : IServerStreamWriter<T>
    {
        public WriteOptions? WriteOptions
        {
            get => answers.WriteOptions;
            set => answers.WriteOptions = value;
        }

        public Task WriteAsync(T message) => WriteAsync(message, CancellationToken.None);

        public Task WriteAsync(T message, CancellationToken cancellationToken)
        {
            call.Answer(message!);
            return answers.WriteAsync(message, cancellationToken);
        }
    }
}
