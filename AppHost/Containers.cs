namespace FaultMaven.AppHost;

internal static class Containers
{
    /// <summary>Redis acknowledges a write once it is on disk.</summary>
    public static readonly string[] Durably = ["--appendonly", "yes", "--appendfsync", "always"];

    private const string Server = "redis-server";

    public static Store AddContainerRedis(this IDistributedApplicationBuilder builder)
    {
        var redis = builder.AddRedis(ResourceNames.Redis).WithDataVolume("redis-data").WithPersistence().WithArgs(AppendDurably);
        return new Store(redis, redis);
    }

    public static Store AddContainerRabbitMq(this IDistributedApplicationBuilder builder)
    {
        var rabbitmq = builder.AddRabbitMQ(ResourceNames.RabbitMq).WithDataVolume("rabbitmq-data");
        return new Store(rabbitmq, rabbitmq);
    }

    // Aspire starts Redis as sh -c "redis-server …", and a shell ignores arguments after its command: ours become part of the command.
    private static void AppendDurably(CommandLineArgsCallbackContext context)
    {
        var command = context.Args.ToList()
            .FindIndex(argument => argument is string text && text.StartsWith(Server, StringComparison.Ordinal));
        if (command < 0)
        {
            throw new DistributedApplicationException($"Aspire no longer starts Redis as '{Server} …'; its durability cannot be set.");
        }

        context.Args[command] = $"{context.Args[command]} {string.Join(' ', Durably)}";
    }
}
