using System.Collections.Concurrent;
using FaultMaven.Protos.Redaction.V1;
using FaultMaven.Protos.Session.V1;
using FaultMaven.ServiceDefaults.Calls;
using FaultMaven.Tests.Shared;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FaultMaven.Client.Tests;

public sealed class CallsThatFail : IAsyncLifetime
{
    private readonly ConcurrentQueue<(string Method, IHeaderDictionary Headers, byte[] Body)> _calls = [];
    private WebApplication _server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // A server that is always unavailable, and records what it is asked.
    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel =>
            kestrel.ConfigureEndpointDefaults(listen => listen.Protocols = HttpProtocols.Http2));
        _server = builder.Build();
        _server.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            _calls.Enqueue((context.Request.Path.Value!, context.Request.Headers, body.ToArray()));
            context.Response.ContentType = "application/grpc";
            context.Response.Headers["grpc-status"] = "14";
        });
        await _server.StartAsync(Cancel);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Are_repeated_where_they_have_no_side_effects()
    {
        using var client = Connect();

        await FailAsync(client.Sessions.GetCaseAsync(new() { Name = "cases/a" }, cancellationToken: Cancel));

        Assert.Equal(2, _calls.Count);
    }

    [Fact]
    public async Task Are_repeated_with_the_same_request_id()
    {
        using var client = Connect();
        var request = new CreateCaseRequest { Title = "Disk full" };

        await FailAsync(client.Sessions.CreateCaseAsync(request, cancellationToken: Cancel));

        // The five bytes before a message are its frame.
        var ids = _calls.Select(call => CreateCaseRequest.Parser.ParseFrom(call.Body.AsSpan(5)).RequestId).ToList();
        Assert.Equal(2, ids.Count);
        Assert.Single(ids.Distinct());
        Assert.NotEmpty(ids[0]);
        Assert.Empty(request.RequestId);
    }

    [Fact]
    public async Task Are_not_repeated_where_they_could_run_twice()
    {
        using var client = Connect();
        var method = new Method<byte[], byte[]>(
            MethodType.Unary,
            "faultmaven.session.v1.SessionService",
            "NotOfTheContract",
            Marshallers.Create<byte[]>(bytes => bytes, bytes => bytes),
            Marshallers.Create<byte[]>(bytes => bytes, bytes => bytes));

        await FailAsync(client.Calls.AsyncUnaryCall(method, null, new CallOptions(cancellationToken: Cancel), []));

        Assert.Single(_calls);
    }

    [Fact]
    public async Task Between_services_are_repeated_only_where_they_may_run_twice()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IServiceTransport>(new TransportTo(new Uri(_server.Urls.Single())));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddServiceDiscovery();
        builder.Configuration.AddInMemoryCollection(TestIdentity.Settings);
        builder.AddServiceClient<SessionService.SessionServiceClient>("session");
        builder.AddServiceClient<RedactionService.RedactionServiceClient>("redaction");
        using var service = builder.Build();
        var sessions = service.Services.GetRequiredService<SessionService.SessionServiceClient>();
        var redaction = service.Services.GetRequiredService<RedactionService.RedactionServiceClient>();

        await FailAsync(sessions.GetCaseAsync(new() { Name = "cases/a" }, cancellationToken: Cancel));
        await FailAsync(redaction.RedactTextAsync(new() { Scope = "cases/a", Text = "a" }, cancellationToken: Cancel));
        await FailAsync(sessions.CreateMessageAsync(new() { Parent = "cases/a", RequestId = "one" }, cancellationToken: Cancel));
        await FailAsync(sessions.DeleteCaseAsync(new() { Name = "cases/a" }, cancellationToken: Cancel));
        await FailAsync(redaction.RestoreTextAsync(new() { Scope = "cases/a" }, cancellationToken: Cancel));

        Assert.Equal(
            [("CreateMessage", 4), ("DeleteCase", 4), ("GetCase", 4), ("RedactText", 4), ("RestoreText", 1)],
            _calls.CountBy(call => call.Method.Split('/')[^1]).Select(method => (method.Key, method.Value)).Order());
    }

    [Fact]
    public async Task Have_a_deadline_and_a_token()
    {
        using var client = Connect(options => options.TokenProvider = _ => new("made-up-token"));

        await FailAsync(client.Sessions.GetCaseAsync(new() { Name = "cases/a" }, cancellationToken: Cancel));

        Assert.All(_calls, call =>
        {
            Assert.NotEmpty(call.Headers["grpc-timeout"].ToString());
            Assert.Equal("Bearer made-up-token", call.Headers.Authorization);
        });
    }

    private FaultMavenClient Connect(Action<FaultMavenClientOptions>? configure = null)
    {
        var options = new FaultMavenClientOptions { Address = new Uri(_server.Urls.Single()), MaxAttempts = 2 };
        configure?.Invoke(options);
        return new FaultMavenClient(options);
    }

    private static async Task FailAsync<T>(AsyncUnaryCall<T> call) =>
        Assert.Equal(StatusCode.Unavailable, (await Assert.ThrowsAsync<RpcException>(async () => await call)).StatusCode);

    private sealed class TransportTo(Uri server) : IServiceTransport
    {
        public Uri GetAddress(string service) => server;

        public HttpMessageHandler CreateHandler() => new SocketsHttpHandler();
    }
}
