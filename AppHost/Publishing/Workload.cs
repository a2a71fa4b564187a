namespace FaultMaven.AppHost.Publishing;

/// <summary>
/// A service or store of the app model with what a container needs to run it. Values are those of the model: text, endpoints, parameters.
/// </summary>
internal sealed record Workload(
    string Name,
    string Image,
    bool IsService,
    string? Entrypoint,
    IReadOnlyList<object> Arguments,
    IReadOnlyList<KeyValuePair<string, object>> Environment,
    IReadOnlyList<ContainerMountAnnotation> Volumes,
    IReadOnlyList<EndpointAnnotation> Endpoints,
    IReadOnlyList<string> WaitsFor,
    Footprint Footprint)
{
    public const string HttpEndpoint = "http";

    /// <summary>The image user: <c>app</c> of .NET's images, or the user that Redis's and RabbitMQ's images make.</summary>
    public int User => IsService ? 1654 : 999;

    public static async Task<IReadOnlyList<Workload>> ReadAsync(
        DistributedApplicationModel model, DistributedApplicationExecutionContext execution, CancellationToken cancellationToken)
    {
        var workloads = new List<Workload>();
        foreach (var resource in model.Resources)
        {
            if (resource is ProjectResource or ContainerResource)
            {
                workloads.Add(await ReadAsync(resource, execution, cancellationToken));
            }
        }

        return workloads;
    }

    private static async Task<Workload> ReadAsync(
        IResource resource, DistributedApplicationExecutionContext execution, CancellationToken cancellationToken)
    {
        var arguments = new CommandLineArgsCallbackContext([], resource, cancellationToken) { ExecutionContext = execution };
        foreach (var annotation in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>())
        {
            await annotation.Callback(arguments);
        }

        var environment = new EnvironmentCallbackContext(execution, resource, cancellationToken: cancellationToken);
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            await annotation.Callback(environment);
        }

        return new Workload(
            resource.Name,
            ImageOf(resource),
            resource is ProjectResource,
            (resource as ContainerResource)?.Entrypoint,
            [.. arguments.Args],
            [.. environment.EnvironmentVariables.OrderBy(variable => variable.Key, StringComparer.Ordinal)],
            [.. resource.Annotations.OfType<ContainerMountAnnotation>()],
            [.. resource.Annotations.OfType<EndpointAnnotation>()],
            [.. resource.Annotations.OfType<WaitAnnotation>().Select(wait => wait.Resource.Name).Distinct()],
            resource.Annotations.OfType<Footprint>().LastOrDefault() ?? Footprint.Default);
    }

    // A project's image is built by the SDK; services/Directory.Build.props names it after the project's folder too.
    private static string ImageOf(IResource resource)
    {
        if (resource.Annotations.OfType<IProjectMetadata>().LastOrDefault() is { } project)
        {
            return $"faultmaven-{Path.GetFileName(Path.GetDirectoryName(project.ProjectPath))!.ToLowerInvariant()}";
        }

        return resource.TryGetContainerImageName(out var image)
            ? image
            : throw new DistributedApplicationException($"'{resource.Name}' has no container image.");
    }
}
