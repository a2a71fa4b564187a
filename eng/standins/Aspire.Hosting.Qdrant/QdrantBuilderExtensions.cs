using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting
{
    /// <summary>Qdrant in a container. Model only: the stand-in runs no containers and says so when the application starts.</summary>
    public static class QdrantBuilderExtensions
    {
        public static IResourceBuilder<QdrantServerResource> AddQdrant(this IDistributedApplicationBuilder builder, string name) =>
            builder.AddResource(new QdrantServerResource(name))
                .WithEndpoint(targetPort: 6334, scheme: "http", name: "grpc")
                .WithEndpoint(targetPort: 6333, scheme: "http", name: "http");

        public static IResourceBuilder<QdrantServerResource> WithDataVolume(
            this IResourceBuilder<QdrantServerResource> builder, string? name = null, bool isReadOnly = false) => builder;
    }
}

namespace Aspire.Hosting.ApplicationModel
{
    public class QdrantServerResource(string name) : ContainerResource(name), IResourceWithConnectionString
    {
        public ReferenceExpression ConnectionStringExpression =>
            ReferenceExpression.Create($"Endpoint={new EndpointReference(this, "grpc").Property(EndpointProperty.Url)}");
    }
}
