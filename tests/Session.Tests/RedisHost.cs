using FaultMaven.ServiceDefaults;
using FaultMaven.Tests.Shared;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;

namespace FaultMaven.Sessions.Tests;

/// <summary>The real Session on a real Redis of its own, without the services that it calls.</summary>
internal sealed class RedisHost : IAsyncDisposable
{
    private readonly RedisServer _redis;
    private readonly WebApplication _app;
    private readonly GrpcChannel _channel;

    private RedisHost(RedisServer redis, WebApplication app)
    {
        _redis = redis;
        _app = app;
        _channel = GrpcChannel.ForAddress(
            "http://localhost", new GrpcChannelOptions { HttpHandler = TestIdentity.Signing(app.GetTestServer().CreateHandler()) });
        Client = new(_channel);
    }

    public Proto.SessionService.SessionServiceClient Client { get; }

    public string RedisConnection => _redis.ConnectionString;

    public static async Task<RedisHost> StartAsync(CancellationToken cancellationToken)
    {
        var redis = await RedisServer.StartAsync(cancellationToken);
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?> { ["ConnectionStrings:redis"] = redis.ConnectionString });
        builder.Configuration.AddInMemoryCollection(TestIdentity.Settings);
        builder.AddServiceDefaults();
        builder.AddSessionService();
        var app = builder.Build();
        app.MapSessionService();
        await app.StartAsync(cancellationToken);
        return new RedisHost(redis, app);
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        await _redis.DisposeAsync();
    }
}
