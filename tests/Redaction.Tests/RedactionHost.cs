using FaultMaven.ServiceDefaults;
using FaultMaven.ServiceDefaults.Cases;
using FaultMaven.ServiceDefaults.Identity;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.Tests.Shared;
using Google.Protobuf;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace FaultMaven.Redaction.Tests;

/// <summary>
/// The real service in memory, composed as its Program does, on a store that several of them may share: a Redis server as in the
/// distributed system, or the embedded one.
/// </summary>
internal sealed class RedactionHost : IAsyncDisposable
{
    // Made up; a fixed key lets two hosts act as replicas of one installation.
    private const string Key = "dGVzdC1rZXktdGhhdC1pcy1vbmx5LWZvci10ZXN0cyEhISE=";

    private readonly WebApplication _app;
    private readonly TimeProvider _time;

    private RedactionHost(WebApplication app, TimeProvider time) => (_app, _time) = (app, time);

    public static Task<RedactionHost> StartAsync(
        RedisServer redis,
        CancellationToken cancellationToken,
        string key = Key,
        IReadOnlyDictionary<string, string?>? settings = null,
        TimeProvider? time = null) =>
        StartAsync(
            builder => builder.Configuration.AddInMemoryCollection(
                new Dictionary<string, string?> { ["ConnectionStrings:redis"] = redis.ConnectionString }),
            key,
            settings,
            time,
            cancellationToken);

    public static Task<RedactionHost> StartAsync(
        EmbeddedState state,
        CancellationToken cancellationToken,
        IReadOnlyDictionary<string, string?>? settings = null,
        TimeProvider? time = null) =>
        StartAsync(builder => builder.Services.AddSingleton<IStateStoreProvider>(state), Key, settings, time, cancellationToken);

    private static async Task<RedactionHost> StartAsync(
        Action<WebApplicationBuilder> addStore,
        string key,
        IReadOnlyDictionary<string, string?>? settings,
        TimeProvider? time,
        CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders().AddFakeLogging();
        builder.Configuration.AddInMemoryCollection(TestIdentity.Settings);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Redaction:Key"] = key });
        builder.Configuration.AddInMemoryCollection(settings ?? new Dictionary<string, string?>());
        time ??= TimeProvider.System;
        builder.Services.AddSingleton(time);
        addStore(builder);
        builder.AddServiceDefaults();
        builder.AddRedactionService();
        builder.AddCaseAccess<EveryCase>();

        var app = builder.Build();
        app.MapDefaultEndpoints();
        app.MapRedactionService();
        await app.StartAsync(cancellationToken);
        return new RedactionHost(app, time);
    }

    /// <summary>What it logged, newest last.</summary>
    public FakeLogCollector Log => _app.Services.GetFakeLogCollector();

    /// <summary>Where it keeps its state.</summary>
    public StateStore Store => _app.Services.GetRequiredKeyedService<StateStore>("redaction");

    public Proto.RedactionService.RedactionServiceClient CreateClient(Principal? principal = null) => new(CreateChannel(principal));

    public Proto.RedactionPolicyService.RedactionPolicyServiceClient CreatePolicyClient() => new(CreateChannel());

    public HttpClient CreateHttpClient() =>
        new(TestIdentity.Signing(_app.GetTestServer().CreateHandler(), "redaction", null, _time))
        {
            BaseAddress = _app.GetTestServer().BaseAddress,
        };

    /// <summary>Handles a message as if the bus had brought it.</summary>
    public Task PublishAsync(IMessage message, CancellationToken cancellationToken) =>
        _app.Services.PublishEventAsync(message, cancellationToken);

    private GrpcChannel CreateChannel(Principal? principal = null)
    {
        var server = _app.GetTestServer();
        return GrpcChannel.ForAddress(server.BaseAddress,
            new GrpcChannelOptions
            {
                HttpHandler = TestIdentity.Signing(server.CreateHandler(), "", principal, _time),
                MaxReceiveMessageSize = null,
            });
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }
}
