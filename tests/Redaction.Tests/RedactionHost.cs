using FaultMaven.ServiceDefaults;
using FaultMaven.Tests.Shared;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace FaultMaven.Redaction.Tests;

/// <summary>The real service in memory, composed as its Program does, on a Redis server that several of them may share.</summary>
internal sealed class RedactionHost : IAsyncDisposable
{
    // Made up; a fixed key lets two hosts act as replicas of one installation.
    private const string Key = "dGVzdC1rZXktdGhhdC1pcy1vbmx5LWZvci10ZXN0cyEhISE=";

    private readonly WebApplication _app;

    private RedactionHost(WebApplication app) => _app = app;

    public static async Task<RedactionHost> StartAsync(RedisServer redis, CancellationToken cancellationToken, string key = Key)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:redis"] = redis.ConnectionString,
            ["Redaction:Key"] = key,
        });
        builder.AddServiceDefaults();
        builder.AddRedactionService();

        var app = builder.Build();
        app.MapDefaultEndpoints();
        app.MapRedactionService();
        await app.StartAsync(cancellationToken);
        return new RedactionHost(app);
    }

    public Proto.RedactionService.RedactionServiceClient CreateClient()
    {
        var server = _app.GetTestServer();
        return new(GrpcChannel.ForAddress(
            server.BaseAddress, new GrpcChannelOptions { HttpHandler = server.CreateHandler(), MaxReceiveMessageSize = null }));
    }

    public HttpClient CreateHttpClient() => _app.GetTestClient();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }
}
