using System.Globalization;

namespace FaultMaven.AppHost.Publishing;

/// <summary>
/// Writes a value of the app model as text of a deployment file. A resource's name is its host name in Compose and in Kubernetes alike,
/// so only
/// literals (quoting) and parameters (secrets) differ.
/// </summary>
internal sealed class ValueWriter(Func<string, string> literal, Func<ParameterResource, string> parameter)
{
    public string Write(object? value) => value switch
    {
        null => "",
        string text => literal(text),
        ParameterResource secret => parameter(secret),
        EndpointReference endpoint => Write(endpoint, EndpointProperty.Url),
        EndpointReferenceExpression part => Write(part.Endpoint, part.Property),
        ConnectionStringReference reference => Write(reference.Resource.ConnectionStringExpression),
        IResourceWithConnectionString resource => Write(resource.ConnectionStringExpression),
        ReferenceExpression { IsConditional: true } choice => Write(Holds(choice) ? choice.WhenTrue : choice.WhenFalse),
        ReferenceExpression text =>
            string.Format(CultureInfo.InvariantCulture, literal(text.Format), [.. text.ValueProviders.Select(Write)]),
        _ => throw new DistributedApplicationException($"A value of type {value.GetType()} cannot be written to a deployment file."),
    };

    private bool Holds(ReferenceExpression choice) =>
        string.Equals(Write(choice.Condition), choice.MatchValue, StringComparison.OrdinalIgnoreCase);

    private static string Write(EndpointReference endpoint, EndpointProperty property)
    {
        var host = endpoint.Resource.Name;
        var port = (endpoint.EndpointAnnotation.TargetPort
            ?? throw new DistributedApplicationException($"The endpoint '{endpoint.EndpointName}' of '{host}' has no port."))
            .ToString(CultureInfo.InvariantCulture);
        var scheme = endpoint.EndpointAnnotation.UriScheme;
        return property switch
        {
            EndpointProperty.Host or EndpointProperty.IPV4Host => host,
            EndpointProperty.Port or EndpointProperty.TargetPort => port,
            EndpointProperty.HostAndPort => $"{host}:{port}",
            EndpointProperty.Scheme => scheme,
            EndpointProperty.TlsEnabled => bool.FalseString,
            EndpointProperty.Url => $"{scheme}://{host}:{port}",
            _ => throw new DistributedApplicationException($"{property} of an endpoint cannot be written to a deployment file."),
        };
    }
}
