namespace FaultMaven.AppHost.Native;

internal static class NativeRedis
{
    /// <summary>redis-server, reachable from this machine only.</summary>
    public static Store AddNativeRedis(this IDistributedApplicationBuilder builder, StateFolder state)
    {
        var folder = state.For(ResourceNames.Redis);
        Directory.CreateDirectory(folder);

        var server = builder.AddExecutable("redis-server", NativeProgram.Find("redis-server", "redis-server"), folder)
            .WithEndpoint(scheme: "tcp", name: "tcp", isProxied: false);
        var endpoint = server.GetEndpoint("tcp");
        server
            .WithArgs("--port", endpoint.Property(EndpointProperty.TargetPort))
            .WithArgs("--bind", "127.0.0.1", "-::1", "--dir", folder)
            .WithArgs(Containers.Durably)
            .WithAnswerCheck(endpoint, "PING\r\n"u8, "+PONG"u8);

        var connection = builder.AddConnectionString(
            ResourceNames.Redis,
            ReferenceExpression.Create($"{endpoint.Property(EndpointProperty.Host)}:{endpoint.Property(EndpointProperty.Port)}"));
        return new Store(connection, server);
    }
}
