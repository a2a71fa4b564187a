using FaultMaven.ServiceDefaults.State;
using FaultMaven.ServiceDefaults.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FaultMaven.Tests.Shared;

/// <summary>The stores of services in a Redis server, over a connection of their own, as a replica of a service has them.</summary>
public sealed class StateInRedis : IStateStoreProvider, IDisposable
{
    private readonly IHost _host;

    public StateInRedis(RedisServer server) => _host = Host(server);

    /// <summary>A host with the stores of some services, which has not started.</summary>
    public static IHost Host(RedisServer server, params IReadOnlyList<string> services)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?> { ["ConnectionStrings:redis"] = server.ConnectionString });
        builder.AddStore("redis");
        foreach (var service in services)
        {
            builder.AddState(service);
        }

        return builder.Build();
    }

    public StateStore Open(string service) => _host.Services.GetRequiredService<IStateStoreProvider>().Open(service);

    public void Dispose() => _host.Dispose();
}
