using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using FaultMaven.Client;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.Tests.Shared;
using Grpc.Core;

namespace FaultMaven.Gateway.Tests;

/// <summary>A gateway whose provider is not there at first, then is, then comes back with other keys.</summary>
public sealed class AProviderThatIsAway : IAsyncLifetime
{
    private readonly int _port = FreePort();
    private RedisServer _redis = null!;
    private (Process Gateway, Uri Address, Task<string> Log) _gateway;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServer.StartAsync(Cancel);
        _gateway = await SystemBehindAGateway.StartGatewayAsync(
            _redis,
            _ => "http://127.0.0.1:1",
            ("Identity:Authority", $"http://127.0.0.1:{_port}"),
            ("Identity:Audience", "faultmaven"));
    }

    public async ValueTask DisposeAsync()
    {
        await SystemBehindAGateway.EndAsync(_gateway.Gateway, _gateway.Log);
        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task Is_said_to_be_away_and_is_asked_again_without_a_restart()
    {
        string token;
        await using (var provider = await IdentityProvider.StartAsync(null, Cancel, _port))
        {
            token = await provider.TokenAsync("ann", "member");
        }

        Assert.Equal((StatusCode.Unavailable, ErrorReason.ServiceUnavailable), await CallAsync(token));
        await using (var provider = await IdentityProvider.StartAsync(null, Cancel, _port))
        {
            Assert.Equal((StatusCode.OK, ErrorReason.Unspecified), await CallAsync(await provider.TokenAsync("ann", "member")));
            token = await provider.TokenAsync("ann", "member");
        }

        // What is known of it is enough while it is away.
        Assert.Equal((StatusCode.OK, ErrorReason.Unspecified), await CallAsync(token));

        await using var rotated = await IdentityProvider.StartAsync(null, Cancel, _port);
        token = await rotated.TokenAsync("ann", "member");

        // The first call with an unknown key has the keys read again, in the background.
        while (await CallAsync(token) is var answer && answer != (StatusCode.OK, ErrorReason.Unspecified))
        {
            Assert.Equal((StatusCode.Unauthenticated, ErrorReason.IdentityInvalid), answer);
        }
    }

    private async Task<(StatusCode Code, ErrorReason Reason)> CallAsync(string token)
    {
        using var client = new FaultMavenClient(
            new FaultMavenClientOptions { Address = _gateway.Address, MaxAttempts = 1, TokenProvider = _ => new(token) });
        try
        {
            await client.ApiKeys.ListApiKeysAsync(new(), cancellationToken: Cancel);
            return (StatusCode.OK, ErrorReason.Unspecified);
        }
        catch (RpcException exception)
        {
            return (exception.StatusCode, exception.ToFaultMavenError().Reason);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
