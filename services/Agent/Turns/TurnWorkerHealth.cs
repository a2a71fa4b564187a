using System.Collections.Concurrent;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace FaultMaven.Agents.Turns;

/// <summary>
/// Whether turns are worked on. Unhealthy if no worker is free to take a turn because all are stuck, or if unfinished turns are not looked
/// for; degraded if some workers are stuck.
/// </summary>
internal sealed class TurnWorkerHealth(IOptions<TurnOptions> options, TimeProvider time) : IHealthCheck
{
    // A turn ends within its time limit; recording its answer takes less than this.
    private static readonly TimeSpan s_allowance = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<int, DateTimeOffset> _runningSince = [];
    private long _sweptTicks = time.GetUtcNow().UtcTicks;

    /// <summary>A worker has taken a turn.</summary>
    public void Began(int worker) => _runningSince[worker] = time.GetUtcNow();

    /// <summary>A worker is free again.</summary>
    public void Finished(int worker) => _runningSince.TryRemove(worker, out _);

    /// <summary>Unfinished turns were looked for.</summary>
    public void Swept() => Interlocked.Exchange(ref _sweptTicks, time.GetUtcNow().UtcTicks);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var workers = options.Value.Parallel;
        var stuck = _runningSince.Values.Count(since => now - since > options.Value.TimeLimit + s_allowance);
        var sinceSweep = TimeSpan.FromTicks(now.UtcTicks - Interlocked.Read(ref _sweptTicks));
        var facts = new Dictionary<string, object> { ["workers"] = workers, ["busy"] = _runningSince.Count, ["stuck"] = stuck };
        return Task.FromResult(
            sinceSweep > options.Value.Lease + s_allowance
                ? HealthCheckResult.Unhealthy($"Unfinished turns were last looked for {sinceSweep} ago.", data: facts)
            : stuck == workers ? HealthCheckResult.Unhealthy($"All {workers} workers are stuck.", data: facts)
            : stuck > 0 ? HealthCheckResult.Degraded($"{stuck} of {workers} workers are stuck.", data: facts)
            : HealthCheckResult.Healthy(data: facts));
    }
}
