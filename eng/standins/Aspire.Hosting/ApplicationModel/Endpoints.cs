using System.Globalization;

namespace Aspire.Hosting.ApplicationModel;

public enum EndpointProperty
{
    Url,
    Host,
    Port,
    TargetPort,
}

/// <summary>A port that a resource listens on. There is no proxy here: the port that callers use is the one listened on.</summary>
public sealed class EndpointAnnotation(string name, string uriScheme, int? port, string? targetPortEnvironmentVariable) : IResourceAnnotation
{
    public string Name { get; } = name;

    public string UriScheme { get; } = uriScheme;

    public int? Port { get; } = port;

    /// <summary>The environment variable that tells the resource the port; without one, an HTTP port is told in <c>ASPNETCORE_URLS</c>.</summary>
    public string? TargetPortEnvironmentVariable { get; } = targetPortEnvironmentVariable;

    /// <summary>One port per replica, once the application starts.</summary>
    internal IReadOnlyList<int> AllocatedPorts { get; set; } = [];
}

public sealed class EndpointReference(IResourceWithEndpoints owner, string endpointName) : IValueProvider
{
    public IResourceWithEndpoints Resource { get; } = owner;

    public string EndpointName { get; } = endpointName;

    public bool IsAllocated => Annotation.AllocatedPorts.Count > 0;

    public string Host => "localhost";

    public int Port => PortOf(replica: 0);

    public int? TargetPort => IsAllocated ? Port : null;

    public string Url => UrlOf(replica: 0);

    internal EndpointAnnotation Annotation =>
        Resource.Annotations.OfType<EndpointAnnotation>().FirstOrDefault(e => e.Name == EndpointName)
        ?? throw new InvalidOperationException($"The resource '{Resource.Name}' has no endpoint named '{EndpointName}'.");

    public EndpointReferenceExpression Property(EndpointProperty property) => new(this, property);

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => new(Url);

    internal int PortOf(int replica) => IsAllocated
        ? Annotation.AllocatedPorts[replica]
        : throw new InvalidOperationException($"The endpoint '{EndpointName}' of '{Resource.Name}' has no port before the application starts.");

    internal string UrlOf(int replica) => $"{Annotation.UriScheme}://{Host}:{PortOf(replica).ToString(CultureInfo.InvariantCulture)}";
}

/// <summary>One property of an endpoint. Seen from its own resource, a port is that of the replica being started.</summary>
public sealed class EndpointReferenceExpression(EndpointReference endpoint, EndpointProperty property) : IValueProvider
{
    public EndpointReference Endpoint { get; } = endpoint;

    public EndpointProperty Property { get; } = property;

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => new(Resolve(replica: 0));

    internal string Resolve(int replica) => Property switch
    {
        EndpointProperty.Host => Endpoint.Host,
        EndpointProperty.Port or EndpointProperty.TargetPort => Endpoint.PortOf(replica).ToString(CultureInfo.InvariantCulture),
        _ => Endpoint.UrlOf(replica),
    };
}
