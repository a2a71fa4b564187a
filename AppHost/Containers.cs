namespace FaultMaven.AppHost;

internal static class Containers
{
    /// <summary>What Redis has acknowledged is on disk.</summary>
    public static readonly string[] Durably = ["--appendonly", "yes", "--appendfsync", "always"];

    public static Store AddContainerRedis(this IDistributedApplicationBuilder builder)
    {
        var redis = builder.AddRedis(ResourceNames.Redis).WithDataVolume().WithPersistence().WithArgs(Durably);
        return new Store(redis, redis);
    }

    public static Store AddContainerRabbitMq(this IDistributedApplicationBuilder builder)
    {
        var rabbitmq = builder.AddRabbitMQ(ResourceNames.RabbitMq).WithDataVolume();
        return new Store(rabbitmq, rabbitmq);
    }
}
