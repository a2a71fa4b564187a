using System.CommandLine;
using FaultMaven.Standalone;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FaultMaven.Cli.Connections;

/// <summary>How this process hosts the services: it decides itself when they stop, and what a person gets to read is its own.</summary>
internal static class EmbeddedServices
{
    private static readonly TimeSpan s_timeToStop = TimeSpan.FromSeconds(30);

    public static StandaloneOptions Options(string directory, ParseResult parse) => new()
    {
        DataDirectory = directory,
        Shared = false,
        LogLevel = parse.GetValue(GlobalOptions.Verbose) ? LogLevel.Information : LogLevel.None,
        ConfigureServices = Configure,
    };

    public static void Configure(IServiceCollection services)
    {
        services.AddSingleton<IHostLifetime, CommandLifetime>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = s_timeToStop);
    }

    // The usual lifetime stops the services on Ctrl-C while the command still needs them to cancel what it has begun.
    private sealed class CommandLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
