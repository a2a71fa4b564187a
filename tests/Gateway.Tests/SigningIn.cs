using System.Net;
using FaultMaven.Client;
using FaultMaven.Protos;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Identity;
using FaultMaven.Tests.Shared;
using Grpc.Core;

namespace FaultMaven.Gateway.Tests;

/// <summary>Callers with tokens of an OpenID Connect provider, and what of them arrives at the services behind the gateway.</summary>
public sealed class SigningIn(SystemWithAProvider system) : IClassFixture<SystemWithAProvider>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Makes_the_caller_known_to_the_services_over_gRPC_and_JSON()
    {
        var token = await system.Provider.TokenAsync("ann", "member of-something-else");
        using var client = system.ClientWith(token);
        using var http = system.HttpWith(token);

        var opened = await client.Sessions.CreateCaseAsync(new() { Title = "Disk full" }, cancellationToken: Cancel);
        using var read = await http.GetAsync(new Uri($"/v1/{opened.Name}", UriKind.Relative), Cancel);

        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        var created = system.Arrivals.Of("CreateCase");
        Assert.Equal(("acme", "ann", PrincipalKind.Person), (created.Principal.Tenant, created.Principal.Subject, created.Principal.Kind));
        Assert.Equal([Role.Member], created.Principal.Roles);
        Assert.Null(created.Via);
        Assert.Equal("ann", system.Arrivals.Of("GetCase").Principal.Subject);

        // Session has the title redacted for Ann.
        var redacted = system.Arrivals.Of("RedactText");
        Assert.Equal(("acme", "ann", "session"), (redacted.Principal.Tenant, redacted.Principal.Subject, redacted.Via));
    }

    [Fact]
    public async Task Lets_a_viewer_search_through_services_that_need_more_than_a_viewer()
    {
        using var member = system.ClientWith(await system.Provider.TokenAsync("ann", "member"));
        var opened = await member.Sessions.CreateCaseAsync(new() { Title = "Disk full" }, cancellationToken: Cancel);
        using var viewer = system.ClientWith(await system.Provider.TokenAsync("bob", "viewer"));

        using var search = viewer.Data.SearchEvidence(new() { Parent = opened.Name, Text = "disk" }, cancellationToken: Cancel);
        await search.ResponseStream.MoveNext(Cancel);
        var refused = await FaultOf(() => viewer.Sessions.CreateCaseAsync(new(), cancellationToken: Cancel).ResponseAsync);

        Assert.Equal((StatusCode.PermissionDenied, ErrorReason.RoleRequired), (refused.Code, refused.Reason));
        Assert.Equal("member", refused.Metadata["role"]);
    }

    [Fact]
    public async Task Runs_work_in_the_background_for_whoever_caused_it()
    {
        using var client = system.ClientWith(await system.Provider.TokenAsync("ann", "member"));
        var opened = await client.Sessions.CreateCaseAsync(new(), cancellationToken: Cancel);

        var turn = await client.Agent.CreateTurnAsync(new() { Parent = opened.Name, Question = "Why?" }, cancellationToken: Cancel);
        using var watch = client.Agent.WatchTurn(new() { Name = turn.Name }, cancellationToken: Cancel);
        while (await watch.ResponseStream.MoveNext(Cancel))
        {
        }

        var listed = system.Arrivals.Of("ListSignals");
        Assert.Equal(("ann", "agent"), (listed.Principal.Subject, listed.Via));
    }

    [Fact]
    public async Task Refuses_tokens_that_are_expired_for_another_audience_or_of_another_provider()
    {
        var provider = system.Provider;
        await using var another = await IdentityProvider.StartAsync(null, Cancel);
        await using var impostor = await IdentityProvider.StartAsync(provider.Address, Cancel);
        var refusals = new (ErrorReason Reason, string Problem, string Token)[]
        {
            (ErrorReason.IdentityExpired, "", await provider.TokenAsync("ann", "admin", validFor: TimeSpan.FromMinutes(-10))),
            (ErrorReason.IdentityInvalid, "audience", await provider.TokenAsync("ann", "admin", audience: "payroll")),
            (ErrorReason.IdentityInvalid, "issuer", await another.TokenAsync("ann", "admin")),
            (ErrorReason.IdentityInvalid, "signature", await impostor.TokenAsync("ann", "admin")),
            (ErrorReason.IdentityInvalid, "malformed", "made-up"),
            (ErrorReason.IdentityInvalid, "claims", await provider.TokenAsync("ann", "admin", tenant: null)),
            (ErrorReason.IdentityInvalid, "claims", await provider.TokenAsync("ann", "admin", tenant: "../x")),
        };

        foreach (var (reason, problem, token) in refusals)
        {
            Assert.Equal((reason, problem), await RefusalAsync(token));
        }
    }

    [Fact]
    public async Task Takes_no_token_of_a_service_from_outside()
    {
        using var client = system.ClientWith(await system.Provider.TokenAsync("ann", "viewer"));
        var stolen = new Metadata { { IdentityTokens.Header, TestIdentity.TokenFor("session") } };

        var withToken = await FaultOf(() => client.Sessions.CreateCaseAsync(new(), stolen, cancellationToken: Cancel).ResponseAsync);
        using var nobody = new FaultMavenClient(new FaultMavenClientOptions { Address = system.Address, MaxAttempts = 1 });
        var alone = await FaultOf(() => nobody.Sessions.ListCasesAsync(new(), stolen, cancellationToken: Cancel).ResponseAsync);

        Assert.Equal(ErrorReason.RoleRequired, withToken.Reason);
        Assert.Equal(ErrorReason.IdentityMissing, alone.Reason);
    }

    private static async Task<FaultMavenError> FaultOf(Func<Task> call) =>
        (await Assert.ThrowsAsync<RpcException>(call)).ToFaultMavenError();

    private async Task<(ErrorReason Reason, string Problem)> RefusalAsync(string token)
    {
        using var client = system.ClientWith(token);
        var fault = await FaultOf(() => client.Sessions.ListCasesAsync(new(), cancellationToken: Cancel).ResponseAsync);
        Assert.Equal(StatusCode.Unauthenticated, fault.Code);
        return (fault.Reason, fault.Metadata.GetValueOrDefault("problem", ""));
    }
}
