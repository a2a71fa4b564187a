using System.Reflection;
using Aspire.Hosting.Pipelines;
using Microsoft.Extensions.DependencyInjection;

namespace FaultMaven.AppHost.Publishing;

internal static class PublishingRegistration
{
    /// <summary>
    /// Adds a pipeline step to <c>aspire publish</c>, and to <c>dotnet run -- --operation publish --step publish</c>, that writes the app
    /// model as
    /// Compose and Kubernetes files below <c>--output-path</c>. Aspire's own packages for these are in preview.
    /// </summary>
    public static void AddDeploymentFiles(this IDistributedApplicationBuilder builder) =>
        builder.Pipeline.AddStep("deployment-files", WriteAsync, requiredBy: WellKnownPipelineSteps.Publish);

    private static async Task WriteAsync(PipelineStepContext context)
    {
        var workloads = await Workload.ReadAsync(context.Model, context.ExecutionContext, context.CancellationToken);
        var version = typeof(PublishingRegistration)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
        var output = context.Services.GetRequiredService<IPipelineOutputService>().GetOutputDirectory();
        foreach (var file in new ComposeFiles(version).Write(workloads).Concat(new KubernetesFiles(version).Write(workloads)))
        {
            var path = Path.Combine(output, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, file.Content, context.CancellationToken);
        }
    }
}
