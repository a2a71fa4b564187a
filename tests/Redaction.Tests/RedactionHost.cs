using FaultMaven.Tests.Shared;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Mvc.Testing;

namespace FaultMaven.Redaction.Tests;

/// <summary>The real service in memory, on a Redis server that several of them may share.</summary>
internal sealed class RedactionHost : IAsyncDisposable
{
    // Made up; a fixed key lets two hosts act as replicas of one installation.
    private const string Key = "dGVzdC1rZXktdGhhdC1pcy1vbmx5LWZvci10ZXN0cyEhISE=";

    private readonly WebApplicationFactory<Program> _factory;

    private RedactionHost(WebApplicationFactory<Program> factory) => _factory = factory;

    public static RedactionHost On(RedisServer redis, string key = Key) =>
        new(new WebApplicationFactory<Program>().WithWebHostBuilder(web => web
            .UseSetting("ConnectionStrings:redis", redis.ConnectionString)
            .UseSetting("Redaction:Key", key)));

    public Proto.RedactionService.RedactionServiceClient CreateClient() => new(GrpcChannel.ForAddress(
        _factory.Server.BaseAddress, new GrpcChannelOptions { HttpHandler = _factory.Server.CreateHandler(), MaxReceiveMessageSize = null }));

    public HttpClient CreateHttpClient() => _factory.CreateClient();

    public ValueTask DisposeAsync() => _factory.DisposeAsync();
}
