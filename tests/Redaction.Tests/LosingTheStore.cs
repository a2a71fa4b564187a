using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.Tests.Shared;
using Grpc.Core;

namespace FaultMaven.Redaction.Tests;

public sealed class LosingTheStore
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Refuses_text_that_needs_a_placeholder()
    {
        await using var redis = await RedisServer.StartAsync(Cancel);
        await using var host = await RedactionHost.StartAsync(redis, Cancel);
        var client = host.CreateClient();
        await client.RedactTextAsync(new() { Scope = "cases/1", Text = "ada@example.com" }, cancellationToken: Cancel);

        await redis.KillAsync();
        var fault = await Assert.ThrowsAsync<RpcException>(
            async () => await client.RedactTextAsync(new() { Scope = "cases/1", Text = "ada@example.com" }, cancellationToken: Cancel));

        Assert.Equal((StatusCode.Unavailable, ErrorReason.StoreUnavailable), (fault.StatusCode, RpcFault.ReasonOf(fault)));
    }

    [Fact]
    public async Task Makes_it_unready()
    {
        await using var redis = await RedisServer.StartAsync(Cancel);
        await using var host = await RedactionHost.StartAsync(redis, Cancel);
        var http = host.CreateHttpClient();
        var before = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), Cancel);

        await redis.KillAsync();
        var after = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), Cancel);

        Assert.True(before.IsSuccessStatusCode);
        Assert.False(after.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Refuses_a_scope_that_was_started_under_another_key()
    {
        await using var redis = await RedisServer.StartAsync(Cancel);
        await using var host = await RedactionHost.StartAsync(redis, Cancel);
        await using var stranger = await RedactionHost.StartAsync(redis, Cancel, key: "YW5vdGhlci1tYWRlLXVwLWtleS1mb3ItdGVzdHMtb25seSE=");
        await host.CreateClient().RedactTextAsync(new() { Scope = "cases/1", Text = "ada@example.com" }, cancellationToken: Cancel);

        var fault = await Assert.ThrowsAsync<RpcException>(
            async () => await stranger.CreateClient()
                .RedactTextAsync(new() { Scope = "cases/1", Text = "ada@example.com" }, cancellationToken: Cancel));

        Assert.Equal((StatusCode.Unavailable, ErrorReason.StoreUnavailable), (fault.StatusCode, RpcFault.ReasonOf(fault)));
    }
}
