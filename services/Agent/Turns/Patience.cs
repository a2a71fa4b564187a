using Grpc.Core;

namespace FaultMaven.Agents.Turns;

/// <summary>Asks a service again while it is away, so that a turn outlives a restart of what it needs.</summary>
internal sealed class Patience(TimeProvider time)
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_attempt = TimeSpan.FromSeconds(10);

    /// <summary>Calls until there is an answer, good or bad.</summary>
    /// <exception cref="ServiceAwayException">The service was away until the caller gave up.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up on the first answer.</exception>
    public async Task<T> KeepAskingAsync<T>(string service, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        RpcException? away = null;
        for (var pause = s_firstPause; ; pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, s_longestPause.Ticks)))
        {
            try
            {
                if (away is not null)
                {
                    await Task.Delay(pause, time, cancellationToken);
                }

                using var attempt = new CancellationTokenSource(s_attempt, time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(attempt.Token, cancellationToken);
                return await call(either.Token);
            }
            catch (RpcException exception) when (!cancellationToken.IsCancellationRequested && IsAway(exception))
            {
                away = exception;
            }
            catch (Exception exception) when (cancellationToken.IsCancellationRequested && exception is RpcException or OperationCanceledException)
            {
                throw away is null ? new OperationCanceledException(cancellationToken) : new ServiceAwayException(service, away);
            }
        }
    }

    private static bool IsAway(RpcException exception) =>
        exception.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Cancelled or StatusCode.Internal or StatusCode.Unknown;
}

/// <summary>A service did not answer for as long as the turn could wait, or until it was stopped.</summary>
internal sealed class ServiceAwayException(string service, Exception cause) : Exception($"The {service} service did not answer.", cause)
{
    public string Service { get; } = service;
}
