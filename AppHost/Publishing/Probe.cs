namespace FaultMaven.AppHost.Publishing;

/// <summary>How a container is asked whether it is ready, and what its secrets are called.</summary>
internal static class Probe
{
    public const string Ready = "/health/ready";
    public const string Live = "/health/live";

    /// <summary>.NET's images have bash, whose <c>/dev/tcp</c> does without curl; the stores' images have a client.</summary>
    public static string Shell(Workload workload) => workload.IsService ? "/bin/bash" : "/bin/sh";

    /// <summary>Succeeds once the workload is ready.</summary>
    public static string Command(Workload workload) => workload.Name switch
    {
        ResourceNames.Redis => "redis-cli --no-auth-warning -a \"$REDIS_PASSWORD\" ping | grep -q PONG",
        ResourceNames.RabbitMq => "rabbitmq-diagnostics -q check_port_connectivity",
        _ when workload.IsService =>
            $"exec 3<>/dev/tcp/127.0.0.1/{PortOf(workload)} && "
            + $"printf 'GET {Ready} HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '",
        _ => throw new DistributedApplicationException($"How '{workload.Name}' is probed is not defined."),
    };

    public static int PortOf(Workload workload) =>
        workload.Endpoints.Single(endpoint => endpoint.Name == Workload.HttpEndpoint).TargetPort!.Value;

    /// <summary><c>redis-password</c> is <c>REDIS_PASSWORD</c>.</summary>
    public static string VariableOf(ParameterResource parameter) => parameter.Name.Replace('-', '_').ToUpperInvariant();
}
