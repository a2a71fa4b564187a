using System.Net;
using FaultMaven.Client;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Session.V1;
using FaultMaven.Tests.Shared;
using Grpc.Core;
using Grpc.Health.V1;

namespace FaultMaven.Gateway.Tests;

public sealed class ADeadService
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Is_reported_as_unavailable_with_its_name()
    {
        // Port 1 refuses connections.
        await using var redis = await RedisServer.StartAsync(Cancel);
        var (gateway, address, log) = await SystemBehindAGateway.StartGatewayAsync(redis, _ => "http://127.0.0.1:1");
        try
        {
            using var channel = SystemBehindAGateway.ChannelTo(address);
            using var http = SystemBehindAGateway.HttpTo(address);

            var failure = await Assert.ThrowsAsync<RpcException>(async () =>
                await new SessionService.SessionServiceClient(channel).GetCaseAsync(new() { Name = "cases/a" }, cancellationToken: Cancel));
            var answer = await http.GetAsync("/v1/cases", Cancel);
            var health = await new Health.HealthClient(channel)
                .CheckAsync(new() { Service = "faultmaven.session.v1.SessionService" }, cancellationToken: Cancel);

            var error = failure.ToFaultMavenError();
            Assert.Equal(
                (StatusCode.Unavailable, ErrorReason.ServiceUnavailable, "session"), (error.Code, error.Reason, error.Metadata["service"]));
            Assert.NotNull(error.RetryAfter);
            Assert.Equal(
                (HttpStatusCode.ServiceUnavailable, "ERROR_REASON_SERVICE_UNAVAILABLE"), (answer.StatusCode, await answer.ReasonAsync()));
            Assert.Equal(HealthCheckResponse.Types.ServingStatus.NotServing, health.Status);
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/health/live", Cancel)).StatusCode);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await http.GetAsync("/health/ready", Cancel)).StatusCode);
        }
        finally
        {
            await SystemBehindAGateway.EndAsync(gateway, log);
        }
    }

    [Fact]
    public async Task Ends_its_streams_as_unavailable()
    {
        await using var server = await ServerThatDies.StartAsync(Cancel);
        await using var redis = await RedisServer.StartAsync(Cancel);
        var (gateway, address, log) = await SystemBehindAGateway.StartGatewayAsync(redis, _ => server.Address);
        try
        {
            using var channel = SystemBehindAGateway.ChannelTo(address);
            using var call = new SessionService.SessionServiceClient(channel)
                .WatchCase(new() { Name = server.Case }, cancellationToken: Cancel);
            Assert.True(await call.ResponseStream.MoveNext(Cancel));

            await server.KillAsync();

            var failure = await Assert.ThrowsAsync<RpcException>(async () =>
            {
                while (await call.ResponseStream.MoveNext(Cancel))
                {
                }
            });
            Assert.Equal(
                (StatusCode.Unavailable, ErrorReason.ServiceUnavailable), (failure.StatusCode, failure.ToFaultMavenError().Reason));
        }
        finally
        {
            await SystemBehindAGateway.EndAsync(gateway, log);
        }
    }
}
