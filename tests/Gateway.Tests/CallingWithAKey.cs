using System.Net;
using FaultMaven.Client;
using FaultMaven.Gateway.Keys;
using FaultMaven.Protos;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Identity.V1;
using FaultMaven.ServiceDefaults.Identity;
using FaultMaven.Tests.Shared;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using ApiKey = FaultMaven.Protos.Identity.V1.ApiKey;
using KeyRole = FaultMaven.Protos.Identity.V1.ApiKey.Types.Role;
using KeyState = FaultMaven.Protos.Identity.V1.ApiKey.Types.State;

namespace FaultMaven.Gateway.Tests;

/// <summary>What a program with a key may do, and from when on it may not any more.</summary>
public sealed class CallingWithAKey(SystemWithAProvider system) : IClassFixture<SystemWithAProvider>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Makes_the_program_known_to_the_services()
    {
        var made = await MakeAsync("known", [KeyRole.Member], Scope.Cases);
        using var client = system.ClientWith(made.Secret);
        using var http = system.HttpWith(made.Secret);

        var opened = await client.Sessions.CreateCaseAsync(new() { Title = "Disk full" }, cancellationToken: Cancel);
        using var read = await http.GetAsync(new Uri($"/v1/{opened.Name}", UriKind.Relative), Cancel);

        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        var principal = system.Arrivals.Of("CreateCase").Principal;
        Assert.Equal(("known", made.Name.Split('/')[1], PrincipalKind.Key), (principal.Tenant, principal.Subject, principal.Kind));
        Assert.Equal([Role.Member], principal.Roles);
        Assert.Equal([Scope.Cases], principal.Scopes);

        // Session has the title redacted for the key, whose scopes do not matter there.
        Assert.Equal("session", system.Arrivals.Of("RedactText").Via);
    }

    [Fact]
    public async Task Is_limited_to_its_scopes_and_roles_at_the_edge_and_in_the_services()
    {
        var made = await MakeAsync("scoped", [KeyRole.Viewer], Scope.Cases, Scope.Evidence);
        using var client = system.ClientWith(made.Secret);
        using var http = system.HttpWith(made.Secret);

        await client.Sessions.ListCasesAsync(new(), cancellationToken: Cancel);
        var scope = await ManagingKeys.FaultOf(client.Knowledge.ListDocumentsAsync(new()));
        using var asJson = await http.GetAsync(new Uri("/v1/documents", UriKind.Relative), Cancel);
        var role = await ManagingKeys.FaultOf(client.Sessions.CreateCaseAsync(new()));

        Assert.Equal((ErrorReason.ScopeRequired, "SCOPE_KNOWLEDGE"), (scope.Reason, scope.Metadata["scope"]));
        Assert.Equal((HttpStatusCode.Forbidden, "ERROR_REASON_SCOPE_REQUIRED"), (asJson.StatusCode, await asJson.ReasonAsync()));
        Assert.Equal(ErrorReason.RoleRequired, role.Reason);

        // A service checks for itself what the edge has let through.
        var key = new Principal("scoped", "k", PrincipalKind.Key, [Role.Viewer]) { Scopes = [Scope.Evidence] };
        using var channel = Grpc.Net.Client.GrpcChannel.ForAddress(system.Services);
        var headers = new Metadata { { IdentityTokens.Header, TestIdentity.TokenFor("session", key) } };
        var past = await ManagingKeys.FaultOf(
            new Protos.Session.V1.SessionService.SessionServiceClient(channel).ListCasesAsync(new(), headers));
        Assert.Equal(ErrorReason.ScopeRequired, past.Reason);
    }

    [Fact]
    public async Task Ends_at_once_at_every_gateway_when_the_key_is_revoked()
    {
        using var ann = system.ClientWith(await system.Provider.TokenAsync("ann", "admin", tenant: "revoked"));
        var made = await MakeAsync("revoked", [KeyRole.Viewer]);
        using var here = system.ClientWith(made.Secret);
        using var there = system.ClientWith(made.Secret, gateway: 1);
        await there.Sessions.ListCasesAsync(new(), cancellationToken: Cancel);

        await ann.ApiKeys.RevokeApiKeyAsync(new() { Name = made.Name }, cancellationToken: Cancel);

        foreach (var client in new[] { here, there })
        {
            var fault = await ManagingKeys.FaultOf(client.Sessions.ListCasesAsync(new()));
            Assert.Equal((StatusCode.Unauthenticated, ErrorReason.ApiKeyRevoked), (fault.Code, fault.Reason));
        }

        var ended = await ManagingKeys.FaultOf(ann.ApiKeys.RotateApiKeyAsync(new() { Name = made.Name }));
        Assert.Equal((ErrorReason.ApiKeyEnded, "STATE_REVOKED"), (ended.Reason, ended.Metadata["state"]));
    }

    [Fact]
    public async Task Is_refused_with_a_key_that_is_mistyped_unknown_or_has_another_secret()
    {
        var made = await MakeAsync("wrong", [KeyRole.Viewer]);
        var id = made.Name.Split('/')[1];
        var mistyped = $"{made.Secret[..^10]}{(made.Secret[^10] == 'a' ? 'b' : 'a')}{made.Secret[^9..]}";
        var refusals = new (string Problem, string Key)[]
        {
            ("malformed", mistyped),
            ("malformed", made.Secret[..^1]),
            ("malformed", "fmk_"),
            ("unknown", ApiKeyText.New(ApiKeyText.NewId()).Text),
            ("unknown", ApiKeyText.New(id).Text),
        };

        foreach (var (problem, key) in refusals)
        {
            using var client = system.ClientWith(key);
            var fault = await ManagingKeys.FaultOf(client.Sessions.ListCasesAsync(new()));
            Assert.Equal((StatusCode.Unauthenticated, ErrorReason.IdentityInvalid), (fault.Code, fault.Reason));
            Assert.Equal(problem, fault.Metadata["problem"]);
        }
    }

    [Fact]
    public async Task Goes_on_with_the_secret_before_for_the_grace_period()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        await using var host = await FaultMavenHost.StartAsync(null, time, null, Cancel);
        var keys = new ApiKeyService.ApiKeyServiceClient(host.Channel);
        var first = await MakeAsync(keys, time, TimeSpan.FromDays(30));

        var second = await keys.RotateApiKeyAsync(
            new() { Name = first.Name, GracePeriod = TimeSpan.FromHours(2).ToDuration() }, cancellationToken: Cancel);
        var stale = await ManagingKeys.FaultOf(keys.RotateApiKeyAsync(new() { Name = first.Name, Etag = first.Etag }));

        Assert.NotEqual(first.Secret, second.Secret);
        Assert.Equal(ErrorReason.EtagMismatch, stale.Reason);
        Assert.Equal((ErrorReason.Unspecified, ErrorReason.Unspecified), (await Of(first), await Of(second)));
        time.Advance(TimeSpan.FromHours(2));
        Assert.Equal((ErrorReason.IdentityInvalid, ErrorReason.Unspecified), (await Of(first), await Of(second)));

        Task<ErrorReason> Of(ApiKey key) => CallAsync(host, key.Secret);
    }

    [Fact]
    public async Task Ends_when_the_key_expires_and_is_noted_by_the_day()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        await using var host = await FaultMavenHost.StartAsync(null, time, null, Cancel);
        var keys = new ApiKeyService.ApiKeyServiceClient(host.Channel);
        var made = await MakeAsync(keys, time, TimeSpan.FromHours(2));

        Assert.Equal(ErrorReason.Unspecified, await CallAsync(host, made.Secret));
        var used = await keys.GetApiKeyAsync(new() { Name = made.Name }, cancellationToken: Cancel);
        time.Advance(TimeSpan.FromHours(2));
        var after = await CallAsync(host, made.Secret);
        var expired = await keys.GetApiKeyAsync(new() { Name = made.Name }, cancellationToken: Cancel);

        Assert.Equal(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), used.LastUseTime.ToDateTimeOffset());
        Assert.Equal(ErrorReason.IdentityExpired, after);
        Assert.Equal((KeyState.Expired, used.LastUseTime, used.Etag), (expired.State, expired.LastUseTime, expired.Etag));
    }

    [Fact]
    public async Task Is_not_remembered_for_longer_than_90_days_after_its_end()
    {
        var time = new FakeTimeProvider();
        using var state = new EmbeddedState(time);
        var store = new ApiKeyStore(state.Open("gateway"), time);
        var now = time.GetUtcNow();
        var key = new Keys.ApiKey("k", "deploy bot", "person:ann", [Role.Viewer], [], now, now, now + TimeSpan.FromDays(1), null, []);
        await store.TryAddAsync("acme", key, made => new ApiKey { Name = made.Key.Id }, Cancel);

        Assert.True(await store.HasActiveAsync(Cancel));
        time.Advance(TimeSpan.FromDays(90));
        Assert.Equal(("acme", false), (await store.FindTenantAsync("k", Cancel), await store.HasActiveAsync(Cancel)));
        Assert.NotNull(await store.FindAsync("acme", "k", Cancel));
        time.Advance(TimeSpan.FromDays(1));
        Assert.Null(await store.FindTenantAsync("k", Cancel));
        Assert.Null(await store.FindAsync("acme", "k", Cancel));
    }

    [Fact]
    public async Task Leaves_no_secret_in_what_is_kept()
    {
        var directory = Directory.CreateTempSubdirectory("fm-keys-");
        try
        {
            string secret;
            await using (var host = await FaultMavenHost.StartAsync(directory.FullName, null, null, Cancel))
            {
                secret = (await MakeAsync(
                    new ApiKeyService.ApiKeyServiceClient(host.Channel), TimeProvider.System, TimeSpan.FromDays(1))).Secret;
                Assert.Equal(ErrorReason.Unspecified, await CallAsync(host, secret));
            }

            var random = secret.Split('_')[2];
            Assert.All(
                Directory.EnumerateFiles(directory.FullName, "*", SearchOption.AllDirectories),
                file => Assert.DoesNotContain(random, File.ReadAllText(file, System.Text.Encoding.Latin1), StringComparison.Ordinal));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static async Task<ErrorReason> CallAsync(FaultMavenHost host, string key)
    {
        using var client = new FaultMavenClient(
            new FaultMavenClientOptions { Address = host.Address, MaxAttempts = 1, TokenProvider = _ => new(key) });
        try
        {
            await client.Sessions.ListCasesAsync(new(), cancellationToken: Cancel);
            return ErrorReason.Unspecified;
        }
        catch (RpcException exception)
        {
            return exception.ToFaultMavenError().Reason;
        }
    }

    private static async Task<ApiKey> MakeAsync(ApiKeyService.ApiKeyServiceClient keys, TimeProvider time, TimeSpan life)
    {
        var key = ManagingKeys.Key(KeyRole.Viewer);
        key.ExpireTime = (time.GetUtcNow() + life).ToTimestamp();
        return await keys.CreateApiKeyAsync(new() { ApiKey = key }, cancellationToken: Cancel);
    }

    private async Task<ApiKey> MakeAsync(string tenant, KeyRole[] roles, params Scope[] scopes)
    {
        using var maker = system.ClientWith(await system.Provider.TokenAsync("ann", "admin", tenant: tenant));
        var key = ManagingKeys.Key(roles);
        key.Scopes.Add(scopes);
        return await maker.ApiKeys.CreateApiKeyAsync(new() { ApiKey = key }, cancellationToken: Cancel);
    }
}
