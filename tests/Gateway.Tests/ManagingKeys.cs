using FaultMaven.Client;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Identity.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using KeyRole = FaultMaven.Protos.Identity.V1.ApiKey.Types.Role;
using KeyState = FaultMaven.Protos.Identity.V1.ApiKey.Types.State;

namespace FaultMaven.Gateway.Tests;

/// <summary>Keys for programs: who may make them, who sees them, and what is given away of them.</summary>
public sealed class ManagingKeys(SystemWithAProvider system) : IClassFixture<SystemWithAProvider>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Shows_the_secret_once_and_never_again()
    {
        using var ann = await SignInAsync("ann", "member", "secrets");
        var made = await ann.ApiKeys.CreateApiKeyAsync(new() { ApiKey = Key(KeyRole.Member) }, cancellationToken: Cancel);

        var read = await ann.ApiKeys.GetApiKeyAsync(new() { Name = made.Name }, cancellationToken: Cancel);
        var listed = await ann.ApiKeys.ListApiKeysAsync(new(), cancellationToken: Cancel);

        Assert.StartsWith($"fmk_{made.Name.Split('/')[1]}_", made.Secret, StringComparison.Ordinal);
        Assert.Equal(("", ""), (read.Secret, Assert.Single(listed.ApiKeys).Secret));
        Assert.Equal(
            ("deploy bot", "person:ann", KeyState.Active, made.Etag), (read.DisplayName, read.Creator, read.State, read.Etag));
        Assert.Null(read.LastUseTime);
    }

    [Fact]
    public async Task Gives_a_key_no_role_that_its_maker_has_not()
    {
        using var member = await SignInAsync("ann", "member", "roles");
        using var admin = await SignInAsync("eve", "admin", "roles");

        Assert.Equal("operator", (await RefusedAsync(member, KeyRole.Viewer, KeyRole.Operator)).Metadata["role"]);
        Assert.Equal("auditor", (await RefusedAsync(admin, KeyRole.Auditor)).Metadata["role"]);
        await admin.ApiKeys.CreateApiKeyAsync(new() { ApiKey = Key(KeyRole.Operator) }, cancellationToken: Cancel);
    }

    [Fact]
    public async Task Shows_members_their_own_keys_and_administrators_and_auditors_all_of_the_tenant()
    {
        using var ann = await SignInAsync("ann", "member", "owners");
        using var bob = await SignInAsync("bob", "member", "owners");
        using var admin = await SignInAsync("eve", "admin", "owners");
        using var auditor = await SignInAsync("kay", "auditor member", "owners");
        var key = (await ann.ApiKeys.CreateApiKeyAsync(new() { ApiKey = Key(KeyRole.Viewer) }, cancellationToken: Cancel)).Name;

        Assert.Equal(ErrorReason.ApiKeyNotFound, (await FaultOf(bob.ApiKeys.GetApiKeyAsync(new() { Name = key }))).Reason);
        Assert.Equal(ErrorReason.ApiKeyNotFound, (await FaultOf(bob.ApiKeys.RevokeApiKeyAsync(new() { Name = key }))).Reason);
        Assert.Empty((await bob.ApiKeys.ListApiKeysAsync(new(), cancellationToken: Cancel)).ApiKeys);
        Assert.Equal(ErrorReason.RoleRequired, (await FaultOf(auditor.ApiKeys.RevokeApiKeyAsync(new() { Name = key }))).Reason);
        Assert.Equal(key, Assert.Single((await auditor.ApiKeys.ListApiKeysAsync(new(), cancellationToken: Cancel)).ApiKeys).Name);
        Assert.Equal(ErrorReason.ApiKeyOfAnother, (await FaultOf(admin.ApiKeys.RotateApiKeyAsync(new() { Name = key }))).Reason);
        Assert.Equal(KeyState.Revoked, (await admin.ApiKeys.RevokeApiKeyAsync(new() { Name = key }, cancellationToken: Cancel)).State);
    }

    [Fact]
    public async Task Does_not_know_keys_of_other_tenants()
    {
        using var ann = await SignInAsync("ann", "admin", "here");
        using var eve = await SignInAsync("ann", "admin", "elsewhere");
        var key = (await ann.ApiKeys.CreateApiKeyAsync(new() { ApiKey = Key(KeyRole.Viewer) }, cancellationToken: Cancel)).Name;

        var foreign = await FaultOf(eve.ApiKeys.GetApiKeyAsync(new() { Name = key }));
        var missing = await FaultOf(eve.ApiKeys.GetApiKeyAsync(new() { Name = "apiKeys/0123456789abcdef" }));

        Assert.Equal((StatusCode.NotFound, ErrorReason.ApiKeyNotFound), (foreign.Code, foreign.Reason));
        Assert.Equal((missing.Code, missing.Reason), (foreign.Code, foreign.Reason));
        Assert.Equal(missing.Metadata.Keys, foreign.Metadata.Keys);
        Assert.Equal(ErrorReason.ApiKeyNotFound, (await FaultOf(eve.ApiKeys.RotateApiKeyAsync(new() { Name = key }))).Reason);
        Assert.Equal(ErrorReason.ApiKeyNotFound, (await FaultOf(eve.ApiKeys.RevokeApiKeyAsync(new() { Name = key }))).Reason);
        Assert.Empty((await eve.ApiKeys.ListApiKeysAsync(new(), cancellationToken: Cancel)).ApiKeys);
    }

    [Fact]
    public async Task Makes_one_key_for_a_request_that_is_repeated()
    {
        using var ann = await SignInAsync("ann", "member", "repeats");
        var request = new CreateApiKeyRequest { ApiKey = Key(KeyRole.Member), RequestId = "r1" };
        var other = new CreateApiKeyRequest { ApiKey = Key(KeyRole.Viewer), RequestId = "r1" };

        var first = await ann.ApiKeys.CreateApiKeyAsync(request, cancellationToken: Cancel);
        var again = await ann.ApiKeys.CreateApiKeyAsync(request, cancellationToken: Cancel);

        Assert.Equal((first.Name, ""), (again.Name, again.Secret));
        Assert.Equal(ErrorReason.RequestIdReused, (await FaultOf(ann.ApiKeys.CreateApiKeyAsync(other))).Reason);
        Assert.Single((await ann.ApiKeys.ListApiKeysAsync(new(), cancellationToken: Cancel)).ApiKeys);
    }

    [Fact]
    public async Task Lists_keys_in_pages()
    {
        using var ann = await SignInAsync("ann", "member", "pages");
        var made = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            made.Add((await ann.ApiKeys.CreateApiKeyAsync(new() { ApiKey = Key(KeyRole.Viewer) }, cancellationToken: Cancel)).Name);
        }

        var listed = new List<string>();
        var request = new ListApiKeysRequest { PageSize = 2 };
        do
        {
            var page = await ann.ApiKeys.ListApiKeysAsync(request, cancellationToken: Cancel);
            Assert.InRange(page.ApiKeys.Count, 1, 2);
            listed.AddRange(page.ApiKeys.Select(key => key.Name));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        Assert.Equal(made.Order(StringComparer.Ordinal), listed);
    }

    [Fact]
    public async Task Refuses_what_a_key_cannot_be()
    {
        using var ann = await SignInAsync("ann", "member", "forms");
        var now = TimeProvider.System.GetUtcNow();
        var refusals = new (string Field, Action<ApiKey> Change)[]
        {
            ("api_key.display_name", key => key.DisplayName = ""),
            ("api_key.display_name", key => key.DisplayName = "ann@example.org"),
            ("api_key.roles", key => key.Roles.Clear()),
            ("api_key.roles[1]", key => key.Roles.Add((KeyRole)77)),
            ("api_key.scopes[0]", key => key.Scopes.Add(Scope.Unspecified)),
            ("api_key.expire_time", key => key.ExpireTime = null),
            ("api_key.expire_time", key => key.ExpireTime = now.ToTimestamp()),
            ("api_key.expire_time", key => key.ExpireTime = (now + TimeSpan.FromDays(91)).ToTimestamp()),
            ("api_key.expire_time", key => key.ExpireTime = new Timestamp { Seconds = long.MaxValue }),
        };

        foreach (var (field, change) in refusals)
        {
            var key = Key(KeyRole.Viewer);
            change(key);
            var fault = await FaultOf(ann.ApiKeys.CreateApiKeyAsync(new() { ApiKey = key }));
            Assert.Equal((ErrorReason.InvalidField, field), (fault.Reason, Assert.Single(fault.Fields).Field));
        }
    }

    [Fact]
    public async Task Is_not_possible_with_a_key()
    {
        using var ann = await SignInAsync("ann", "admin", "chains");
        var made = await ann.ApiKeys.CreateApiKeyAsync(new() { ApiKey = Key(KeyRole.Admin) }, cancellationToken: Cancel);
        using var key = system.ClientWith(made.Secret);

        var fault = await FaultOf(key.ApiKeys.CreateApiKeyAsync(new() { ApiKey = Key(KeyRole.Viewer) }));

        Assert.Equal((StatusCode.PermissionDenied, ErrorReason.ScopeRequired), (fault.Code, fault.Reason));
        Assert.Equal("none", fault.Metadata["scope"]);
    }

    internal static ApiKey Key(params KeyRole[] roles) => new()
    {
        DisplayName = "deploy bot",
        Roles = { roles },
        ExpireTime = (TimeProvider.System.GetUtcNow() + TimeSpan.FromDays(30)).ToTimestamp(),
    };

    internal static async Task<FaultMavenError> FaultOf<T>(AsyncUnaryCall<T> call) =>
        (await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync)).ToFaultMavenError();

    private async Task<FaultMavenClient> SignInAsync(string subject, string roles, string tenant) =>
        system.ClientWith(await system.Provider.TokenAsync(subject, roles, tenant: tenant));

    private static async Task<FaultMavenError> RefusedAsync(FaultMavenClient maker, params KeyRole[] roles)
    {
        var fault = await FaultOf(maker.ApiKeys.CreateApiKeyAsync(new() { ApiKey = Key(roles) }));
        Assert.Equal((StatusCode.PermissionDenied, ErrorReason.RoleNotHeld), (fault.Code, fault.Reason));
        return fault;
    }
}
