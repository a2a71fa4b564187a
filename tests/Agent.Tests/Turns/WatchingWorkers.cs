using FaultMaven.Agents.Turns;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using static FaultMaven.Agents.Tests.Turns.AgentHost;

namespace FaultMaven.Agents.Tests.Turns;

public class WatchingWorkers
{
    private static readonly TurnOptions s_options = new() { Parallel = 2 };

    private readonly FakeTimeProvider _time = new();
    private readonly TurnWorkerHealth _health;

    public WatchingWorkers() => _health = new(Options.Create(s_options), _time);

    [Fact]
    public async Task Free_and_busy_workers_are_healthy()
    {
        _health.Began(0);
        _health.Began(1);
        await AssertAsync(HealthStatus.Healthy, after: s_options.TimeLimit);

        _health.Finished(0);
        _health.Finished(1);
        await AssertAsync(HealthStatus.Healthy, after: TimeSpan.FromDays(1));
    }

    [Fact]
    public async Task Workers_that_run_past_every_limit_are_stuck()
    {
        _health.Began(0);
        await AssertAsync(HealthStatus.Degraded, after: TimeSpan.FromMinutes(10));

        _health.Began(1);
        await AssertAsync(HealthStatus.Unhealthy, after: TimeSpan.FromMinutes(10));

        _health.Finished(1);
        await AssertAsync(HealthStatus.Degraded, after: TimeSpan.Zero);
    }

    [Fact]
    public async Task A_sweep_that_does_not_come_is_unhealthy()
    {
        _time.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(HealthStatus.Unhealthy, (await _health.CheckHealthAsync(new(), Cancel)).Status);
    }

    private async Task AssertAsync(HealthStatus status, TimeSpan after)
    {
        _time.Advance(after);
        _health.Swept();

        Assert.Equal(status, (await _health.CheckHealthAsync(new(), Cancel)).Status);
    }
}
