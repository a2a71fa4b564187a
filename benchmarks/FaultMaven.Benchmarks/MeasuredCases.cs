using FaultMaven.Protos.Names;
using FaultMaven.Protos.Session.V1;
using FaultMaven.ServiceDefaults;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.ServiceDefaults.Storage;
using FaultMaven.Sessions;
using FaultMaven.Sessions.Cases;
using FaultMaven.Standalone.State;
using FaultMaven.Tests.Shared;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace FaultMaven.Benchmarks;

/// <summary>A Session service with made-up cases, in SQLite or in a redis-server of its own; every write is on the disk.</summary>
internal sealed class MeasuredCases : IAsyncDisposable
{
    public const int Services = 100;
    public const int Owners = 20;
    public const int Tags = 500;

    private readonly WebApplication _app;
    private readonly GrpcChannel _channel;
    private readonly RedisServer? _redis;
    private readonly DirectoryInfo? _directory;

    private MeasuredCases(WebApplication app, RedisServer? redis, DirectoryInfo? directory)
    {
        (_app, _redis, _directory) = (app, redis, directory);
        _channel = GrpcChannel.ForAddress(
            "http://localhost", new GrpcChannelOptions { HttpHandler = TestIdentity.Signing(app.GetTestServer().CreateHandler()) });
        Client = new SessionService.SessionServiceClient(_channel);
        Log = app.Services.GetRequiredService<CaseLog>();
    }

    public SessionService.SessionServiceClient Client { get; }

    public CaseLog Log { get; }

    public StateStore Store => _app.Services.GetRequiredKeyedService<StateStore>(CaseLog.Service);

    public string StoreName => _redis is null ? "SQLite" : "redis-server";

    /// <summary>What the store takes: of the disk in SQLite, of memory in Redis.</summary>
    public async Task<long> SizeAsync()
    {
        if (_redis is null)
        {
            return _directory!.EnumerateFiles().Sum(file => file.Length);
        }

        var options = ConfigurationOptions.Parse(_redis.ConnectionString);
        options.AllowAdmin = true;
        await using var redis = await ConnectionMultiplexer.ConnectAsync(options);
        return long.Parse(redis.GetServers()[0].Info("memory").Single().Single(fact => fact.Key == "used_memory").Value);
    }

    public static async Task<MeasuredCases> StartAsync(bool inRedis)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(TestIdentity.Settings);
        var redis = inRedis ? await RedisServer.StartAsync(CancellationToken.None) : null;
        var directory = inRedis ? null : Directory.CreateTempSubdirectory("fm-speed-");
        if (redis is not null)
        {
            builder.Configuration.AddInMemoryCollection(
                new Dictionary<string, string?> { ["ConnectionStrings:redis"] = redis.ConnectionString });
        }
        else
        {
            builder.Services.AddSingleton<IStateStoreProvider>(_ => new SqliteStateStoreProvider(
                directory!.FullName, TimeProvider.System, NullLogger<SqliteStateStoreProvider>.Instance));
        }

        builder.AddServiceDefaults();
        builder.AddSessionService();
        var app = builder.Build();
        app.MapSessionService();
        await app.StartAsync();
        return new MeasuredCases(app, redis, directory);
    }

    /// <summary>Creates cases; two of three are closed. One service has 60 of them.</summary>
    public async Task<IReadOnlyList<CaseName>> FillAsync(int count)
    {
        var names = new CaseName[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 128 }, async (i, cancellationToken) =>
        {
            using var work = TestIdentity.Work();
            var random = new Random(i);
            names[i] = new CaseName(TimeOrderedId.New(TimeProvider.System.GetUtcNow()).ToString("N"));
            var details = new Case
            {
                Description = $"Made up, number {i}: requests time out after a deployment.",
                Priority = (Case.Types.Priority)random.Next(5),
                Severity = (Case.Types.Severity)random.Next(5),
                Service = i % (count / 60) == 0 ? "rare" : $"service-{random.Next(Services)}",
                Owner = $"person:user-{random.Next(Owners)}",
                Tags = { $"tag-{random.Next(Tags)}", $"tag-{random.Next(Tags)}" },
            };
            var created = new CaseCreated { Title = $"Checkout {i % 977} is slow", Case = details };
            await Log.TryCreateAsync(names[i], created, cancellationToken);
            if (i % 3 != 0)
            {
                var closed = new CaseEvent { CaseClosed = new CaseClosed { Resolution = Case.Types.Resolution.Resolved } };
                await Log.AppendAsync(names[i], _ => [closed], added => added.State.ToProto(), cancellationToken);
            }
        });
        return names;
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }

        _directory?.Delete(recursive: true);
    }
}
