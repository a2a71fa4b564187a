using System.Diagnostics;
using System.Net.Http.Headers;
using FaultMaven.Client;
using FaultMaven.Tests.Shared;
using Grpc.AspNetCore.Server;
using Microsoft.Extensions.DependencyInjection;

namespace FaultMaven.Gateway.Tests;

/// <summary>A gateway in front of the services that takes tokens of a provider.</summary>
public sealed class SystemWithAProvider : IAsyncLifetime
{
    private IdentityProvider _provider = null!;
    private FaultMavenHost _services = null!;
    private Process _gateway = null!;
    private Task<string> _log = null!;

    /// <summary>Where the gateway listens.</summary>
    public Uri Address { get; private set; } = null!;

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
        (_gateway, Address, _log) = await SystemBehindAGateway.StartGatewayAsync(
            _ => $"{_services.Address}",
            ("Identity:Authority", _provider.Address),
            ("Identity:Audience", "faultmaven"),
            ("Identity:TenantClaim", "tenant"));
    }

    public async ValueTask DisposeAsync()
    {
        await SystemBehindAGateway.EndAsync(_gateway, _log);
        await _services.DisposeAsync();
        await _provider.DisposeAsync();
    }

    /// <summary>The clients of someone who has this token.</summary>
    public FaultMavenClient ClientWith(string token) =>
        new(new FaultMavenClientOptions { Address = Address, MaxAttempts = 1, TokenProvider = _ => new(token) });

    /// <summary>The same for JSON.</summary>
    public HttpClient HttpWith(string token) => new(new SocketsHttpHandler(), disposeHandler: true)
    {
        BaseAddress = Address,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
    };
}
