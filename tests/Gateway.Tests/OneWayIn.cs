using System.Net;
using System.Text;
using FaultMaven.Protos;
using FaultMaven.Protos.Data.V1;
using FaultMaven.Protos.Operations.V1;
using FaultMaven.Protos.Redaction.V1;
using FaultMaven.Protos.Session.V1;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Health.V1;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace FaultMaven.Gateway.Tests;

public sealed class OneWayIn(SystemBehindAGateway system) : IClassFixture<SystemBehindAGateway>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Takes_gRPC_and_JSON_at_the_same_port()
    {
        var sessions = new SessionService.SessionServiceClient(system.Channel);
        var opened = await sessions.CreateCaseAsync(new() { Title = "Disk full" }, cancellationToken: Cancel);

        var read = await system.Http.GetAsync($"/v1/{opened.Name}", Cancel);

        Assert.Equal("Disk full", (await read.ReadAsync()).GetProperty("title").GetString());
    }

    [Fact]
    public async Task Reaches_every_method_of_the_contract()
    {
        var calls = system.Channel.CreateCallInvoker();
        foreach (var method in Contract.Services.SelectMany(service => service.Methods))
        {
            using var call = calls.AsyncDuplexStreamingCall(
                Raw(method.Service.FullName, method.Name), null, new CallOptions(cancellationToken: Cancel));
            await call.RequestStream.WriteAsync([], Cancel);
            await call.RequestStream.CompleteAsync();

            // Watches of nothing, and streams of nothing, fail or end; what they must not be is unknown.
            var failure = await FailureAsync(call);
            Assert.True(failure is not StatusCode.Unimplemented and not StatusCode.Unavailable, $"{method.FullName}: {failure}");
        }
    }

    [Fact]
    public async Task Streams_both_ways_while_the_caller_still_sends()
    {
        using var call = new RedactionService.RedactionServiceClient(system.Channel).StreamRedactText(cancellationToken: Cancel);
        await call.RequestStream.WriteAsync(
            new() { Scope = "try", Text = new string('a', 200_000) + "\nmail ann@example.org now\n" }, Cancel);
        Assert.True(await call.ResponseStream.MoveNext(Cancel));

        await call.RequestStream.CompleteAsync();
        var text = new StringBuilder();
        do
        {
            text.Append(call.ResponseStream.Current.Text);
        }
        while (await call.ResponseStream.MoveNext(Cancel));

        Assert.Contains("mail <EMAIL_ADDRESS_1> now", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_an_upload_that_is_larger_than_any_message()
    {
        var parent = (await new SessionService.SessionServiceClient(system.Channel).CreateCaseAsync(new(), cancellationToken: Cancel)).Name;
        var chunk = ByteString.CopyFromUtf8(string.Concat(Enumerable.Repeat("2026-03-11T14:00:01Z INFO request served\n", 5000)));
        using var call = new DataService.DataServiceClient(system.Channel).UploadEvidence(cancellationToken: Cancel);

        await call.RequestStream.WriteAsync(new() { Metadata = new() { Parent = parent, FileName = "app.log" } }, Cancel);
        for (var sent = 0; sent < 40_000_000; sent += chunk.Length)
        {
            await call.RequestStream.WriteAsync(new() { Chunk = chunk }, Cancel);
        }

        await call.RequestStream.CompleteAsync();
        Assert.InRange((await call).SizeBytes, 40_000_000, long.MaxValue);
    }

    [Fact]
    public async Task Passes_failures_on_with_their_details()
    {
        var failure = await Assert.ThrowsAsync<RpcException>(async () =>
            await new SessionService.SessionServiceClient(system.Channel)
                .GetCaseAsync(new() { Name = "cases/nope" }, cancellationToken: Cancel));
        var answer = await system.Http.GetAsync("/v1/cases/nope", Cancel);

        Assert.Equal("ERROR_REASON_CASE_NOT_FOUND", failure.GetRpcStatus()?.GetDetail<Google.Rpc.ErrorInfo>()?.Reason);
        Assert.Equal((HttpStatusCode.NotFound, "ERROR_REASON_CASE_NOT_FOUND"), (answer.StatusCode, await answer.ReasonAsync()));
    }

    [Fact]
    public async Task Carries_the_deadline_on()
    {
        var name = (await new SessionService.SessionServiceClient(system.Channel).CreateCaseAsync(new(), cancellationToken: Cancel)).Name;
        // A client without a deadline, so that only the service can end the call.
        var message = new WatchCaseRequest { Name = name }.ToByteArray();
        using var http = SystemBehindAGateway.HttpTo(system.Address);
        using var request = new HttpRequestMessage(
            HttpMethod.Post, new Uri(system.Address, "/faultmaven.session.v1.SessionService/WatchCase"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent([0, 0, 0, 0, (byte)message.Length, .. message]),
        };
        request.Content.Headers.ContentType = new("application/grpc");
        request.Headers.Add("te", "trailers");
        request.Headers.Add("grpc-timeout", "500m");

        using var answer = await http.SendAsync(request, Cancel);

        Assert.Equal("4", Assert.Single(answer.TrailingHeaders.GetValues("grpc-status")));
    }

    [Fact]
    public async Task Carries_the_trace_of_a_call_on()
    {
        using var overGrpc = new ServedCall();
        using var overJson = new ServedCall();

        var opened = await new SessionService.SessionServiceClient(system.Channel).CreateCaseAsync(
            new(), new Metadata { { "traceparent", overGrpc.TraceParent } }, cancellationToken: Cancel);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/{opened.Name}");
        request.Headers.Add("traceparent", overJson.TraceParent);
        using var read = await system.Http.SendAsync(request, Cancel);

        await overGrpc.EndAsync(Cancel);
        await overJson.EndAsync(Cancel);
    }

    [Fact]
    public async Task Ends_a_watch_in_the_service_when_its_caller_leaves()
    {
        var sessions = new SessionService.SessionServiceClient(system.Channel);
        var name = (await sessions.CreateCaseAsync(new(), cancellationToken: Cancel)).Name;
        using var overGrpc = new ServedCall();
        using var overJson = new ServedCall();
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Cancel);

        using var watch = sessions.WatchCase(
            new() { Name = name }, new Metadata { { "traceparent", overGrpc.TraceParent } }, cancellationToken: leave.Token);
        Assert.True(await watch.ResponseStream.MoveNext(Cancel));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/{name}:watch");
        request.Headers.Add("traceparent", overJson.TraceParent);
        var answer = await system.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);

        await leave.CancelAsync();
        answer.Dispose();

        await overGrpc.EndAsync(Cancel);
        await overJson.EndAsync(Cancel);
    }

    [Fact]
    public async Task Ends_JSON_calls_at_their_deadline()
    {
        var name = (await new SessionService.SessionServiceClient(system.Channel).CreateCaseAsync(new(), cancellationToken: Cancel)).Name;

        using var late = await GetAsync($"/v1/{name}", "1n");
        using var malformed = await GetAsync($"/v1/{name}", "soon");
        using var read = await GetAsync($"/v1/{name}", "10H");
        // Without a deadline, a watch ends when its caller leaves.
        using var watch = await GetAsync($"/v1/{name}:watch", "500m");

        Assert.Equal((HttpStatusCode.GatewayTimeout, "ERROR_REASON_DEADLINE_EXCEEDED"), (late.StatusCode, await late.ReasonAsync()));
        Assert.Equal((HttpStatusCode.BadRequest, "grpc-timeout"), (malformed.StatusCode, (await malformed.FieldAsync()).Field));
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        Assert.Contains("DEADLINE_EXCEEDED", await watch.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);

        async Task<HttpResponseMessage> GetAsync(string path, string timeout)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Add("grpc-timeout", timeout);
            return await system.Http.SendAsync(request, Cancel);
        }
    }

    [Fact]
    public async Task Answers_for_the_health_of_each_service_and_of_the_whole()
    {
        var health = new Health.HealthClient(system.Channel);

        var whole = await health.CheckAsync(new(), cancellationToken: Cancel);
        Assert.Equal(ServingStatus.Serving, whole.Status);
        foreach (var service in Contract.Services)
        {
            Assert.Equal(
                ServingStatus.Serving, (await health.CheckAsync(new() { Service = service.FullName }, cancellationToken: Cancel)).Status);
        }

        var unknown = await Assert.ThrowsAsync<RpcException>(async () =>
            await health.CheckAsync(new() { Service = "nope" }, cancellationToken: Cancel));
        Assert.Equal(StatusCode.NotFound, unknown.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await system.Http.GetAsync("/health/live", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await system.Http.GetAsync("/health/ready", Cancel)).StatusCode);
    }

    [Fact]
    public async Task Lists_the_outboxes_of_all_services()
    {
        var outboxes = await new OutboxService.OutboxServiceClient(system.Channel).ListOutboxesAsync(new(), cancellationToken: Cancel);
        var letters = await system.Http.GetAsync("/v1/outboxes/-/deadLetters", Cancel);
        var unknown = await system.Http.PostAsync("/v1/outboxes/nope/deadLetters/1:replay", null, Cancel);

        Assert.Contains("outboxes/session", outboxes.Outboxes.Select(outbox => outbox.Name));
        Assert.Equal(HttpStatusCode.OK, letters.StatusCode);
        Assert.Equal("ERROR_REASON_DEAD_LETTER_NOT_FOUND", await unknown.ReasonAsync());
    }

    [Fact]
    public async Task Lists_the_settings_of_all_processes_page_by_page()
    {
        var client = new SettingsService.SettingsServiceClient(system.Channel);
        var listed = new List<EffectiveSetting>();
        var request = new ListEffectiveSettingsRequest { PageSize = 40 };
        do
        {
            var page = await client.ListEffectiveSettingsAsync(request, cancellationToken: Cancel);
            Assert.InRange(page.EffectiveSettings.Count, 1, 40);
            listed.AddRange(page.EffectiveSettings);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        Assert.Equal(["gateway", "standalone"], listed.Select(setting => setting.Process).Distinct().Order());
        Assert.Equal(listed.DistinctBy(setting => (setting.Process, setting.Key)).Count(), listed.Count);
        var redis = listed.Single(setting => setting is { Process: "gateway", Key: "ConnectionStrings:redis" });
        Assert.Equal(("***", true, EffectiveSetting.Types.Source.Environment), (redis.Value, redis.Masked, redis.Source));
        Assert.Contains(listed, setting => setting is { Process: "standalone", Key: "Agent:Turns:Parallel", Value: "4" });
        Assert.DoesNotContain(listed, setting => setting is { Process: "gateway", Key: "Agent:Turns:Parallel" });
    }

    [Fact]
    public async Task Answers_an_unknown_path_with_a_status()
    {
        var answer = await system.Http.GetAsync("/v1/nothing", Cancel);

        Assert.Equal((HttpStatusCode.NotFound, "ERROR_REASON_PATH_NOT_FOUND"), (answer.StatusCode, await answer.ReasonAsync()));
    }

    [Fact]
    public async Task Refuses_the_name_of_another_host()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/cases") { Headers = { Host = "evil.example.org" } };

        Assert.Equal(HttpStatusCode.BadRequest, (await system.Http.SendAsync(request, Cancel)).StatusCode);
    }

    private static async Task<StatusCode> FailureAsync(AsyncDuplexStreamingCall<byte[], byte[]> call)
    {
        try
        {
            // One answer is proof enough; a watch may go on for ever.
            await call.ResponseStream.MoveNext(Cancel);
            return StatusCode.OK;
        }
        catch (RpcException exception)
        {
            return exception.StatusCode;
        }
    }

    private static Method<byte[], byte[]> Raw(string service, string method, MethodType type = MethodType.DuplexStreaming) =>
        new(
            type, service, method, Marshallers.Create<byte[]>(bytes => bytes, bytes => bytes),
            Marshallers.Create<byte[]>(bytes => bytes, bytes => bytes));
}
