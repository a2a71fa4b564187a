using System.Diagnostics;
using System.Net;
using FaultMaven.Client;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Session.V1;
using FaultMaven.Tests.Shared;
using Grpc.Core;
using Grpc.Net.Client;
using KeyRole = FaultMaven.Protos.Identity.V1.ApiKey.Types.Role;

namespace FaultMaven.Gateway.Tests;

/// <summary>Two gateways that let in ten reads a minute of each caller, and that count together.</summary>
public sealed class LimitingCalls : IAsyncLifetime
{
    private const int Limit = 10;

    private IdentityProvider _provider = null!;
    private RedisServer _redis = null!;
    private (Process Gateway, Uri Address, Task<string> Log)[] _gateways = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _provider = await IdentityProvider.StartAsync(null, Cancel);
        _redis = await RedisServer.StartAsync(Cancel);

        // No service is needed: keys are served by the gateway itself.
        _gateways = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => SystemBehindAGateway.StartGatewayAsync(
            _redis,
            _ => "http://127.0.0.1:1",
            ("Identity:Authority", _provider.Address),
            ("Identity:Audience", "faultmaven"),
            ("Identity:TenantClaim", "tenant"),
            ("RateLimits:CallerReadsPerMinute", $"{Limit}"),
            ("RateLimits:CallerReadBurst", $"{Limit}"),
            ("RateLimits:TenantReadsPerMinute", "15"),
            ("RateLimits:TenantReadBurst", "15"),
            ("Tenants:small:RateLimits:CallerReadBurst", "3"))));
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_gateways.Select(gateway => SystemBehindAGateway.EndAsync(gateway.Gateway, gateway.Log)));
        await _redis.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task Refuses_the_eleventh_of_eleven_at_whichever_gateway_and_says_how_long_to_wait()
    {
        using var ann = await ClientAsync("ann", "acme", gateway: 0);
        using var there = await ClientAsync("ann", "acme", gateway: 1);
        await WarmUpAsync();

        var begun = TimeProvider.System.GetTimestamp();
        var faults = new List<FaultMavenError?>();
        for (var i = 0; i <= Limit; i++)
        {
            faults.Add(await ReadAsync(i % 2 == 0 ? ann : there));
        }

        var took = TimeProvider.System.GetElapsedTime(begun);
        Assert.All(faults.SkipLast(1), Assert.Null);
        var refused = faults[^1]!;
        Assert.Equal((StatusCode.ResourceExhausted, ErrorReason.RateLimited), (refused.Code, refused.Reason));
        Assert.Equal(
            ("caller", "reads", "10"), (refused.Metadata["of"], refused.Metadata["calls"], refused.Metadata["per_minute"]));

        // One comes in every 6 s, and the first was let in at some moment since.
        Assert.InRange(refused.RetryAfter!.Value, TimeSpan.FromSeconds(6) - took, TimeSpan.FromSeconds(6));
        Assert.Equal(ErrorReason.RateLimited, (await ReadAsync(there))?.Reason);
    }

    [Fact]
    public async Task Limits_the_callers_of_a_tenant_as_is_configured_for_it()
    {
        using var ann = await ClientAsync("ann", "small", gateway: 0);

        for (var i = 0; i < 3; i++)
        {
            Assert.Null(await ReadAsync(ann));
        }

        Assert.Equal("caller", (await ReadAsync(ann))?.Metadata["of"]);
    }

    [Fact]
    public async Task Says_it_in_JSON_with_Retry_After()
    {
        using var http = new HttpClient(new SocketsHttpHandler(), disposeHandler: true) { BaseAddress = _gateways[0].Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", await _provider.TokenAsync("ann", "member"));
        for (var i = 0; i < Limit; i++)
        {
            using var taken = await http.GetAsync(new Uri("/v1/apiKeys", UriKind.Relative), Cancel);
            Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        }

        using var refused = await http.GetAsync(new Uri("/v1/apiKeys", UriKind.Relative), Cancel);

        Assert.Equal((HttpStatusCode.TooManyRequests, "ERROR_REASON_RATE_LIMITED"), (refused.StatusCode, await refused.ReasonAsync()));
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(6));
    }

    [Fact]
    public async Task Counts_changes_other_callers_and_other_tenants_apart_and_the_tenant_as_a_whole()
    {
        using var ann = await ClientAsync("ann", "acme", gateway: 0);
        using var bob = await ClientAsync("bob", "acme", gateway: 1);
        using var eve = await ClientAsync("ann", "elsewhere", gateway: 0);
        await WarmUpAsync();
        while (await ReadAsync(ann) is null)
        {
        }

        var made = await ann.ApiKeys.CreateApiKeyAsync(new() { ApiKey = ManagingKeys.Key(KeyRole.Viewer) }, cancellationToken: Cancel);
        Assert.Null(await ReadAsync(bob));
        Assert.Null(await ReadAsync(eve));
        FaultMavenError? fault;
        do
        {
            fault = await ReadAsync(bob);
        }
        while (fault is null);

        Assert.Equal(("tenant", "15"), (fault.Metadata["of"], fault.Metadata["per_minute"]));
        using var key = Client(made.Secret, gateway: 1);
        Assert.Equal("tenant", (await ReadAsync(key))!.Metadata["of"]);
    }

    [Theory]
    [InlineData("false", 12)]
    [InlineData("true", 10)]
    public async Task Counts_the_local_user_only_if_told_to(string setting, int expected)
    {
        await using var host = await FaultMavenHost.StartAsync(
            null,
            null,
            new Dictionary<string, string?>
            {
                ["RateLimits:CallerReadsPerMinute"] = "1",
                ["RateLimits:CallerReadBurst"] = $"{Limit}",
                ["RateLimits:LimitLocalUser"] = setting,
            },
            Cancel);
        using var client = new FaultMavenClient(
            new FaultMavenClientOptions { Address = host.Address, MaxAttempts = 1, TokenProvider = _ => new(host.Token) });

        var taken = 0;
        for (var i = 0; i < Limit + 2; i++)
        {
            taken += await ReadAsync(client) is null ? 1 : 0;
        }

        Assert.Equal(expected, taken);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("soon")]
    [InlineData("1H")]
    public async Task Ends_calls_at_the_longest_time_they_may_take(string? timeout)
    {
        await using var host = await FaultMavenHost.StartAsync(
            null, null, new Dictionary<string, string?> { ["CallTimes:Watch"] = "00:00:01" }, Cancel);
        var headers = new Metadata { { "authorization", $"Bearer {host.Token}" } };
        if (timeout is not null)
        {
            headers.Add("grpc-timeout", timeout);
        }

        using var channel = GrpcChannel.ForAddress(host.Address, new() { UnsafeUseInsecureChannelCallCredentials = true });
        var sessions = new SessionService.SessionServiceClient(channel);
        var name = (await sessions.CreateCaseAsync(new(), headers, cancellationToken: Cancel)).Name;
        using var watch = sessions.WatchCase(new() { Name = name }, headers, cancellationToken: Cancel);
        using var http = new HttpClient(new SocketsHttpHandler(), disposeHandler: true) { BaseAddress = host.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", host.Token);

        var ended = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await watch.ResponseStream.MoveNext(Cancel))
            {
            }
        });
        var text = await http.GetStringAsync(new Uri($"/v1/{name}:watch", UriKind.Relative), Cancel);

        Assert.Equal(StatusCode.DeadlineExceeded, ended.StatusCode);
        Assert.Contains("DEADLINE_EXCEEDED", text, StringComparison.Ordinal);
    }

    private static async Task<FaultMavenError?> ReadAsync(FaultMavenClient client)
    {
        try
        {
            await client.ApiKeys.GetApiKeyAsync(new() { Name = "apiKeys/0123456789abcdef" }, cancellationToken: Cancel);
            return null;
        }
        catch (RpcException exception)
        {
            var error = exception.ToFaultMavenError();
            return error.Reason is ErrorReason.ApiKeyNotFound or ErrorReason.ScopeRequired ? null : error;
        }
    }

    // So that the first calls that are counted do not wait for what is loaded and connected.
    private async Task WarmUpAsync()
    {
        for (var i = 0; i < _gateways.Length; i++)
        {
            using var client = await ClientAsync("warm-up", "warm-up", i);
            Assert.Null(await ReadAsync(client));
        }
    }

    private async Task<FaultMavenClient> ClientAsync(string subject, string tenant, int gateway) =>
        Client(await _provider.TokenAsync(subject, "member", tenant: tenant), gateway);

    private FaultMavenClient Client(string token, int gateway) =>
        new(new FaultMavenClientOptions { Address = _gateways[gateway].Address, MaxAttempts = 1, TokenProvider = _ => new(token) });
}
