using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Routing;

namespace FaultMaven.ServiceDefaults;

/// <summary>The gRPC services that this process answers for; health and reflection name them.</summary>
public sealed class ServedServices
{
    private readonly HashSet<string> _others = [];
    private ICollection<EndpointDataSource> _sources = [];

    /// <summary>
    /// Full names, such as <c>faultmaven.agent.v1.AgentService</c>. Complete once the application has mapped its endpoints.
    /// </summary>
    public IReadOnlyList<string> Names =>
    [
        .. _sources.SelectMany(source => source.Endpoints)
            .Select(endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method.ServiceName)
            .OfType<string>()
            .Concat(_others)
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Adds services that are reached through this process but do not run in it.</summary>
    public void Add(IEnumerable<string> names) => _others.UnionWith(names);

    internal void Follow(ICollection<EndpointDataSource> sources) => _sources = sources;
}
