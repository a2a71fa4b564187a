using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.Tests.Shared;
using Grpc.Core;

namespace FaultMaven.Redaction.Tests;

public sealed class RedactingText
{
    private const string Incident =
        """
        2026-03-01T10:15:02.123Z ERROR [http-nio-8080-exec-7] login of ada@example.com from 10.20.30.40 failed
        2026-03-01T10:15:02.482Z WARN  retry for ada@example.com, password=Zt7-made-up-91 took 359ms
        2026-03-01T10:15:03.001Z INFO  bob@example.com logged in from 10.20.30.40
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Gives_the_same_value_the_same_placeholder_and_leaves_the_evidence()
    {
        await using var redis = await RedisServer.StartAsync(Cancel);
        await using var host = await RedactionHost.StartAsync(redis, Cancel);

        var response = await host.CreateClient().RedactTextAsync(new() { Scope = "cases/1", Text = Incident }, cancellationToken: Cancel);

        Assert.Equal(
            """
            2026-03-01T10:15:02.123Z ERROR [http-nio-8080-exec-7] login of <EMAIL_ADDRESS_1> from <IP_ADDRESS_1> failed
            2026-03-01T10:15:02.482Z WARN  retry for <EMAIL_ADDRESS_1>, password=<PASSWORD_1> took 359ms
            2026-03-01T10:15:03.001Z INFO  <EMAIL_ADDRESS_2> logged in from <IP_ADDRESS_1>
            """,
            response.Text);
        Assert.All(response.Findings, f => Assert.Contains(f.Placeholder, response.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Keeps_placeholders_over_a_restart_of_service_and_store()
    {
        await using var redis = await RedisServer.StartAsync(Cancel);
        await using (var host = await RedactionHost.StartAsync(redis, Cancel))
        {
            await host.CreateClient().RedactTextAsync(new() { Scope = "cases/1", Text = "bob@example.com" }, cancellationToken: Cancel);
            await host.CreateClient().RedactTextAsync(new() { Scope = "cases/1", Text = "ada@example.com" }, cancellationToken: Cancel);
        }

        await redis.KillAsync();
        await using var again = await RedisServer.StartAsync(Cancel, redis.Directory);
        await using var replica = await RedactionHost.StartAsync(again, Cancel);
        var response = await replica.CreateClient()
            .RedactTextAsync(new() { Scope = "cases/1", Text = "ada@example.com" }, cancellationToken: Cancel);

        Assert.Equal("<EMAIL_ADDRESS_2>", response.Text);
    }

    [Fact]
    public async Task Numbers_every_scope_on_its_own()
    {
        await using var redis = await RedisServer.StartAsync(Cancel);
        await using var host = await RedactionHost.StartAsync(redis, Cancel);
        var client = host.CreateClient();

        await client.RedactTextAsync(new() { Scope = "cases/1", Text = "bob@example.com ada@example.com" }, cancellationToken: Cancel);
        var other = await client.RedactTextAsync(new() { Scope = "cases/2", Text = "ada@example.com" }, cancellationToken: Cancel);

        Assert.Equal("<EMAIL_ADDRESS_1>", other.Text);
    }

    [Fact]
    public async Task Redacts_a_batch_in_order_and_in_one_scope()
    {
        await using var redis = await RedisServer.StartAsync(Cancel);
        await using var host = await RedactionHost.StartAsync(redis, Cancel);

        var response = await host.CreateClient().BatchRedactTextAsync(
            new() { Scope = "cases/1", Texts = { "ada@example.com", "", "nothing here", "from bob@example.com to ada@example.com" } },
                cancellationToken: Cancel);

        Assert.Equal(
            ["<EMAIL_ADDRESS_1>", "", "nothing here", "from <EMAIL_ADDRESS_2> to <EMAIL_ADDRESS_1>"],
                response.Results.Select(result => result.Text));
    }

    [Fact]
    public async Task Inspects_without_placeholders()
    {
        await using var redis = await RedisServer.StartAsync(Cancel);
        await using var host = await RedactionHost.StartAsync(redis, Cancel);

        var response = await host.CreateClient().InspectTextAsync(new() { Text = "ask ada@example.com" }, cancellationToken: Cancel);

        var finding = Assert.Single(response.Findings);
        Assert.Equal(("EMAIL_ADDRESS", 4L, 19L, ""), (finding.Type, finding.Start, finding.End, finding.Placeholder));
    }

    [Theory]
    [InlineData("")]
    [InlineData("cases/1 2")]
    [InlineData("cases/{1}")]
    public async Task Refuses_a_malformed_scope(string scope)
    {
        await using var redis = await RedisServer.StartAsync(Cancel);
        await using var host = await RedactionHost.StartAsync(redis, Cancel);

        var fault = await Assert.ThrowsAsync<RpcException>(
            async () => await host.CreateClient().RedactTextAsync(new() { Scope = scope, Text = "x" }, cancellationToken: Cancel));

        Assert.Equal((StatusCode.InvalidArgument, ErrorReason.InvalidField), (fault.StatusCode, RpcFault.ReasonOf(fault)));
    }

    [Fact]
    public async Task Refuses_text_beyond_its_limit()
    {
        await using var redis = await RedisServer.StartAsync(Cancel);
        await using var host = await RedactionHost.StartAsync(redis, Cancel);
        var tooLong = new string('é', (3 * 1024 * 1024 / 2) + 1);

        var fault = await Assert.ThrowsAsync<RpcException>(
            async () => await host.CreateClient().RedactTextAsync(new() { Scope = "cases/1", Text = tooLong }, cancellationToken: Cancel));

        Assert.Equal(StatusCode.InvalidArgument, fault.StatusCode);
    }
}
