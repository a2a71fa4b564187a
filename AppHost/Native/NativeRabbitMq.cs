namespace FaultMaven.AppHost.Native;

internal static class NativeRabbitMq
{
    /// <summary>
    /// Debian's rabbitmq-server on PATH is a wrapper that switches to another user and to system folders; this folder holds the original.
    /// </summary>
    private const string Unwrapped = "/usr/lib/rabbitmq/bin";

    /// <summary>
    /// rabbitmq-server, reachable from this machine only; everything it writes is below <paramref name="state"/>. Erlang's port mapper
    /// (epmd) is a
    /// separate resource: one that Erlang starts by itself would outlive the server. None of the ports is proxied: epmd reports the port it
    /// listens on, and a node that was given another one exits with code 0.
    /// </summary>
    public static Store AddNativeRabbitMq(this IDistributedApplicationBuilder builder, StateFolder state)
    {
        var folder = state.For(ResourceNames.RabbitMq);
        Directory.CreateDirectory(folder);

        var portMapper = builder.AddExecutable("epmd", NativeProgram.Find("epmd", "rabbitmq-server"), folder)
            .WithEndpoint(scheme: "tcp", name: "tcp", env: "ERL_EPMD_PORT", isProxied: false)
            .WithEnvironment("ERL_EPMD_ADDRESS", "127.0.0.1");
        var portMapperEndpoint = portMapper.GetEndpoint("tcp");

        var server = builder.AddExecutable("rabbitmq-server", NativeProgram.Find("rabbitmq-server", "rabbitmq-server", Unwrapped), folder)
            .WithEndpoint(scheme: "tcp", name: "tcp", env: "RABBITMQ_NODE_PORT", isProxied: false)
            .WithEndpoint(scheme: "tcp", name: "distribution", env: "RABBITMQ_DIST_PORT", isProxied: false)
            .WithEnvironment("ERL_EPMD_ADDRESS", "127.0.0.1")
            .WithEnvironment("ERL_EPMD_PORT", $"{portMapperEndpoint.Property(EndpointProperty.Port)}")
            .WithEnvironment("RABBITMQ_NODENAME", "faultmaven@localhost")
            .WithEnvironment("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1")
            .WithEnvironment("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "-kernel inet_dist_use_interface {127,0,0,1}")
            .WithEnvironment("RABBITMQ_LOGS", "-")
            // The health check connects and disconnects; RabbitMQ would log each time.
            .WithEnvironment("RABBITMQ_LOG", "warning,connection=error")
            .WithEnvironment("HOME", folder)
            .WithEnvironment("RABBITMQ_MNESIA_BASE", Path.Combine(folder, "mnesia"))
            .WithEnvironment("RABBITMQ_LOG_BASE", Path.Combine(folder, "log"))
            .WithEnvironment("RABBITMQ_SCHEMA_DIR", Path.Combine(folder, "schema"))
            .WithEnvironment("RABBITMQ_GENERATED_CONFIG_DIR", Path.Combine(folder, "config"))
            .WithEnvironment("RABBITMQ_PID_FILE", Path.Combine(folder, "pid"))
            .WithEnvironment("ERL_CRASH_DUMP", Path.Combine(folder, "erl_crash.dump"))
            // Files that don't exist, so that no system-wide setting applies.
            .WithEnvironment("RABBITMQ_CONF_ENV_FILE", Path.Combine(folder, "rabbitmq-env.conf"))
            .WithEnvironment("RABBITMQ_CONFIG_FILE", Path.Combine(folder, "rabbitmq.conf"))
            .WithEnvironment("RABBITMQ_ENABLED_PLUGINS_FILE", Path.Combine(folder, "enabled_plugins"))
            .WaitFor(portMapper);
        var endpoint = server.GetEndpoint("tcp");
        // The protocol header is answered by connection.start, a method frame (type 1); AMQP 0-9-1, section 4.2.2.
        server.WithAnswerCheck(endpoint, "AMQP\0\0\u0009\u0001"u8, "\u0001"u8);

        var connection = builder.AddConnectionString(
            ResourceNames.RabbitMq,
            ReferenceExpression.Create(
                $"amqp://guest:guest@{endpoint.Property(EndpointProperty.Host)}:{endpoint.Property(EndpointProperty.Port)}"));
        return new Store(connection, server);
    }
}
