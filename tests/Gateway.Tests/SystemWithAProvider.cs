using System.Diagnostics;
using System.Net.Http.Headers;
using FaultMaven.Client;
using FaultMaven.Tests.Shared;
using Grpc.AspNetCore.Server;
using Microsoft.Extensions.DependencyInjection;

namespace FaultMaven.Gateway.Tests;

/// <summary>Two gateways in front of the services that take tokens of a provider.</summary>
public sealed class SystemWithAProvider : IAsyncLifetime
{
    private IdentityProvider _provider = null!;
    private FaultMavenHost _services = null!;
    private RedisServer _redis = null!;
    private Process[] _gateways = null!;
    private Task<string>[] _logs = null!;

    /// <summary>Where the gateways listen.</summary>
    public IReadOnlyList<Uri> Addresses { get; private set; } = null!;

    /// <summary>Where one of them does.</summary>
    public Uri Address => Addresses[0];

    /// <summary>Where the services behind them listen.</summary>
    public Uri Services => _services.Address;

    internal IdentityProvider Provider => _provider;

    internal Arrivals Arrivals { get; } = new();

    public async ValueTask InitializeAsync()
    {
        var cancel = TestContext.Current.CancellationToken;
        _provider = await IdentityProvider.StartAsync(null, cancel);
        _services = await FaultMavenHost.StartAsync(null, null, TestIdentity.Settings, cancel, services =>
        {
            services.AddSingleton(Arrivals);
            services.Configure<GrpcServiceOptions>(grpc => grpc.Interceptors.Add<Arrivals>());
        });
        _redis = await RedisServer.StartAsync(cancel);
        var started = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => SystemBehindAGateway.StartGatewayAsync(
            _redis,
            _ => $"{_services.Address}",
            ("Identity:Authority", _provider.Address),
            ("Identity:Audience", "faultmaven"),
            ("Identity:TenantClaim", "tenant"))));
        _gateways = [.. started.Select(gateway => gateway.Gateway)];
        Addresses = [.. started.Select(gateway => gateway.Address)];
        _logs = [.. started.Select(gateway => gateway.Log)];
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_gateways.Zip(_logs, SystemBehindAGateway.EndAsync));
        await _services.DisposeAsync();
        await _provider.DisposeAsync();
        await _redis.DisposeAsync();
    }

    /// <summary>The clients of someone who has this token.</summary>
    /// <param name="token">The token.</param>
    /// <param name="gateway">Which of the gateways they call.</param>
    public FaultMavenClient ClientWith(string token, int gateway = 0) =>
        new(new FaultMavenClientOptions { Address = Addresses[gateway], MaxAttempts = 1, TokenProvider = _ => new(token) });

    /// <summary>The same for JSON.</summary>
    public HttpClient HttpWith(string token) => new(new SocketsHttpHandler(), disposeHandler: true)
    {
        BaseAddress = Address,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
    };
}
