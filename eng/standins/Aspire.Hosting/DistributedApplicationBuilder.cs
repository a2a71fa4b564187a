using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Running;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

internal sealed class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private readonly HostApplicationBuilder _host;
    private readonly TestingHook? _testing;

    public DistributedApplicationBuilder(string[] args, Assembly appHost, TestingHook? testing)
    {
        _testing = testing;
        AppHostDirectory = appHost.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(a => a.Key == "apphostprojectpath")?.Value
            ?? Directory.GetCurrentDirectory();
        _host = new HostApplicationBuilder(new HostApplicationBuilderSettings
        {
            Args = args,
            ContentRootPath = AppHostDirectory,
            ApplicationName = appHost.GetName().Name,
        });

        Services.AddHttpClient();
        Services.AddHealthChecks();
        Services.AddSingleton(new DistributedApplicationModel(Resources));
        Services.AddSingleton<ResourceNotificationService>();
        Services.AddSingleton(services => new Orchestrator(services, withDashboard: testing is null));
        Services.AddSingleton(services => new ResourceCommandService(services.GetRequiredService<Orchestrator>()));
        Services.AddHostedService(services => services.GetRequiredService<Orchestrator>());

        // Longer than the slowest child may take to stop, or children would be left behind.
        Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromMinutes(2));

        _host.Logging.AddFilter("Microsoft", LogLevel.Warning);
        _host.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        _host.Logging.AddFilter("System.Net.Http", LogLevel.Warning);
        _host.Logging.AddFilter("Polly", LogLevel.Warning);
        _host.Logging.AddConsoleFormatter<ResourceLogFormatter, Microsoft.Extensions.Logging.Console.ConsoleFormatterOptions>();
        _host.Logging.AddConsole(console => console.FormatterName = ResourceLogFormatter.FormatterName);
    }

    public ConfigurationManager Configuration => _host.Configuration;

    public string AppHostDirectory { get; }

    public IHostEnvironment Environment => _host.Environment;

    public IServiceCollection Services => _host.Services;

    public DistributedApplicationExecutionContext ExecutionContext { get; } = new();

    public IList<IResource> Resources { get; } = [];

    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource
    {
        if (Resources.Any(existing => string.Equals(existing.Name, resource.Name, StringComparison.OrdinalIgnoreCase)))
        {
            throw new DistributedApplicationException($"There is already a resource named '{resource.Name}'.");
        }

        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource => new ResourceBuilder<T>(this, resource);

    public DistributedApplication Build()
    {
        _testing?.Describe(this);
        return BuildApplication();
    }

    internal DistributedApplication BuildApplication() => new(_host.Build());

    private sealed record ResourceBuilder<T>(IDistributedApplicationBuilder ApplicationBuilder, T Resource) : IResourceBuilder<T>
        where T : IResource;
}
