using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.Tests.Shared;
using Google.Rpc;
using Grpc.Core;
using StackExchange.Redis;

namespace FaultMaven.Sessions.Tests;

public sealed class RefusingCalls
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Beyond_the_limit_of_requests_says_when_to_try_again()
    {
        // A title is redacted by a second call inside the first.
        await using var host = await FaultMavenHost.StartAsync(
            null, null, new Dictionary<string, string?> { ["RequestLimits:MaxRequests"] = "1" }, Cancel);

        var client = new Proto.SessionService.SessionServiceClient(host.Channel);

        var fault = await CasesHost.FaultOf(
            async () => await client.CreateCaseAsync(new() { Title = "Disk full" }, cancellationToken: Cancel));

        AssertRetry(fault, StatusCode.ResourceExhausted, ErrorReason.Overloaded);
    }

    [Fact]
    public async Task When_the_store_is_full_or_takes_no_writes_says_so()
    {
        await using var host = await RedisHost.StartAsync(Cancel);
        await using var admin = await ConnectionMultiplexer.ConnectAsync(host.RedisConnection + ",allowAdmin=true");
        var client = host.Client;
        var created = await client.CreateCaseAsync(new(), cancellationToken: Cancel);

        await admin.GetDatabase().ExecuteAsync("CONFIG", "SET", "maxmemory", "1");
        AssertRetry(await CreateAsync(), StatusCode.ResourceExhausted, ErrorReason.StorageFull);
        var update = new Proto.UpdateCaseRequest { Case = new() { Name = created.Name }, UpdateMask = new() { Paths = { "title" } } };
        AssertRetry(
            await CasesHost.FaultOf(async () => await client.UpdateCaseAsync(update, cancellationToken: Cancel)),
            StatusCode.ResourceExhausted,
            ErrorReason.StorageFull);

        await admin.GetDatabase().ExecuteAsync("CONFIG", "SET", "maxmemory", "0");
        await admin.GetDatabase().ExecuteAsync("REPLICAOF", "127.0.0.1", "1");
        AssertRetry(await CreateAsync(), StatusCode.Unavailable, ErrorReason.StoreUnavailable);

        async Task<RpcException> CreateAsync() =>
            await CasesHost.FaultOf(async () => await client.CreateCaseAsync(new(), cancellationToken: Cancel));
    }

    [Fact]
    public async Task That_gRPC_itself_refuses_gives_a_reason()
    {
        await using var host = await FaultMavenHost.StartAsync(Cancel);

        Assert.Equal(
            (StatusCode.Unimplemented, ErrorReason.MethodNotFound), await CallAsync(host, "Nothing", []));
        Assert.Equal((StatusCode.InvalidArgument, ErrorReason.MalformedRequest), await CallAsync(host, "GetCase", [0xff, 0xff]));
        Assert.Equal((StatusCode.InvalidArgument, ErrorReason.TooLarge), await CallAsync(host, "GetCase", new byte[5_000_000]));
    }

    private static void AssertRetry(RpcException fault, StatusCode status, ErrorReason reason)
    {
        Assert.Equal((status, reason), (fault.StatusCode, RpcFault.ReasonOf(fault)));
        Assert.True(fault.GetRpcStatus()!.GetDetail<RetryInfo>()!.RetryDelay.ToTimeSpan() > TimeSpan.Zero);
    }

    private static async Task<(StatusCode, ErrorReason)> CallAsync(FaultMavenHost host, string method, byte[] request)
    {
        var raw = Marshallers.Create(bytes => bytes, bytes => bytes);
        var call = host.Channel.CreateCallInvoker().AsyncUnaryCall(
            new Method<byte[], byte[]>(MethodType.Unary, "faultmaven.session.v1.SessionService", method, raw, raw),
            null,
            new CallOptions(cancellationToken: Cancel),
            request);
        var fault = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);
        return (fault.StatusCode, RpcFault.ReasonOf(fault));
    }
}
