using System.Net;
using System.Security.Cryptography;
using FaultMaven.Agents;
using FaultMaven.Data;
using FaultMaven.Gateway;
using FaultMaven.Gateway.Identity;
using FaultMaven.Gateway.Listening;
using FaultMaven.Knowledge;
using FaultMaven.Redaction;
using FaultMaven.ServiceDefaults;
using FaultMaven.ServiceDefaults.Calls;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.Sessions;
using FaultMaven.Standalone.State;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace FaultMaven.Standalone;

/// <summary>The five services in one process, talking gRPC over a Unix socket, with their stores in one folder.</summary>
public sealed class StandaloneHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DataDirectoryLock _lock;
    private readonly UnixSocketTransport _transport;
    private bool _disposed;

    private StandaloneHost(WebApplication app, DataDirectoryLock folderLock, UnixSocketTransport transport)
    {
        _app = app;
        _lock = folderLock;
        _transport = transport;
    }

    /// <summary>Where it listens: the socket, then the address if there is one.</summary>
    public IReadOnlyCollection<string> Addresses => [.. _app.Urls.Distinct()];

    /// <summary>The services that run inside.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Starts everything; returns once calls are answered.</summary>
    /// <exception cref="DataDirectoryInUseException">Another process uses the data folder.</exception>
    /// <exception cref="DataDirectoryException">The data folder has no space, or one of its stores cannot be used.</exception>
    /// <exception cref="UnknownCallersException">Other machines can reach the address, and no caller could be known there.</exception>
    /// <exception cref="CertificateException">The address is https, and no certificate is set.</exception>
    public static async Task<StandaloneHost> StartAsync(StandaloneOptions options, CancellationToken cancellationToken)
    {
        EnsureCallersCanBeKnown(options);
        OwnerOnly.Apply();
        var folderLock = DataDirectoryLock.Take(options.FullDirectory, options.SocketPaths);
        WebApplication? app = null;
        try
        {
            var room = new DiskRoom(options.FullDirectory);
            room.EnsureStart();
            EnsureReadable(options);
            CreateSocketFolder(options);
            var transport = new UnixSocketTransport(options.SocketPath);
            app = Build(options, transport, room);

            // A file that cannot be used fails the start, not the first call.
            _ = app.Services.GetKeyedServices<StateStore>(KeyedService.AnyKey).Count();
            await EnsureKnownCallersAsync(options, app.Services, cancellationToken);
            await app.StartAsync(cancellationToken);
            return new StandaloneHost(app, folderLock, transport);
        }
        catch
        {
            if (app is not null)
            {
                await app.DisposeAsync();
            }

            folderLock.Dispose();
            throw;
        }
    }

    /// <summary>A channel to the services; the caller disposes of it.</summary>
    public GrpcChannel CreateChannel() => GrpcChannel.ForAddress(
        _transport.GetAddress(""),
        new GrpcChannelOptions
        {
            HttpHandler = _transport.CreateHandler(),
            DisposeHttpClient = true,
            MaxReceiveMessageSize = ServiceClientRegistration.MaxAnswerSize,
        });

    /// <summary>Waits until the process is asked to stop.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken) => _app.WaitForShutdownAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _lock.Dispose();
    }

    private static WebApplication Build(StandaloneOptions options, UnixSocketTransport transport, DiskRoom room)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(StandaloneHost).Assembly.GetName().Name,
            ContentRootPath = options.FullDirectory,
        });
        builder.Configuration.AddInMemoryCollection(DataFolder.SettingsOf(options.FullDirectory));
        builder.Configuration.AddInMemoryCollection(options.Settings);
        AddIdentity(builder.Configuration, options);

        // Standard output is for the results of the process that hosts us.
        builder.Logging.ClearProviders();
        if (options.LogLevel != LogLevel.None)
        {
            builder.Logging.AddSimpleConsole();
        }

        builder.Logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
            console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.SetMinimumLevel(options.LogLevel);

        if (options.UsesTls)
        {
            EnsureCertificate(builder.Configuration);
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, options));
        builder.Services.AddOneAddress(options.EndPoint is { } endpoint ? [endpoint] : []);
        builder.Services.AddSingleton<IServiceTransport>(transport);
        builder.Services.AddSingleton(room);
        builder.Services.AddSingleton<IStateStoreProvider>(services => new SqliteStateStoreProvider(
            Path.Combine(options.FullDirectory, DataFolder.State),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<SqliteStateStoreProvider>>()));

        // Otherwise only the command that hosts it calls, by gRPC.
        var isForOthers = options.Shared || options.Address is not null;
        builder.AddServiceDefaults(isForOthers);
        builder.AddEdge(hostsServices: true);
        builder.Services.AddGrpc(grpc => grpc.Interceptors.Add<DiskRoomInterceptor>());
        builder.AddRedactionService();
        builder.AddDataService();
        builder.AddKnowledgeService();
        builder.AddSessionService();
        builder.AddAgentService();
        options.ConfigureServices?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseEdge();
        app.MapDefaultEndpoints(isForOthers);
        app.MapEdge();
        if (isForOthers)
        {
            app.MapApiDescription();
        }

        app.MapRedactionService();
        app.MapDataService();
        app.MapKnowledgeService();
        app.MapSessionService();
        app.MapAgentService();
        return app;
    }

    // No other process has to know who calls whom in here.
    private static void AddIdentity(ConfigurationManager configuration, StandaloneOptions options)
    {
        const string Key = "Identity:Tokens:Keys:0";
        configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            [Key] = configuration[Key] is { Length: > 0 } given ? given : RandomNumberGenerator.GetHexString(64),
            ["Identity:OperatingTenant"] = configuration["Identity:OperatingTenant"] ?? Partition.LocalTenant,
            ["Identity:TokenFile"] = options.Address is null ? "" : options.TokenFile,
        });
    }

    private static void Listen(KestrelServerOptions kestrel, StandaloneOptions options)
    {
        kestrel.AddServerHeader = false;
        File.Delete(options.SocketPath);
        kestrel.ListenUnixSocket(options.SocketPath, socket =>
        {
            socket.Protocols = HttpProtocols.Http2;
            socket.RefuseOtherUsers();
            socket.IsOfLocalUser();
        });
        if (options.EndPoint is { } endpoint)
        {
            kestrel.ListenOnOneAddress(endpoint, options.UsesTls);
        }
    }

    private static void EnsureCertificate(ConfigurationManager configuration)
    {
        const string Setting = "Kestrel:Certificates:Default:Path";
        if (configuration[Setting] is not { Length: > 0 } path || !File.Exists(path))
        {
            throw new CertificateException(
                "An https address needs a certificate: set Kestrel__Certificates__Default__Path to its file (PEM or PFX), and "
                + "Kestrel__Certificates__Default__KeyPath to that of its key or Kestrel__Certificates__Default__Password.");
        }
    }

    private static async Task EnsureKnownCallersAsync(
        StandaloneOptions options, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (IsOpenToOthers(options)
            && !EdgeRegistration.HasProvider(services.GetRequiredService<IConfiguration>())
            && !await EdgeRegistration.HasActiveKeyAsync(services, cancellationToken))
        {
            throw UnknownCallers(options);
        }
    }

    // A folder that is not there yet has no keys, and is not made for nothing.
    private static void EnsureCallersCanBeKnown(StandaloneOptions options)
    {
        var settings = new ConfigurationBuilder().AddEnvironmentVariables().AddInMemoryCollection(options.Settings).Build();
        if (IsOpenToOthers(options) && !Directory.Exists(options.FullDirectory) && !EdgeRegistration.HasProvider(settings))
        {
            throw UnknownCallers(options);
        }
    }

    private static bool IsOpenToOthers(StandaloneOptions options) =>
        options.Address is { } address && !IPAddress.IsLoopback(IPAddress.Parse(address.Host));

    private static UnknownCallersException UnknownCallers(StandaloneOptions options) => new(
        $"Other machines can reach {options.Address?.Host}, and there is nothing by which to know who calls. Make a key for each caller "
        + "first ('fm key create'), or set Identity__Authority to your OpenID Connect provider and Identity__Audience to what its "
        + "tokens are made for; or listen on 127.0.0.1.");

    // Starting with nothing would look like a loss.
    private static void EnsureReadable(StandaloneOptions options)
    {
        var former = Path.Combine(options.FullDirectory, "store");
        if ((Directory.Exists(former) && !DataFolder.HasData(options.FullDirectory)) || HasTextsWithoutTenant(options.FullDirectory))
        {
            throw new DataDirectoryException(
                $"{options.FullDirectory} was written by an earlier version, and this one cannot read what is in it. Name another data "
                + "folder, or move this one away.",
                null);
        }
    }

    // They were in the folders of their cases; since there are tenants, those are in the folder of one.
    private static bool HasTextsWithoutTenant(string directory)
    {
        var texts = new DirectoryInfo(Path.Combine(directory, DataFolder.Evidence, "blobs"));
        return texts.Exists && texts.EnumerateDirectories().Any(folder => folder.EnumerateFiles().Any());
    }

    private static void CreateSocketFolder(StandaloneOptions options)
    {
        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        var folder = Path.GetDirectoryName(options.SocketPath)!;
        if (OperatingSystem.IsWindows() || folder == options.FullDirectory)
        {
            return;
        }

        // In a folder for temporary files, where others may have been first. Only its owner can set the mode of a folder.
        Directory.CreateDirectory(folder, OwnerOnly);
        File.SetUnixFileMode(folder, OwnerOnly);
    }
}
