using FaultMaven.Protos;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Session.V1;
using FaultMaven.Tests.Shared;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace FaultMaven.Client.Tests;

public sealed class TheClient : IAsyncLifetime
{
    private FaultMavenHost _host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private FaultMavenClientOptions Options =>
        new() { Address = _host.Address, TokenProvider = _ => new(_host.Token) };

    public async ValueTask InitializeAsync() => _host = await FaultMavenHost.StartAsync(Cancel);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Makes_calls_over_an_address_and_over_a_socket()
    {
        using var byAddress = new FaultMavenClient(Options);
        using var bySocket = new FaultMavenClient(new FaultMavenClientOptions { Address = new Uri($"unix:{_host.DataDirectory}/fm.sock") });

        var opened = await byAddress.Sessions.CreateCaseAsync(new() { Title = "Disk full" }, cancellationToken: Cancel);
        var found = await bySocket.Sessions.GetCaseAsync(new() { Name = opened.Name }, cancellationToken: Cancel);

        Assert.Equal("Disk full", found.Title);
    }

    [Fact]
    public void Has_a_client_for_every_service_of_the_contract()
    {
        var clients = typeof(FaultMavenClient).GetProperties()
            .Select(property => property.PropertyType.DeclaringType?.Name).OfType<string>();

        Assert.Equal(Contract.Services.Select(service => service.Name).Order(), clients.Order());
    }

    [Fact]
    public async Task Is_injected_whole_and_by_service()
    {
        var services = new ServiceCollection();
        services.AddFaultMavenClient(options => (options.Address, options.TokenProvider) = (Options.Address, Options.TokenProvider));
        await using var provider = services.BuildServiceProvider();

        var opened = await provider.GetRequiredService<SessionService.SessionServiceClient>()
            .CreateCaseAsync(new(), cancellationToken: Cancel);
        var found = await provider.GetRequiredService<FaultMavenClient>().Sessions.GetCaseAsync(
            new() { Name = opened.Name }, cancellationToken: Cancel);

        Assert.Equal(opened.Name, found.Name);
    }

    [Fact]
    public async Task Reads_why_a_call_failed()
    {
        using var client = new FaultMavenClient(Options);

        var notFound = await FailAsync(client.Sessions.GetCaseAsync(new() { Name = "cases/nope" }, cancellationToken: Cancel));
        var malformed = await FailAsync(client.Sessions.ListCasesAsync(new() { PageSize = -1 }, cancellationToken: Cancel));

        Assert.Equal(
            (StatusCode.NotFound, ErrorReason.CaseNotFound, "cases/nope"), (notFound.Code, notFound.Reason, notFound.Metadata["name"]));
        Assert.Equal((ErrorReason.InvalidField, "page_size"), (malformed.Reason, malformed.Fields.Single().Field));
        Assert.Equal(ErrorReason.CaseNotFound, FaultMavenError.ParseReason("ERROR_REASON_CASE_NOT_FOUND"));
    }

    [Fact]
    public async Task Reads_that_there_is_no_server()
    {
        // Port 1 refuses connections.
        using var client = new FaultMavenClient(new FaultMavenClientOptions { Address = new Uri("http://127.0.0.1:1"), MaxAttempts = 1 });

        var error = await FailAsync(client.Sessions.GetCaseAsync(new() { Name = "cases/a" }, cancellationToken: Cancel));

        Assert.Equal((StatusCode.Unavailable, ErrorReason.Unspecified), (error.Code, error.Reason));
    }

    [Fact]
    public void Sends_no_token_over_a_network_without_TLS()
    {
        var options = new FaultMavenClientOptions { Address = new Uri("http://192.0.2.1:7080"), TokenProvider = _ => new("made-up-token") };

        Assert.Throws<ArgumentException>(() => new FaultMavenClient(options));
    }

    private static async Task<FaultMavenError> FailAsync<T>(AsyncUnaryCall<T> call) =>
        (await Assert.ThrowsAsync<RpcException>(async () => await call)).ToFaultMavenError();
}
