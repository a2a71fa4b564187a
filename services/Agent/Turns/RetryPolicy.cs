using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace FaultMaven.Agents.Turns;

/// <summary>Calls a service again while it is unavailable, so that a turn survives a restart of the services it needs.</summary>
internal sealed class RetryPolicy(IOptions<TurnOptions> options, TimeProvider time)
{
    private static readonly TimeSpan s_firstDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_maxDelay = TimeSpan.FromSeconds(2);

    private readonly ResiliencePipeline _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = attempt => ValueTask.FromResult(IsUnavailable(attempt.Outcome.Exception)),
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = s_firstDelay,
            MaxDelay = s_maxDelay,
        })
        .AddTimeout(options.Value.CallTimeout)
        .Build();

    /// <summary>Calls until the service answers. A refusal of the request is an answer and is thrown as it came.</summary>
    /// <exception cref="ServiceUnavailableException">
    /// The service was unavailable until <paramref name="cancellationToken"/> was cancelled.
    /// </exception>
    /// <exception cref="OperationCanceledException">
    /// <paramref name="cancellationToken"/> was cancelled during the first attempt.
    /// </exception>
    public async Task<T> CallAsync<T>(string service, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        Exception? unavailable = null;
        try
        {
            return await _pipeline.ExecuteAsync(
                async attempt =>
                {
                    try
                    {
                        return await call(attempt);
                    }
                    catch (Exception exception) when (
                        !cancellationToken.IsCancellationRequested && (IsUnavailable(exception) || attempt.IsCancellationRequested))
                    {
                        unavailable = exception;
                        throw;
                    }
                },
                cancellationToken);
        }
        catch (Exception exception) when (
            cancellationToken.IsCancellationRequested && (exception is OperationCanceledException || IsUnavailable(exception)))
        {
            throw unavailable is null ? new OperationCanceledException(cancellationToken)
                : new ServiceUnavailableException(service, unavailable);
        }
    }

    /// <summary>Whether the same request may succeed later: the service is down, late or broken, or its disk is full.</summary>
    public static bool IsUnavailable(Exception? exception) => exception switch
    {
        TimeoutRejectedException => true,
        RpcException { StatusCode: StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Cancelled } => true,
        RpcException { StatusCode: StatusCode.Internal or StatusCode.Unknown } => true,

        // Without a reason of ours it is a message over the size limit, which stays too large.
        RpcException { StatusCode: StatusCode.ResourceExhausted } full => RpcFault.ReasonOf(full) != ErrorReason.Unspecified,
        _ => false,
    };
}

/// <summary>A service did not answer before the caller stopped waiting.</summary>
internal sealed class ServiceUnavailableException(string service, Exception cause)
    : Exception($"The {service} service did not answer.", cause)
{
    public string Service { get; } = service;
}
