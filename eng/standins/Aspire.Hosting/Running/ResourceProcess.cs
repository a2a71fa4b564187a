using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Running;

/// <summary>One replica of a project or an executable: its process, its state and its health.</summary>
internal sealed partial class ResourceProcess(
    IResource resource,
    string id,
    int replica,
    string? otlpEndpoint,
    ResourceNotificationService notifications,
    HealthCheckService healthChecks,
    Watchdog watchdog,
    ILogger output) : IDisposable
{
    /// <summary>Telemetry and messages are flushed at stop; after this the process is killed.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan s_untilHealthy = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_onceHealthy = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _changing = new(1);
    private readonly CancellationTokenSource _disposing = new();
    private ChildProcess? _child;
    private Task _watched = Task.CompletedTask;

    public IResource Resource { get; } = resource;

    public string Id { get; } = id;

    /// <summary>Starts it once what it waits for is healthy.</summary>
    public async Task StartWhenDependenciesAreHealthyAsync(CancellationToken cancellationToken)
    {
        var dependencies = Resource.Annotations.OfType<WaitAnnotation>().Select(wait => wait.Resource).ToArray();
        Publish(KnownResourceStates.Waiting);
        foreach (var dependency in dependencies)
        {
            await notifications.WaitForResourceHealthyAsync(dependency.Name, cancellationToken);
        }

        await StartAsync(cancellationToken);
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(cancellationToken);
        try
        {
            if (_child is { Exited.IsCompleted: false })
            {
                return;
            }

            await _watched;
            Publish(KnownResourceStates.Starting);
            var plan = await LaunchPlan.CreateAsync(Resource, replica, Id, otlpEndpoint, cancellationToken);
            _child = ChildProcess.Start(plan.Command, plan.Args, plan.WorkingDirectory, plan.Environment, output);
            watchdog.Started(_child.Id);
            _watched = WatchAsync(_child);
        }
        catch (DistributedApplicationException e)
        {
            LogCannotStart(e.Message);
            Publish(KnownResourceStates.FailedToStart);
        }
        finally
        {
            _changing.Release();
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(cancellationToken);
        try
        {
            if (_child is { Exited.IsCompleted: false } running)
            {
                Publish(KnownResourceStates.Stopping);
                await running.StopAsync(s_patience);
            }

            await _watched;
        }
        finally
        {
            _changing.Release();
        }
    }

    public void Dispose()
    {
        _disposing.Cancel();
        _disposing.Dispose();
        _changing.Dispose();
    }

    private async Task WatchAsync(ChildProcess child)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(_disposing.Token);
        var health = WatchHealthAsync(child, ended.Token);
        var exitCode = await child.Exited;
        await ended.CancelAsync();
        await health;

        watchdog.Ended(child.Id);
        LogEnded(exitCode);
        notifications.Publish(Resource, Id, before => before with { State = KnownResourceStates.Finished, ExitCode = exitCode, HealthStatus = null });
    }

    private async Task WatchHealthAsync(ChildProcess child, CancellationToken ended)
    {
        var keys = Resource.Annotations.OfType<HealthCheckAnnotation>().Select(check => check.Key).ToHashSet();
        notifications.Publish(Resource, Id, before => before with
        {
            State = KnownResourceStates.Running,
            Properties = [new ResourcePropertySnapshot("executable.pid", child.Id)],
            ExitCode = null,
            HealthStatus = keys.Count == 0 ? HealthStatus.Healthy : null,
        });

        try
        {
            while (keys.Count > 0)
            {
                var report = await healthChecks.CheckHealthAsync(check => keys.Contains(check.Name), ended);
                if (!child.Exited.IsCompleted && !ended.IsCancellationRequested)
                {
                    notifications.Publish(Resource, Id, before => before with { HealthStatus = report.Status });
                }

                await Task.Delay(report.Status == HealthStatus.Healthy ? s_onceHealthy : s_untilHealthy, ended);
            }
        }
        catch (OperationCanceledException)
        {
            // The process has ended; so has watching its health.
        }
    }

    private void Publish(string state) => notifications.Publish(Resource, Id, before => before with { State = state, HealthStatus = null });

    private void LogCannotStart(string reason) => LogCannotStart(output, Id, reason);

    private void LogEnded(int exitCode) => LogEnded(output, Id, exitCode);

    [LoggerMessage(LogLevel.Error, "{Resource} can't be started: {Reason}")]
    private static partial void LogCannotStart(ILogger logger, string resource, string reason);

    [LoggerMessage(LogLevel.Information, "{Resource} has ended with exit code {ExitCode}.")]
    private static partial void LogEnded(ILogger logger, string resource, int exitCode);
}
