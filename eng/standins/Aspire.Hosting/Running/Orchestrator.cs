using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Running;

/// <summary>Starts every resource when the host starts, and stops them, dependants first, when it stops.</summary>
internal sealed partial class Orchestrator(IServiceProvider services, bool withDashboard) : IHostedService, IDisposable
{
    private static readonly TimeSpan s_dashboardPatience = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource _stopping = new();
    private readonly ResourceNotificationService _notifications = services.GetRequiredService<ResourceNotificationService>();
    private readonly ILogger _logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("Aspire.AppHost");
    private List<ResourceProcess> _processes = [];
    private Task _starting = Task.CompletedTask;
    private Dashboard? _dashboard;
    private Watchdog? _watchdog;

    public ResourceProcess? Find(string resourceId) => _processes.FirstOrDefault(process => process.Id == resourceId);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var resources = services.GetRequiredService<DistributedApplicationModel>().Resources;
        if (resources.OfType<ContainerResource>().FirstOrDefault() is { } container)
        {
            throw new DistributedApplicationException(
                $"'{container.Name}' is a container, and this build uses the stand-in of Aspire.Hosting, which runs none (eng/standins/README.md).");
        }

        Ports.Allocate(resources);
        _watchdog = new Watchdog();
        var environment = services.GetRequiredService<IHostEnvironment>();
        if (withDashboard)
        {
            _dashboard = Dashboard.Start(services.GetRequiredService<IConfiguration>(), environment.ContentRootPath, LoggerOf(environment, "dashboard"));
            if (_dashboard is not null)
            {
                _watchdog.Started(_dashboard.Process.Id);
            }
        }

        _processes = [.. resources.Where(resource => resource is ProjectResource or ExecutableResource).SelectMany(resource => Replicas(resource, environment))];
        foreach (var connection in resources.OfType<IResourceWithConnectionString>())
        {
            _notifications.Publish(
                connection, connection.Name, before => before with { State = KnownResourceStates.Running, HealthStatus = HealthStatus.Healthy });
        }

        _starting = Task.WhenAll(_processes.Select(process => StartOneAsync(process, _stopping.Token)));
        LogListening(resources);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        await _stopping.CancelAsync();
        await _starting;

        var stopped = new Dictionary<IResource, Task>();
        await Task.WhenAll(_processes.Select(process => StopAfterDependantsAsync(process.Resource, stopped)));
        if (_dashboard is not null)
        {
            await _dashboard.Process.StopAsync(s_dashboardPatience);
            _watchdog?.Ended(_dashboard.Process.Id);
        }
    }

    public void Dispose()
    {
        // The container disposes it as what it is and as a hosted service.
        _processes.ForEach(process => process.Dispose());
        _processes = [];
        _watchdog?.Dispose();
        _watchdog = null;
        _stopping.Dispose();
    }

    private IEnumerable<ResourceProcess> Replicas(IResource resource, IHostEnvironment environment)
    {
        var count = resource.Replicas();
        return Enumerable.Range(0, count).Select(replica => new ResourceProcess(
            resource,
            count == 1 ? resource.Name : $"{resource.Name}-{replica}",
            replica,
            _dashboard?.OtlpEndpoint,
            _notifications,
            services.GetRequiredService<HealthCheckService>(),
            _watchdog!,
            LoggerOf(environment, resource.Name)));
    }

    private async Task StartOneAsync(ResourceProcess process, CancellationToken stopping)
    {
        try
        {
            await process.StartWhenDependenciesAreHealthyAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            // Stopped while it waited.
        }
        catch (DistributedApplicationException e)
        {
            LogWaitedInVain(process.Id, e.Message);
            _notifications.Publish(process.Resource, process.Id, before => before with { State = KnownResourceStates.FailedToStart });
        }
    }

    private Task StopAfterDependantsAsync(IResource resource, Dictionary<IResource, Task> stopped)
    {
        if (!stopped.TryGetValue(resource, out var stopping))
        {
            stopping = StopAsync();
            stopped[resource] = stopping;
        }

        return stopping;

        async Task StopAsync()
        {
            var dependants = _processes.Select(process => process.Resource)
                .Where(other => other.Annotations.OfType<WaitAnnotation>().Any(wait => wait.Resource == resource));
            await Task.WhenAll(dependants.Select(dependant => StopAfterDependantsAsync(dependant, stopped)));
            await Task.WhenAll(_processes.Where(process => process.Resource == resource).Select(process => process.StopAsync(CancellationToken.None)));
        }
    }

    private ILogger LoggerOf(IHostEnvironment environment, string resource) =>
        services.GetRequiredService<ILoggerFactory>().CreateLogger($"{environment.ApplicationName}.Resources.{resource}");

    private void LogListening(IEnumerable<IResource> resources)
    {
        LogDashboard(_dashboard is null
            ? "none: its CLI is not installed (npm install @microsoft/aspire-cli-linux-x64)"
            : $"{_dashboard.Frontend}, OTLP {_dashboard.OtlpEndpoint}");
        foreach (var resource in resources.OfType<IResourceWithEndpoints>())
        {
            foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
            {
                var reference = new EndpointReference(resource, endpoint.Name);
                for (var replica = 0; replica < endpoint.AllocatedPorts.Count; replica++)
                {
                    LogEndpoint(resource.Name, endpoint.Name, reference.UrlOf(replica));
                }
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Dashboard: {Where}")]
    private partial void LogDashboard(string where);

    [LoggerMessage(LogLevel.Information, "{Resource} listens for {Endpoint} on {Url}")]
    private partial void LogEndpoint(string resource, string endpoint, string url);

    [LoggerMessage(LogLevel.Error, "{Resource} does not start: {Reason}")]
    private partial void LogWaitedInVain(string resource, string reason);
}
