using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Testing;

public static class DistributedApplicationHostingTestingExtensions
{
    /// <summary>The address of a resource's endpoint: the one named, or <c>http</c>.</summary>
    public static Uri GetEndpoint(this DistributedApplication app, string resourceName, string? endpointName = default) =>
        new(new EndpointReference((IResourceWithEndpoints)app.Resource(resourceName), endpointName ?? "http").Url);

    public static HttpClient CreateHttpClient(this DistributedApplication app, string resourceName, string? endpointName = default)
    {
        var client = app.Services.GetRequiredService<IHttpClientFactory>().CreateClient();
        client.BaseAddress = app.GetEndpoint(resourceName, endpointName);
        return client;
    }

    public static ValueTask<string?> GetConnectionStringAsync(
        this DistributedApplication app, string resourceName, CancellationToken cancellationToken = default) =>
        ((IResourceWithConnectionString)app.Resource(resourceName)).GetConnectionStringAsync(cancellationToken);

    private static IResource Resource(this DistributedApplication app, string name) =>
        app.Services.GetRequiredService<DistributedApplicationModel>().Resources.FirstOrDefault(resource => resource.Name == name)
        ?? throw new ArgumentException($"There is no resource named '{name}'.", nameof(name));
}
