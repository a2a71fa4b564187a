using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using FaultMaven.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FaultMaven.AppHost.Tests;

internal static class AppHosts
{
    /// <summary>Describes the application; nothing runs yet.</summary>
    /// <param name="infrastructure">Where the stores run.</param>
    /// <param name="state">The folder for what it keeps.</param>
    /// <param name="cancellationToken">Stops the description.</param>
    public static async Task<IDistributedApplicationTestingBuilder> DescribeAsync(
        string infrastructure, string state, CancellationToken cancellationToken)
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.FaultMaven_AppHost>(
            [
                $"--FAULTMAVEN_INFRASTRUCTURE={infrastructure}",
                $"--FAULTMAVEN_STATE={state}",
                $"--Parameters:identity-key={TestIdentity.Settings.Single().Value}",
            ],
            cancellationToken);

        // No collector runs here, and services would wait for one when they stop.
        foreach (var project in builder.Resources.OfType<ProjectResource>())
        {
            builder.CreateResourceBuilder(project).WithEnvironment("OTEL_EXPORTER_OTLP_ENDPOINT", "");
        }

        // A turn that cannot continue fails before the test's call to it times out.
        builder.CreateResourceBuilder((ProjectResource)builder.Resources.Single(resource => resource.Name == ResourceNames.Agent))
            .WithEnvironment("Agent__Turns__TimeLimit", "00:03:00")
            .WithEnvironment("Agent__Turns__Lease", "00:00:10");

        builder.Services.AddLogging(logging =>
        {
            logging.ClearProviders();
            logging.Services.AddSingleton<ILoggerProvider>(new ResourceLog(Path.Combine(AppContext.BaseDirectory, "resources.log")));
        });
        return builder;
    }
}
