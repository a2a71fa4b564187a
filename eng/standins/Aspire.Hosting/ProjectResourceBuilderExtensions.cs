using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static class ProjectResourceBuilderExtensions
{
    /// <summary>Adds a project that the app host refers to. Launch profiles are not read here: <paramref name="launchProfileName"/> must be null.</summary>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(
        this IDistributedApplicationBuilder builder, string name, string? launchProfileName)
        where TProject : IProjectMetadata, new()
    {
        if (launchProfileName is not null)
        {
            throw new NotSupportedException("The stand-in of Aspire.Hosting reads no launch profiles.");
        }

        var project = builder.AddResource(new ProjectResource(name));
        project.Resource.Annotations.Add(new ProjectMetadataAnnotation(new TProject()));

        return project.WithEnvironment(context =>
        {
            var listening = project.Resource.Annotations.OfType<EndpointAnnotation>()
                .Where(endpoint => endpoint.UriScheme == "http" && endpoint.TargetPortEnvironmentVariable is null)
                .Select(endpoint => new EndpointReference(project.Resource, endpoint.Name).Property(EndpointProperty.Url))
                .ToArray();
            if (listening.Length > 0)
            {
                context.EnvironmentVariables["ASPNETCORE_URLS"] = new Joined(listening);
            }
        });
    }

    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas)
    {
        builder.Resource.Annotations.Add(new ReplicaAnnotation(replicas));
        return builder;
    }

    /// <summary>Several URLs in one variable.</summary>
    internal sealed record Joined(IReadOnlyList<EndpointReferenceExpression> Urls)
    {
        public string Resolve(int replica) => string.Join(';', Urls.Select(url => url.Resolve(replica)));
    }
}
