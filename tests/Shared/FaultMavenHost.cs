using System.Net.Http.Headers;
using FaultMaven.Standalone;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FaultMaven.Tests.Shared;

/// <summary>The five real services in one process on a folder of their own, reached over a real socket.</summary>
public sealed class FaultMavenHost : IAsyncDisposable
{
    private readonly string _directory;
    private readonly bool _ownsDirectory;
    private readonly StandaloneHost _host;

    private FaultMavenHost(string directory, bool ownsDirectory, StandaloneHost host, GrpcChannel channel)
    {
        _directory = directory;
        _ownsDirectory = ownsDirectory;
        _host = host;
        Channel = channel;
    }

    /// <summary>A channel to all of the services.</summary>
    public GrpcChannel Channel { get; }

    /// <summary>The folder that holds everything stored.</summary>
    public string DataDirectory => _directory;

    /// <summary>The services inside, for reaching what has no RPC.</summary>
    public IServiceProvider Services => _host.Services;

    /// <summary>Where it listens, the socket included.</summary>
    public IReadOnlyCollection<string> Addresses => _host.Addresses;

    /// <summary>Starts on a new temporary folder, which goes with it.</summary>
    public static Task<FaultMavenHost> StartAsync(CancellationToken cancellationToken) =>
        StartAsync(null, null, null, cancellationToken);

    /// <summary>Starts it.</summary>
    /// <param name="directory">A folder to start on and leave behind, for tests that start again; null for a new temporary one.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <param name="settings">Extra settings.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <param name="configure">Adds or replaces services.</param>
    public static async Task<FaultMavenHost> StartAsync(
        string? directory,
        TimeProvider? time,
        IReadOnlyDictionary<string, string?>? settings,
        CancellationToken cancellationToken,
        Action<IServiceCollection>? configure = null)
    {
        var ownsDirectory = directory is null;
        directory ??= Directory.CreateTempSubdirectory("fm-test-").FullName;
        var host = await StandaloneHost.StartAsync(
            new StandaloneOptions
            {
                DataDirectory = directory,
                Address = new Uri("http://127.0.0.1:0"),
                Settings = settings ?? new Dictionary<string, string?>(),
                ConfigureServices = services =>
                {
                    if (time is not null)
                    {
                        services.Replace(ServiceDescriptor.Singleton(time));
                    }

                    configure?.Invoke(services);
                },
            },
            cancellationToken);
        return new FaultMavenHost(directory, ownsDirectory, host, host.CreateChannel());
    }

    /// <summary>Where it answers gRPC and JSON over TCP.</summary>
    public Uri Address => new(Addresses.Single(address => address.StartsWith("http://127.0.0.1", StringComparison.Ordinal)));

    /// <summary>The token for that address.</summary>
    public string Token => File.ReadAllText(new StandaloneOptions { DataDirectory = _directory }.TokenFile);

    /// <summary>An HTTP client for the JSON side.</summary>
    public HttpClient CreateHttpClient()
    {
        var client = CreateStranger();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        return client;
    }

    /// <summary>The same, without the token.</summary>
    public HttpClient CreateStranger() => new(new SocketsHttpHandler(), disposeHandler: true) { BaseAddress = Address };

    /// <summary>Stops the services as SIGTERM would, while clients are still connected.</summary>
    public ValueTask StopAsync() => _host.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await _host.DisposeAsync();
        if (_ownsDirectory)
        {
            Directory.Delete(_directory, recursive: true);
        }
    }
}
