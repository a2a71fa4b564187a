using FaultMaven.Protos;
using FaultMaven.ServiceDefaults.Identity;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FaultMaven.ServiceDefaults.Cases;

/// <summary>
/// Lets calls about a case in if their caller may do that in the case; a hidden case is answered as one that does not exist. The one place
/// for all RPCs of all services: which cases a request names, and what an RPC needs there, the contract says. Streams end when their caller
/// may not any more.
/// </summary>
/// <remarks>
/// Last of all, so that a request that is repeated after its case was deleted gets the answer it had.
/// </remarks>
internal sealed class CaseAccessInterceptor(IServiceProvider services, IOptions<CaseAccessOptions> options, TimeProvider time)
    : Interceptor
{
    private const string AllowMissing = "allow_missing";

    // Not where there are no cases, such as in the gateway.
    private readonly CaseGuard? _guard =
        services.GetService<ICaseAccessSource>() is { } source ? new CaseGuard(source) : null;

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        if (IsChecked(context) && request is IMessage message && CaseReferences.Find(message) is { Count: > 0 } cases)
        {
            try
            {
                await Guard.EnsureAsync(CalledMethod.Of(context), cases, isFresh: false, context.CancellationToken);
            }
            catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound && MayBeMissing(message))
            {
                return Activator.CreateInstance<TResponse>();
            }
        }

        return await continuation(request, context);
    }

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        return IsChecked(context) && request is IMessage message && CaseReferences.Find(message) is { Count: > 0 } cases
            ? RunAsync()
            : continuation(request, responseStream, context);

        async Task RunAsync()
        {
            await using var stream = new GuardedStream(Guard, options.Value.Pause, time, context);
            await stream.EnterAsync(cases);
            await stream.RunAsync(() => continuation(request, stream.Guard(responseStream), stream.Context));
        }
    }

    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        if (!IsChecked(context))
        {
            return await continuation(requestStream, context);
        }

        await using var stream = new GuardedStream(Guard, options.Value.Pause, time, context);
        TResponse? answer = null;
        await stream.RunAsync(async () => answer = await continuation(stream.Guard(requestStream), stream.Context));
        return answer!;
    }

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        if (!IsChecked(context))
        {
            await continuation(requestStream, responseStream, context);
            return;
        }

        await using var stream = new GuardedStream(Guard, options.Value.Pause, time, context);
        await stream.RunAsync(() => continuation(stream.Guard(requestStream), stream.Guard(responseStream), stream.Context));
    }

    private CaseGuard Guard =>
        _guard ?? throw new InvalidOperationException("This process has RPCs about cases and does not know who may see them.");

    // What a service does in the course of its own work was checked where the work began.
    private static bool IsChecked(ServerCallContext context) => CalledMethod.Of(context) is var method
        && CalledMethod.IsOurs(method)
        && !(CallIdentity.Current.Via is not null && Permissions.Find(method) is { ByServices: true });

    private static bool MayBeMissing(IMessage request) =>
        request.Descriptor.FindFieldByName(AllowMissing) is { FieldType: FieldType.Bool } field && (bool)field.Accessor.GetValue(request);
}
