using System.Globalization;
using FaultMaven.Agents.Turns;
using FaultMaven.Protos.Agent.V1;
using FaultMaven.Protos.Session.V1;
using FaultMaven.ServiceDefaults;
using FaultMaven.ServiceDefaults.Calls;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.Sessions;
using FaultMaven.Tests.Shared;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace FaultMaven.Agents.Tests.Turns;

/// <summary>The real Agent and Session on a real Redis, with peers that do as a test says. It can be stopped and started again.</summary>
public sealed class AgentHost : IAsyncDisposable
{
    private readonly RedisServer _redis;
    private readonly Dictionary<string, string?> _settings;
    private WebApplication _app = null!;
    private GrpcChannel _channel = null!;

    private readonly bool _isReplica;

    private AgentHost(RedisServer redis, Dictionary<string, string?> settings, bool isReplica) =>
        (_redis, _settings, _isReplica) = (redis, settings, isReplica);

    public ScriptedData Data { get; } = new();

    public ScriptedRedaction Redaction { get; } = new();

    public ScriptedKnowledge Knowledge { get; } = new();

    public SessionFaults SessionFaults { get; } = new();

    /// <summary>The services inside.</summary>
    public IServiceProvider Services => _app.Services;

    public AgentService.AgentServiceClient Agent { get; private set; } = null!;

    public SessionService.SessionServiceClient Session { get; private set; } = null!;

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<AgentHost> StartAsync(params (string Key, string Value)[] settings)
    {
        var host = new AgentHost(await RedisServer.StartAsync(Cancel),
            settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value), isReplica: false);
        await host.StartServicesAsync();
        return host;
    }

    /// <summary>Starts the same services on the same Redis, to be disposed of before this.</summary>
    public async Task<AgentHost> StartReplicaAsync()
    {
        var replica = new AgentHost(_redis, _settings, isReplica: true);
        await replica.StartServicesAsync();
        return replica;
    }

    public async Task RestartAsync()
    {
        await StopServicesAsync();
        await StartServicesAsync();
    }

    public async Task<string> CreateCaseAsync() =>
        (await Session.CreateCaseAsync(new() { Title = "Checkout is slow" }, cancellationToken: Cancel)).Name;

    public async Task<Turn> AskAsync(string caseName, string question = "Why?", string requestId = "") =>
        await Agent.CreateTurnAsync(new() { Parent = caseName, Question = question, RequestId = requestId }, cancellationToken: Cancel);

    public async Task<List<TurnEvent>> WatchAsync(string turn, long afterSequence = 0)
    {
        var seen = new List<TurnEvent>();
        using var call = Agent.WatchTurn(new() { Name = turn, AfterSequence = afterSequence }, cancellationToken: Cancel);
        while (await call.ResponseStream.MoveNext(Cancel))
        {
            seen.Add(call.ResponseStream.Current);
        }

        return seen;
    }

    /// <summary>Where the Agent keeps its state.</summary>
    public StateStore State => _app.Services.GetRequiredKeyedService<StateStore>("agent");

    /// <summary>Whether the Agent keeps anything of a case.</summary>
    public async Task<bool> KeepsAnythingOfAsync(string caseName)
    {
        var isPartition = await State.ListPartitionsAsync(Partition.LocalTenant, Cancel)
            .AnyAsync(partition => partition.Name == caseName.Split('/')[1], Cancel);
        return isPartition || await IsUnsettledAsync(caseName);
    }

    /// <summary>Whether a turn of a case, or the one named, is not settled.</summary>
    public async Task<bool> IsUnsettledAsync(string name)
    {
        var shards = await Task.WhenAll(State.Shards.Select(shard =>
            State.CountAsync(shard, TurnKeys.UnsettledPrefix + name, Cancel)));
        return shards.Sum() > 0;
    }

    /// <summary>How often Redis has run a command.</summary>
    public async Task<long> CommandsAsync(string command)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync($"{_redis.ConnectionString},allowAdmin=true");
        var stats = await redis.GetServers()[0].InfoAsync("commandstats");
        var value = stats.SelectMany(group => group).FirstOrDefault(entry => entry.Key == $"cmdstat_{command}").Value ?? "calls=0";
        return long.Parse(value.Split(',')[0]["calls=".Length..], CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        await StopServicesAsync();
        if (!_isReplica)
        {
            await _redis.DisposeAsync();
        }
    }

    public async Task StopServicesAsync()
    {
        _channel.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }

    public async Task StartServicesAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string,
            string?> { ["ConnectionStrings:redis"] = _redis.ConnectionString });
        builder.Configuration.AddInMemoryCollection(TestIdentity.Settings);
        builder.Configuration.AddInMemoryCollection(_settings);
        builder.Services.AddSingleton<IServiceTransport>(services => new TestTransport(services));
        builder.AddServiceDefaults();
        builder.AddSessionService();
        builder.AddAgentService();
        builder.Services.AddSingleton(Data);
        builder.Services.AddSingleton(Redaction);
        builder.Services.AddSingleton(Knowledge);
        builder.Services.AddSingleton(SessionFaults);
        builder.Services.Configure<Grpc.AspNetCore.Server.GrpcServiceOptions>(grpc => grpc.Interceptors.Add<SessionFaults>());

        _app = builder.Build();
        _app.MapSessionService();
        _app.MapAgentService();
        _app.MapGrpcService<ScriptedData>();
        _app.MapGrpcService<ScriptedRedaction>();
        _app.MapGrpcService<ScriptedKnowledge>();
        await _app.StartAsync(Cancel);

        _channel = GrpcChannel.ForAddress("http://localhost",
            new GrpcChannelOptions { HttpHandler = TestIdentity.Signing(_app.GetTestServer().CreateHandler()) });
        Agent = new(_channel);
        Session = new(_channel);
    }

    private sealed class TestTransport(IServiceProvider services) : IServiceTransport
    {
        public Uri GetAddress(string service) => new("http://localhost");

        public HttpMessageHandler CreateHandler() => new StartedHandler(services);

        // Clients are made before the server has started; the handler is looked up when it is used.
        private sealed class StartedHandler(IServiceProvider services) : DelegatingHandler
        {
            protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            {
                InnerHandler ??= ((TestServer)services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>()).CreateHandler();
                return base.SendAsync(request, cancellationToken);
            }
        }
    }
}
