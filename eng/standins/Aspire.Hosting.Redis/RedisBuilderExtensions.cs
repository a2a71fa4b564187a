using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting
{
    /// <summary>Redis in a container. Model only: the stand-in runs no containers and says so when the application starts.</summary>
    public static class RedisBuilderExtensions
    {
        public static IResourceBuilder<RedisResource> AddRedis(this IDistributedApplicationBuilder builder, string name, int? port = null) =>
            builder.AddResource(new RedisResource(name)).WithEndpoint(port: port, targetPort: 6379, scheme: "redis", name: "tcp");

        public static IResourceBuilder<RedisResource> WithDataVolume(
            this IResourceBuilder<RedisResource> builder, string? name = null, bool isReadOnly = false) => builder;

        public static IResourceBuilder<RedisResource> WithPersistence(
            this IResourceBuilder<RedisResource> builder, TimeSpan? interval = null, long keysChangedThreshold = 1) => builder;
    }
}

namespace Aspire.Hosting.ApplicationModel
{
    public class RedisResource(string name) : ContainerResource(name), IResourceWithConnectionString
    {
        public ReferenceExpression ConnectionStringExpression =>
            ReferenceExpression.Create($"{new EndpointReference(this, "tcp").Property(EndpointProperty.Url)}");
    }
}
