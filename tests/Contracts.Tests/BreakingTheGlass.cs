using FaultMaven.Client;
using FaultMaven.Protos;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Identity.V1;
using FaultMaven.Protos.Operations.V1;
using FaultMaven.Protos.Session.V1;
using FaultMaven.ServiceDefaults.Identity;
using FaultMaven.Tests.Shared;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Kind = FaultMaven.Protos.Operations.V1.AuditEntry.Types.Kind;

namespace FaultMaven.Contracts.Tests;

/// <summary>An administrator of the tenant that runs the installation, who calls in the tenant of someone else.</summary>
public sealed class BreakingTheGlass : IAsyncDisposable
{
    private const string Reason = "their export hangs, ticket 4711";

    private static readonly Principal s_alice = new("acme", "alice", PrincipalKind.Person, [Role.Admin]);
    private static readonly string s_actor = $"local/person:{Environment.UserName}";

    private FaultMavenHost _host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private SessionService.SessionServiceClient Sessions => new(_host.Channel);

    [Fact]
    public async Task Is_in_the_audit_log_of_that_tenant_with_the_reason_even_for_a_read()
    {
        await StartAsync();
        var name = await CreateCaseOfAcmeAsync();

        var found = await Sessions.GetCaseAsync(new() { Name = name }, Glass($"acme {Reason}"), cancellationToken: Cancel);
        await Sessions.CloseCaseAsync(
            new() { Name = name, Resolution = Case.Types.Resolution.Resolved },
            Glass($"acme {Uri.EscapeDataString(Reason)}"),
            cancellationToken: Cancel);

        Assert.Equal("Mulberry", found.Title);
        var entries = (await ReadAsync(As(s_alice))).Where(entry => entry.Actor == s_actor).ToList();
        Assert.Equal(
            ["GetCase Began", "GetCase Ended", "CloseCase Began", "CloseCase Ended"],
            entries.Select(entry => $"{entry.Method.Split('/')[1]} {entry.Kind}"));
        Assert.All(entries, entry => Assert.Equal(Reason, entry.BreakGlassReason));
        Assert.Empty(await ReadAsync(_host.Channel.CreateCallInvoker()));
    }

    [Fact]
    public async Task Does_not_open_what_is_of_another_tenant_without_it()
    {
        await StartAsync();
        var name = await CreateCaseOfAcmeAsync();

        Assert.Equal(ErrorReason.CaseNotFound, await RefusalAsync(name, []));
    }

    [Fact]
    public async Task Opens_a_case_of_the_own_tenant_that_is_not_shared_and_is_in_its_audit_log()
    {
        await StartAsync();
        var bob = new Principal("local", "bob", PrincipalKind.Person, [Role.Member]);
        var name = (await new SessionService.SessionServiceClient(As(bob)).CreateCaseAsync(
            new() { Title = "Mulberry", Case = new() { Access = Case.Types.Access.Members } }, cancellationToken: Cancel)).Name;

        Assert.Equal(ErrorReason.CaseNotFound, await RefusalAsync(name, []));
        var found = await Sessions.GetCaseAsync(new() { Name = name }, Glass($"local {Reason}"), cancellationToken: Cancel);

        Assert.Equal("Mulberry", found.Title);
        var entries = (await ReadAsync(_host.Channel.CreateCallInvoker())).Where(entry => entry.BreakGlassReason == Reason);
        Assert.Equal(
            [$"person:{Environment.UserName} Began", $"person:{Environment.UserName} Ended"],
            entries.Select(entry => $"{entry.Actor} {entry.Kind}"));
    }

    [Fact]
    public async Task Lets_no_one_in_for_later()
    {
        await StartAsync();
        var bob = new Principal("local", "bob", PrincipalKind.Person, [Role.Member]);
        var name = (await new SessionService.SessionServiceClient(As(bob)).CreateCaseAsync(
            new() { Title = "Mulberry", Case = new() { Access = Case.Types.Access.Members } }, cancellationToken: Cancel)).Name;
        var (glass, me) = (Glass($"local {Reason}"), $"person:{Environment.UserName}");
        var share = new ShareCaseRequest { Name = name, Member = me, Role = CaseMember.Types.Role.Viewer };
        var open = new ChangeCaseAccessRequest { Name = name, Access = Case.Types.Access.Tenant };

        Assert.Equal(ErrorReason.BreakGlassRefused, await RefusalAsync(Sessions.ShareCaseAsync(share, glass, cancellationToken: Cancel)));
        Assert.Equal(
            ErrorReason.BreakGlassRefused, await RefusalAsync(Sessions.ChangeCaseAccessAsync(open, glass, cancellationToken: Cancel)));
        Assert.Equal(
            ErrorReason.BreakGlassRefused,
            await RefusalAsync(Sessions.TransferCaseAsync(new() { Name = name, Owner = me }, glass, cancellationToken: Cancel)));
        Assert.Equal(ErrorReason.CaseNotFound, await RefusalAsync(name, []));
        await Sessions.TransferCaseAsync(new() { Name = name, Owner = "person:carol" }, glass, cancellationToken: Cancel);
    }

    [Theory]
    [InlineData("acme")]
    [InlineData("acme short")]
    [InlineData("acme with%0Aa second line of text")]
    [InlineData("../acme because it does not work")]
    public async Task Without_a_tenant_and_a_reason_is_refused_and_written_down(string value)
    {
        await StartAsync();
        var name = await CreateCaseOfAcmeAsync();

        Assert.Equal(ErrorReason.BreakGlassRefused, await RefusalAsync(name, Glass(value)));

        var entry = Assert.Single(await ReadAsync(_host.Channel.CreateCallInvoker()));
        Assert.Equal(
            (Kind.Refused, "ERROR_REASON_BREAK_GLASS_REFUSED", "faultmaven.session.v1.SessionService/GetCase"),
            (entry.Kind, entry.Reason, entry.Method));
        Assert.DoesNotContain(await ReadAsync(As(s_alice)), found => found.Actor == s_actor);
    }

    [Fact]
    public async Task Is_off_unless_the_setting_allows_it()
    {
        await StartAsync(isAllowed: false);
        var name = await CreateCaseOfAcmeAsync();

        Assert.Equal(ErrorReason.BreakGlassRefused, await RefusalAsync(name, Glass($"acme {Reason}")));
        Assert.Single(await ReadAsync(_host.Channel.CreateCallInvoker()));
    }

    [Fact]
    public async Task Is_not_for_keys_and_makes_none()
    {
        await StartAsync();
        var name = await CreateCaseOfAcmeAsync();
        var request = new CreateApiKeyRequest
        {
            ApiKey = new()
            {
                DisplayName = "bot",
                Roles = { ApiKey.Types.Role.Admin },
                Scopes = { Scope.Cases },
                ExpireTime = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow() + TimeSpan.FromDays(1)),
            },
        };
        var keys = new ApiKeyService.ApiKeyServiceClient(_host.Channel);
        var secret = (await keys.CreateApiKeyAsync(request, cancellationToken: Cancel)).Secret;
        using var channel = FaultMavenChannel.Create(new() { Address = _host.Address, TokenProvider = _ => new(secret), MaxAttempts = 1 });

        var byKey = await Assert.ThrowsAsync<RpcException>(async () => await new SessionService.SessionServiceClient(channel).GetCaseAsync(
            new() { Name = name }, Glass($"acme {Reason}"), cancellationToken: Cancel));
        var making = await Assert.ThrowsAsync<RpcException>(async () => await keys.CreateApiKeyAsync(
            request, Glass($"acme {Reason}"), cancellationToken: Cancel));

        Assert.Equal(
            [ErrorReason.BreakGlassRefused, ErrorReason.BreakGlassRefused],
            [FaultMavenError.From(byKey).Reason, FaultMavenError.From(making).Reason]);
    }

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    private async Task StartAsync(bool isAllowed = true) => _host = await FaultMavenHost.StartAsync(
        null,
        null,
        new Dictionary<string, string?>(TestIdentity.Settings) { ["Identity:BreakGlass"] = isAllowed ? "true" : null },
        Cancel);

    private static Metadata Glass(string value) => new() { { "faultmaven-break-glass", value } };

    private SigningInvoker As(Principal principal) => new(_host.Channel.CreateCallInvoker(), principal);

    private async Task<string> CreateCaseOfAcmeAsync() => (await new SessionService.SessionServiceClient(As(s_alice)).CreateCaseAsync(
        new() { Title = "Mulberry" }, cancellationToken: Cancel)).Name;

    private async Task<ErrorReason> RefusalAsync(string name, Metadata metadata) => FaultMavenError.From(
        await Assert.ThrowsAsync<RpcException>(async () => await Sessions.GetCaseAsync(
            new() { Name = name }, metadata, cancellationToken: Cancel))).Reason;

    private static async Task<ErrorReason> RefusalAsync(AsyncUnaryCall<Case> call) =>
        FaultMavenError.From(await Assert.ThrowsAsync<RpcException>(async () => await call)).Reason;

    private static async Task<IList<AuditEntry>> ReadAsync(CallInvoker invoker) =>
        (await new AuditService.AuditServiceClient(invoker).ListAuditEntriesAsync(
            new() { Parent = "auditLogs/-", OldestFirst = true }, cancellationToken: Cancel)).AuditEntries;
}
