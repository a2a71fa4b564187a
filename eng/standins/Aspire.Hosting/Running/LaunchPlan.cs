using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

/// <summary>What to start for one replica of a resource.</summary>
internal sealed record LaunchPlan(string Command, IReadOnlyList<string> Args, string WorkingDirectory, IReadOnlyDictionary<string, string> Environment)
{
    public static async Task<LaunchPlan> CreateAsync(IResource resource, int replica, string id, string? otlpEndpoint, CancellationToken cancellationToken)
    {
        var args = new CommandLineArgsCallbackContext([]);
        foreach (var annotation in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>())
        {
            annotation.Callback(args);
        }

        var resolvedArgs = new List<string>();
        foreach (var arg in args.Args)
        {
            resolvedArgs.Add(await ResolveAsync(arg, resource, replica, cancellationToken));
        }

        var environment = await EnvironmentAsync(resource, replica, id, otlpEndpoint, cancellationToken);
        if (resource is ExecutableResource executable)
        {
            return new LaunchPlan(executable.Command, resolvedArgs, executable.WorkingDirectory, environment);
        }

        var project = resource.Annotations.OfType<ProjectMetadataAnnotation>().Single().Project;
        var assembly = (project as IBuiltProjectMetadata)?.AssemblyPath
            ?? throw new DistributedApplicationException($"It is not known where the project of '{resource.Name}' was built.");
        return new LaunchPlan(DotnetHost(), [assembly, .. resolvedArgs], Path.GetDirectoryName(project.ProjectPath)!, environment);
    }

    private static async Task<Dictionary<string, string>> EnvironmentAsync(
        IResource resource, int replica, string id, string? otlpEndpoint, CancellationToken cancellationToken)
    {
        var variables = new Dictionary<string, object>();
        if (resource is ProjectResource)
        {
            variables["OTEL_SERVICE_NAME"] = resource.Name;
            variables["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={id}";
            if (otlpEndpoint is not null)
            {
                variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = otlpEndpoint;
                variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc";
                variables["OTEL_BLRP_SCHEDULE_DELAY"] = "1000";
                variables["OTEL_BSP_SCHEDULE_DELAY"] = "1000";
                variables["OTEL_METRIC_EXPORT_INTERVAL"] = "1000";
                variables["OTEL_TRACES_SAMPLER"] = "always_on";
            }
        }

        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>().Where(e => e.TargetPortEnvironmentVariable is not null))
        {
            variables[endpoint.TargetPortEnvironmentVariable!] =
                new EndpointReference((IResourceWithEndpoints)resource, endpoint.Name).Property(EndpointProperty.TargetPort);
        }

        var context = new EnvironmentCallbackContext(variables, cancellationToken);
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            annotation.Callback(context);
        }

        var environment = new Dictionary<string, string>();
        foreach (var (name, value) in context.EnvironmentVariables)
        {
            environment[name] = await ResolveAsync(value, resource, replica, cancellationToken);
        }

        return environment;
    }

    private static async Task<string> ResolveAsync(object value, IResource owner, int replica, CancellationToken cancellationToken) => value switch
    {
        string text => text,
        ProjectResourceBuilderExtensions.Joined urls => urls.Resolve(replica),
        EndpointReferenceExpression endpoint when endpoint.Endpoint.Resource == owner => endpoint.Resolve(replica),
        IValueProvider provider => await provider.GetValueAsync(cancellationToken) ?? "",
        _ => $"{value}",
    };

    /// <summary>The dotnet that runs this process, wherever it is installed.</summary>
    private static string DotnetHost() =>
        Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet"));
}
