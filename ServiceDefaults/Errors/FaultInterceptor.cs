using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Json;
using FaultMaven.ServiceDefaults.Storage;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FaultMaven.ServiceDefaults.Errors;

/// <summary>Turns whatever a call throws into a typed error, and logs what no one meant to throw, once.</summary>
internal sealed partial class FaultInterceptor(IHostApplicationLifetime lifetime, TimeProvider time, ILogger<FaultInterceptor> logger)
    : Interceptor
{
    private const string OurServices = "/faultmaven.";

    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
        Guard(context, () => continuation(request, context));

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation) =>
        Guard(context, () => continuation(requestStream, context));

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        Guard(context, async () =>
        {
            await continuation(request, responseStream, context);
            return true;
        });

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        Guard(context, async () =>
        {
            await continuation(requestStream, responseStream, context);
            return true;
        });

    private async Task<T> Guard<T>(ServerCallContext context, Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (RpcFaultException)
        {
            throw;
        }
        catch (RpcException) when (!context.Method.StartsWith(OurServices, StringComparison.Ordinal))
        {
            // Health and reflection are the library's: NOT_FOUND for an unknown service is its answer, not a failure.
            throw;
        }
        catch (Exception exception) when (context.Deadline <= time.GetUtcNow().UtcDateTime || JsonDeadline.HasPassed(context))
        {
            LogLate(exception, context.Method);
            throw RpcFault.DeadlineExceeded(ServiceOf(context));
        }
        catch (Exception exception) when (context.CancellationToken.IsCancellationRequested || CallerLeft.Is(exception))
        {
            throw new RpcException(new Status(StatusCode.Cancelled, "The caller went away."));
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            throw RpcFault.Unavailable(
                ErrorReason.ServiceUnavailable, "The service is stopping; call again.", ("service", ServiceOf(context)));
        }
        catch (Exception exception) when (StoreFailure.Of(exception) is StoreFailureKind.Full)
        {
            LogStoreFull(exception, context.Method);
            throw RpcFault.Exhausted(ErrorReason.StorageFull, "The store is full; retry once it has room.", ("store", "state"));
        }
        catch (Exception exception) when (StoreFailure.Of(exception) is StoreFailureKind.Away)
        {
            LogStoreAway(exception, context.Method);
            throw RpcFault.Unavailable(ErrorReason.StoreUnavailable, "The store did not answer; retry.", ("store", "state"));
        }
        catch (StoreUnavailableException exception)
        {
            LogStoreAway(exception, context.Method);
            throw RpcFault.Unavailable(ErrorReason.StoreUnavailable, exception.Message, ("store", exception.Store));
        }
        catch (RpcException exception) when (exception.StatusCode is StatusCode.ResourceExhausted or StatusCode.Cancelled)
        {
            // From the framework: a message over the size limit, or a stream that the caller broke off.
            throw;
        }
        catch (Exception exception)
        {
            LogUnexpected(exception, context.Method);
            throw RpcFault.Internal();
        }
    }

    // The method is /faultmaven.session.v1.SessionService/GetCase; the service is session.
    private static string ServiceOf(ServerCallContext context) =>
        context.Method.Split('.') is [_, var service, ..] ? service : context.Method;

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Method} ran past its deadline.")]
    private partial void LogLate(Exception exception, string method);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} failed because the store is full.")]
    private partial void LogStoreFull(Exception exception, string method);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} failed because the store did not answer or takes no writes now.")]
    private partial void LogStoreAway(Exception exception, string method);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} failed unexpectedly.")]
    private partial void LogUnexpected(Exception exception, string method);
}
