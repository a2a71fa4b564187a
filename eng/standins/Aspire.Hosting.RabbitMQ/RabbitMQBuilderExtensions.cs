using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting
{
    /// <summary>RabbitMQ in a container. Model only: the stand-in runs no containers and says so when the application starts.</summary>
    public static class RabbitMQBuilderExtensions
    {
        public static IResourceBuilder<RabbitMQServerResource> AddRabbitMQ(this IDistributedApplicationBuilder builder, string name, int? port = null) =>
            builder.AddResource(new RabbitMQServerResource(name)).WithEndpoint(port: port, targetPort: 5672, scheme: "amqp", name: "tcp");

        public static IResourceBuilder<RabbitMQServerResource> WithDataVolume(
            this IResourceBuilder<RabbitMQServerResource> builder, string? name = null, bool isReadOnly = false) => builder;
    }
}

namespace Aspire.Hosting.ApplicationModel
{
    public class RabbitMQServerResource(string name) : ContainerResource(name), IResourceWithConnectionString
    {
        public ReferenceExpression ConnectionStringExpression =>
            ReferenceExpression.Create($"{new EndpointReference(this, "tcp").Property(EndpointProperty.Url)}");
    }
}
