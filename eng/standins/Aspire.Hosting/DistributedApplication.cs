using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>An application of several processes.</summary>
public sealed class DistributedApplication : IHost, IAsyncDisposable
{
    private readonly IHost _host;

    internal DistributedApplication(IHost host) => _host = host;

    public IServiceProvider Services => _host.Services;

    public ResourceNotificationService ResourceNotifications => Services.GetRequiredService<ResourceNotificationService>();

    public ResourceCommandService ResourceCommands => Services.GetRequiredService<ResourceCommandService>();

    public static IDistributedApplicationBuilder CreateBuilder(string[] args)
    {
        var testing = TestingHook.Current;
        return new DistributedApplicationBuilder(args, testing?.AppHost ?? Assembly.GetEntryAssembly()!, testing);
    }

    public Task StartAsync(CancellationToken cancellationToken = default) => _host.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken = default) => _host.StopAsync(cancellationToken);

    /// <summary>Runs until Ctrl-C or SIGTERM.</summary>
    public Task RunAsync(CancellationToken cancellationToken = default) => HostingAbstractionsHostExtensions.RunAsync(_host, cancellationToken);

    public void Run() => HostingAbstractionsHostExtensions.Run(_host);

    public void Dispose() => _host.Dispose();

    public async ValueTask DisposeAsync()
    {
        // Disposing what still runs must not leave processes behind.
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}
