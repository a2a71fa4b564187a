using System.Diagnostics;
using System.Net.Http.Headers;
using FaultMaven.Client;
using FaultMaven.Tests.Shared;
using Grpc.Net.Client;

namespace FaultMaven.Gateway.Tests;

/// <summary>
/// The real services in one process, and the real gateway in another in front of them, as the app host connects them. Standalone listens
/// for both protocols at one address, so it is each service here.
/// </summary>
public sealed class SystemBehindAGateway : IAsyncLifetime
{
    private static readonly string[] s_services = ["agent", "data", "knowledge", "redaction", "session"];

    private static readonly string s_tokenFile = Path.Combine(Directory.CreateTempSubdirectory("fm-gateway-").FullName, "token");

    private RedisServer _redis = null!;
    private Process _gateway = null!;
    private Task<string> _log = null!;

    /// <summary>The token of the gateway's owner.</summary>
    public static string Token => File.ReadAllText(s_tokenFile);

    public FaultMavenHost Host { get; private set; } = null!;

    /// <summary>Where the gateway listens.</summary>
    public Uri Address { get; private set; } = null!;

    public GrpcChannel Channel { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Host = await FaultMavenHost.StartAsync(null, null, TestIdentity.Settings, TestContext.Current.CancellationToken);
        _redis = await RedisServer.StartAsync(TestContext.Current.CancellationToken);
        (_gateway, Address, _log) = await StartGatewayAsync(_redis, _ => $"{Host.Address}");
        Channel = ChannelTo(Address);
        Http = HttpTo(Address);
    }

    /// <summary>A channel of someone who has the gateway's token.</summary>
    public static GrpcChannel ChannelTo(Uri gateway) => FaultMavenChannel.Create(
        new FaultMavenClientOptions { Address = gateway, MaxAttempts = 1, TokenProvider = _ => new(Token) });

    /// <summary>A client of someone who has the gateway's token.</summary>
    public static HttpClient HttpTo(Uri gateway) => new(new SocketsHttpHandler(), disposeHandler: true)
    {
        BaseAddress = gateway,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", Token) },
    };

    /// <summary>Starts the program, with a store and an address for each service.</summary>
    public static async Task<(Process Gateway, Uri Address, Task<string> Log)> StartGatewayAsync(
        RedisServer redis, Func<string, string> addressOf, params (string Key, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "FaultMaven.Gateway.dll") },
            Environment = { ["ASPNETCORE_URLS"] = "http://127.0.0.1:0", ["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information" },
        };
        foreach (var (key, value) in TestIdentity.Settings.Select(setting => (setting.Key, setting.Value!)).Concat(settings))
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        start.Environment["Identity__TokenFile"] = s_tokenFile;
        start.Environment["ConnectionStrings__redis"] = redis.ConnectionString;

        // What stands for the services is run by its local user.
        start.Environment["Identity__OperatingTenant"] = "local";
        foreach (var service in s_services)
        {
            start.Environment[$"services__{service}__grpc__0"] = addressOf(service);
            start.Environment[$"services__{service}__http__0"] = addressOf(service);
        }

        var gateway = Process.Start(start)!;
        var log = new List<string>();
        Uri? address = null;
        while (await gateway.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            log.Add(line);
            const string Listening = "Now listening on: ";
            if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var found)
            {
                address = new Uri(line[(found + Listening.Length)..].Trim());
            }

            if (address is not null && line.Contains("Application started", StringComparison.Ordinal))
            {
                return (gateway, address, gateway.StandardOutput.ReadToEndAsync(CancellationToken.None));
            }
        }

        throw new InvalidOperationException($"The gateway ended before it answered:\n{string.Join('\n', log)}");
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Channel.Dispose();
        await EndAsync(_gateway, _log);
        await Host.DisposeAsync();
        await _redis.DisposeAsync();
    }

    public static async Task EndAsync(Process gateway, Task<string> log)
    {
        gateway.Kill();
        await gateway.WaitForExitAsync(CancellationToken.None);
        await log;
        gateway.Dispose();
    }
}
