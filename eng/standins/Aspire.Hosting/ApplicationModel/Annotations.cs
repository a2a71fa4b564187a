namespace Aspire.Hosting.ApplicationModel;

public sealed class EnvironmentCallbackContext(Dictionary<string, object> environmentVariables, CancellationToken cancellationToken = default)
{
    /// <summary>Values are strings or <see cref="IValueProvider"/>s.</summary>
    public Dictionary<string, object> EnvironmentVariables { get; } = environmentVariables;

    public CancellationToken CancellationToken { get; } = cancellationToken;
}

public sealed class EnvironmentCallbackAnnotation(Action<EnvironmentCallbackContext> callback) : IResourceAnnotation
{
    public Action<EnvironmentCallbackContext> Callback { get; } = callback;
}

public sealed class CommandLineArgsCallbackContext(IList<object> args)
{
    public IList<object> Args { get; } = args;
}

public sealed class CommandLineArgsCallbackAnnotation(Action<CommandLineArgsCallbackContext> callback) : IResourceAnnotation
{
    public Action<CommandLineArgsCallbackContext> Callback { get; } = callback;
}

/// <summary>A resource that must be healthy before this one starts.</summary>
public sealed class WaitAnnotation(IResource resource) : IResourceAnnotation
{
    public IResource Resource { get; } = resource;
}

/// <summary>A health check, registered under <paramref name="key"/>, that decides whether the resource is healthy.</summary>
public sealed class HealthCheckAnnotation(string key) : IResourceAnnotation
{
    public string Key { get; } = key;
}

public sealed class ReplicaAnnotation(int replicas = 1) : IResourceAnnotation
{
    public int Replicas { get; } = replicas;
}

/// <summary>That one resource refers to another, and how.</summary>
public sealed class ResourceRelationshipAnnotation(IResource resource, string type) : IResourceAnnotation
{
    public IResource Resource { get; } = resource;

    public string Type { get; } = type;
}

/// <summary>The project behind a <see cref="ProjectResource"/>.</summary>
internal sealed class ProjectMetadataAnnotation(IProjectMetadata project) : IResourceAnnotation
{
    public IProjectMetadata Project { get; } = project;
}
