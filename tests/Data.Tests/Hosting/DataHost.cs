using System.Net.Sockets;
using FaultMaven.Data.Analysis.Signals;
using FaultMaven.Data.Tests.Hosting;
using FaultMaven.Protos.Data.V1;
using FaultMaven.Protos.Events.V1;
using FaultMaven.ServiceDefaults;
using FaultMaven.ServiceDefaults.Calls;
using FaultMaven.ServiceDefaults.Messaging;
using FaultMaven.Tests.Shared;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

[assembly: AssemblyFixture(typeof(DataHost))]

namespace FaultMaven.Data.Tests.Hosting;

/// <summary>
/// The real Data service on a Unix socket, with a Redis of its own and a Redaction and a Session that do what a test scripts.
/// </summary>
public sealed class DataHost : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("fm-data-").FullName;
    private readonly Dictionary<string, string?> _settings = [];
    private RedisServer? _redis;
    private WebApplication? _app;
    private GrpcChannel? _channel;

    public string DataDirectory => Path.Combine(_directory, "store");

    public string RedisDirectory => _redis!.Directory;

    internal ScriptedRedaction Redaction { get; } = new();

    internal ScriptedSession Session { get; } = new();

    internal Announcements Announcements { get; } = new();

    public FakeLogCollector Logs => _app!.Services.GetFakeLogCollector();

    public DataService.DataServiceClient Client => new(_channel!);

    /// <summary>The services inside, for reaching what has no RPC.</summary>
    internal IServiceProvider Services => _app!.Services;

    private string Socket => Path.Combine(_directory, "data.sock");

    /// <summary>A host of the test's own, with settings.</summary>
    public static async Task<DataHost> StartAsync(params (string Key, string Value)[] settings)
    {
        var host = new DataHost();

        foreach (var (key, value) in settings)
        {
            host._settings[key] = value;
        }

        await host.InitializeAsync();

        return host;
    }

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServer.StartAsync(TestContext.Current.CancellationToken);
        await StartServiceAsync();
    }

    /// <summary>Ends the service, after the calls that it serves, and starts it again on the same folder and store.</summary>
    public async Task RestartAsync()
    {
        await StopServiceAsync();
        await StartServiceAsync();
    }

    /// <summary>Returns once every call being served has ended.</summary>
    public async Task StopServiceAsync()
    {
        _channel?.Dispose();

        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
            _app = null;
        }
    }

    public Task KillRedisAsync() => _redis!.KillAsync();

    /// <summary>Has Session's event consumed, as the broker would.</summary>
    internal async Task PublishAsync(CaseDeleted deleted) =>
        await _app!.Services.PublishEventAsync(deleted, TestContext.Current.CancellationToken);

    public HttpClient CreateHttpClient() =>
        new(TestIdentity.Signing(CreateHandler(), "data"))
        {
            BaseAddress = new Uri("http://localhost"),
            DefaultRequestVersion = new Version(2, 0),
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

    public async ValueTask DisposeAsync()
    {
        await StopServiceAsync();

        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }

        Directory.Delete(_directory, recursive: true);
    }

    public async Task StartServiceAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(
        [
            new("ConnectionStrings:redis", _redis!.ConnectionString),
            new("Data:Directory", DataDirectory),
        ]);
        builder.Configuration.AddInMemoryCollection(TestIdentity.Settings);
        builder.Configuration.AddInMemoryCollection(_settings);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(Socket, listen => listen.Protocols = HttpProtocols.Http2));
        builder.AddServiceDefaults();
        builder.AddDataService();
        builder.Logging.ClearProviders().AddFakeLogging().SetMinimumLevel(LogLevel.Trace);
        builder.Services.AddSingleton<IServiceTransport>(new SocketTransport(CreateHandler));
        builder.Services.AddSingleton<IEvidenceAnalyzer, MarkedLines>();
        builder.Services.AddSingleton(Redaction);
        builder.Services.AddSingleton(Session);
        builder.Services.AddSingleton(Announcements);
        builder.AddConsumer<AnnouncementConsumer>("data", "tests");

        _app = builder.Build();
        _app.MapDefaultEndpoints();
        _app.MapDataService();
        _app.MapGrpcService<ScriptedRedaction>();
        _app.MapGrpcService<ScriptedSession>();
        await _app.StartAsync();
        _channel = GrpcChannel.ForAddress(
            "http://localhost", new GrpcChannelOptions { HttpHandler = TestIdentity.Signing(CreateHandler()) });
    }

    private SocketsHttpHandler CreateHandler() => new()
    {
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(Socket), cancellationToken);

            return new NetworkStream(socket, ownsSocket: true);
        },
    };

    private sealed class SocketTransport(Func<HttpMessageHandler> createHandler) : IServiceTransport
    {
        public Uri GetAddress(string service) => new("http://localhost");

        public HttpMessageHandler CreateHandler() => createHandler();
    }
}
