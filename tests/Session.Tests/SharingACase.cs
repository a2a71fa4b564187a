using FaultMaven.Client;
using FaultMaven.Protos;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Names;
using FaultMaven.ServiceDefaults.Identity;
using FaultMaven.Sessions.Cases;
using FaultMaven.Tests.Shared;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Access = FaultMaven.Protos.Session.V1.Case.Types.Access;
using MemberRole = FaultMaven.Protos.Session.V1.CaseMember.Types.Role;

namespace FaultMaven.Sessions.Tests;

/// <summary>The owner of a case gives others roles in it, and takes them away.</summary>
public sealed class SharingACase(SharingACase.Host host) : IClassFixture<SharingACase.Host>
{
    private static readonly Principal s_olga = new("acme", "olga", PrincipalKind.Person, [Role.Member]);
    private static readonly Principal s_bob = new("acme", "bob", PrincipalKind.Person, [Role.Member])
    {
        Teams = ["payments", "SRE on call"],
    };

    private static readonly Principal s_admin = new("acme", "ada", PrincipalKind.Person, [Role.Admin]);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Shows_each_member_once_in_order_and_who_gave_them_their_roles()
    {
        var name = await CreateAsync();
        await ShareAsync(name, "team:payments", MemberRole.Collaborator);
        await ShareAsync(name, "person:zoe", MemberRole.Support);
        await ShareAsync(name, "person:bob", MemberRole.Viewer);

        var shared = await ShareAsync(name, "person:zoe", MemberRole.Viewer);

        Assert.Equal(
            [("person:bob", MemberRole.Viewer), ("person:zoe", MemberRole.Viewer), ("team:payments", MemberRole.Collaborator)],
            shared.Members.Select(member => (member.Member, member.Role)));
        var events = await host.As(s_bob).ListCaseEventsAsync(new() { Parent = name }, cancellationToken: Cancel);
        Assert.Equal(("person:zoe", "person:olga"), (events.Events[^1].CaseShared.Member.Member, events.Events[^1].Actor));
        Assert.Equal(shared, await host.As(s_olga).GetCaseAsync(new() { Name = name }, cancellationToken: Cancel));
    }

    [Fact]
    public async Task Adds_nothing_to_the_log_where_it_changes_nothing()
    {
        var name = await CreateAsync();
        var first = await ShareAsync(name, "person:bob", MemberRole.Viewer);

        Assert.Equal(first, await ShareAsync(name, "person:bob", MemberRole.Viewer));
        Assert.Equal(
            first, await host.As(s_olga).TransferCaseAsync(new() { Name = name, Owner = "person:olga" }, cancellationToken: Cancel));
        Assert.Equal(
            first, await host.As(s_olga).ChangeCaseAccessAsync(new() { Name = name, Access = Access.Members }, cancellationToken: Cancel));
    }

    [Fact]
    public async Task Neither_removes_the_owner_nor_gives_them_another_role()
    {
        var name = await CreateAsync();
        await ShareAsync(name, "person:bob", MemberRole.Collaborator);

        Assert.Equal(ErrorReason.CaseOwner, await RefusalOfAsync(() => ShareAsync(name, "person:olga", MemberRole.Viewer)));
        Assert.Equal(ErrorReason.CaseOwner, await RefusalOfAsync(() => UnshareAsync(s_olga, name, "person:olga")));

        // Nor does anyone else.
        Assert.Equal(ErrorReason.CaseRoleRequired, await RefusalOfAsync(() => UnshareAsync(s_bob, name, "person:olga")));
        Assert.Equal("person:olga", (await host.As(s_bob).GetCaseAsync(new() { Name = name }, cancellationToken: Cancel)).Owner);
    }

    [Fact]
    public async Task Leaves_one_owner_when_it_is_transferred_and_the_one_before_a_collaborator()
    {
        var name = await CreateAsync();
        await ShareAsync(name, "person:bob", MemberRole.Viewer);

        var transferred = await host.As(s_olga).TransferCaseAsync(new() { Name = name, Owner = "person:bob" }, cancellationToken: Cancel);

        Assert.Equal("person:bob", transferred.Owner);
        Assert.Equal([("person:olga", MemberRole.Collaborator)], transferred.Members.Select(member => (member.Member, member.Role)));
        Assert.Equal(ErrorReason.CaseRoleRequired, await RefusalOfAsync(() => ShareAsync(name, "person:zoe", MemberRole.Viewer)));
        await UnshareAsync(s_bob, name, "person:olga");
        Assert.Equal(ErrorReason.CaseNotFound, await RefusalOfAsync(() => ShareAsync(name, "person:zoe", MemberRole.Viewer)));
    }

    [Fact]
    public async Task Refuses_what_it_cannot_do()
    {
        var name = await CreateAsync();
        var wrong = new[] { "", "bob", "team:", "group:payments", "person: bob", "person:bob\n" };

        Assert.Equal(ErrorReason.CaseMemberNotFound, await RefusalOfAsync(() => UnshareAsync(s_olga, name, "person:nobody")));
        foreach (var member in wrong)
        {
            Assert.Equal(ErrorReason.InvalidField, await RefusalOfAsync(() => ShareAsync(name, member, MemberRole.Viewer)));
        }

        Assert.Equal(ErrorReason.InvalidField, await RefusalOfAsync(() => ShareAsync(name, "person:bob", MemberRole.Unspecified)));
        Assert.Equal(ErrorReason.InvalidField, await RefusalOfAsync(() => host.As(s_olga).TransferCaseAsync(
            new() { Name = name, Owner = "team:payments" }, cancellationToken: Cancel).ResponseAsync));
        Assert.Equal(ErrorReason.EtagMismatch, await RefusalOfAsync(() => host.As(s_olga).ShareCaseAsync(
            new() { Name = name, Member = "person:bob", Role = MemberRole.Viewer, Etag = "7" }, cancellationToken: Cancel).ResponseAsync));
    }

    [Fact]
    public async Task Ends_at_a_hundred_members()
    {
        var name = await CreateAsync();
        for (var i = 0; i < 100; i++)
        {
            await ShareAsync(name, $"person:p{i}", MemberRole.Viewer);
        }

        Assert.Equal(ErrorReason.TooManyCaseMembers, await RefusalOfAsync(() => ShareAsync(name, "person:bob", MemberRole.Viewer)));
        await ShareAsync(name, "person:p7", MemberRole.Collaborator);
    }

    [Fact]
    public async Task Puts_the_case_on_the_lists_of_its_members_alone()
    {
        var hidden = await CreateAsync();
        var shared = await CreateAsync();
        await ShareAsync(shared, "team:SRE on call", MemberRole.Viewer);

        foreach (var order in (string[])["", "title", "update_time desc"])
        {
            var ofBob = await ListAsync(s_bob, "", order);
            Assert.Contains(shared, ofBob);
            Assert.DoesNotContain(hidden, ofBob);
            Assert.DoesNotContain(shared, await ListAsync(s_admin, "", order));
            Assert.Equal(2, (await ListAsync(s_olga, "", order)).Count(name => name == hidden || name == shared));
        }

        Assert.DoesNotContain(hidden, await ListAsync(s_bob, "owner = \"person:olga\"", ""));
        Assert.Equal([shared], await ListAsync(s_olga, "access = MEMBERS AND members:\"team:SRE on call\"", ""));
    }

    [Theory]
    [InlineData("")]
    [InlineData("update_time desc")]
    public async Task Leaves_no_trace_in_the_page_tokens_of_others(string order)
    {
        var (seen, next) = (await CreateAsync(Access.Tenant), await CreateAsync(Access.Tenant));
        var hidden = await CreateAsync();
        var visible = await CreateAsync(Access.Tenant);
        var request = new Proto.ListCasesRequest { PageSize = 1, OrderBy = order };

        var before = await host.As(s_bob).ListCasesAsync(request, cancellationToken: Cancel);
        await host.As(s_olga).CreateMessageAsync(new() { Parent = hidden, Text = "Still leaking" }, cancellationToken: Cancel);
        var after = await host.As(s_bob).ListCasesAsync(request, cancellationToken: Cancel);
        request.PageToken = after.NextPageToken;
        var second = await host.As(s_bob).ListCasesAsync(request, cancellationToken: Cancel);

        Assert.Equal((visible, visible), (Assert.Single(before.Cases).Name, Assert.Single(after.Cases).Name));
        Assert.Equal(before.NextPageToken, after.NextPageToken);
        Assert.Equal(next, Assert.Single(second.Cases).Name);
        Assert.NotEqual(seen, next);
    }

    [Fact]
    public async Task Of_all_members_of_the_tenant_is_for_the_owner_and_administrators_to_change()
    {
        var name = await CreateAsync(Access.Tenant);
        var share = new Proto.ShareCaseRequest { Name = name, Member = "person:zoe", Role = MemberRole.Viewer };

        Assert.Equal(
            ErrorReason.CaseRoleRequired,
            await RefusalOfAsync(() => host.As(s_bob).ShareCaseAsync(share, cancellationToken: Cancel).ResponseAsync));
        await host.As(s_admin).ShareCaseAsync(share, cancellationToken: Cancel);
        await host.As(s_bob).UpdateCaseAsync(new() { Case = new() { Name = name, Title = "Changed" } }, cancellationToken: Cancel);
    }

    [Fact]
    public async Task Is_the_default_of_a_tenant_that_wants_it()
    {
        var careful = s_olga with { Tenant = "careful" };

        var theirs = await host.As(careful).CreateCaseAsync(new() { Title = "Leak" }, cancellationToken: Cancel);
        var open = await host.As(careful).CreateCaseAsync(
            new() { Title = "Leak", Case = new() { Access = Access.Tenant } }, cancellationToken: Cancel);
        var ours = await host.As(s_olga).CreateCaseAsync(new() { Title = "Leak" }, cancellationToken: Cancel);

        Assert.Equal([Access.Members, Access.Tenant, Access.Tenant], [theirs.Access, open.Access, ours.Access]);
    }

    [Fact]
    public async Task Ends_a_watch_of_someone_who_is_removed()
    {
        var name = await CreateAsync();
        await ShareAsync(name, "person:bob", MemberRole.Viewer);
        using var watch = host.As(s_bob).WatchCase(new() { Name = name }, cancellationToken: Cancel);
        await watch.ResponseStream.MoveNext(Cancel);

        await UnshareAsync(s_olga, name, "person:bob");

        var error = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await watch.ResponseStream.MoveNext(Cancel))
            {
            }
        });
        Assert.Equal((StatusCode.NotFound, ErrorReason.CaseNotFound), (error.StatusCode, FaultMavenError.From(error).Reason));
    }

    [Fact]
    public async Task Gives_a_case_without_an_owner_to_the_one_who_hides_it()
    {
        var name = new CaseName("0123456789abcdef0123456789abcdef");
        using (TestIdentity.Work(s_olga))
        {
            var log = host.Running.Services.GetRequiredService<CaseLog>();
            await log.TryCreateAsync(name, new Proto.CaseCreated { Title = "From before" }, Cancel);
        }

        var hidden = await host.As(s_bob).ChangeCaseAccessAsync(
            new() { Name = $"{name}", Access = Access.Members }, cancellationToken: Cancel);

        Assert.Equal(("person:bob", Access.Members), (hidden.Owner, hidden.Access));
        Assert.Equal(ErrorReason.CaseNotFound, await RefusalOfAsync(() => ShareAsync($"{name}", "person:zoe", MemberRole.Viewer)));
    }

    [Fact]
    public void Leaves_the_bytes_of_cases_as_they_were_that_no_one_shared()
    {
        var time = Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch);
        Proto.CaseEvent[] events =
        [
            new()
            {
                Version = 1, CreateTime = time, Actor = "person:olga",
                CaseCreated = new() { Title = "Disk full", Case = new() { Owner = "person:olga", Tags = { "disk" } } },
            },
            new() { Version = 2, CreateTime = time, Actor = "person:bob", MessageAdded = new() { Text = "Again" } },
        ];
        var expected = new Proto.Case
        {
            Name = "cases/1", Title = "Disk full", State = Proto.Case.Types.State.Inquiry, Etag = "2", CreateTime = time, UpdateTime = time,
            MessageCount = 1, Tags = { "disk" }, Owner = "person:olga",
        };

        var folded = CaseState.Before(new CaseName("1")).After(events);

        Assert.Equal(expected.ToByteString(), folded.ToProto().ToByteString());
    }

    private async Task<string> CreateAsync(Access access = Access.Members) => (await host.As(s_olga).CreateCaseAsync(
        new() { Title = "Checkout is slow", Case = new() { Access = access } }, cancellationToken: Cancel)).Name;

    private Task<Proto.Case> ShareAsync(string name, string member, MemberRole role) => host.As(s_olga).ShareCaseAsync(
        new() { Name = name, Member = member, Role = role }, cancellationToken: Cancel).ResponseAsync;

    private Task<Proto.Case> UnshareAsync(Principal caller, string name, string member) => host.As(caller).UnshareCaseAsync(
        new() { Name = name, Member = member }, cancellationToken: Cancel).ResponseAsync;

    private async Task<IReadOnlyList<string>> ListAsync(Principal caller, string filter, string order) =>
    [
        .. (await host.As(caller).ListCasesAsync(
            new() { Filter = filter, OrderBy = order, PageSize = 200 }, cancellationToken: Cancel)).Cases.Select(found => found.Name),
    ];

    private static async Task<ErrorReason> RefusalOfAsync(Func<Task> call) =>
        FaultMavenError.From(await Assert.ThrowsAsync<RpcException>(call)).Reason;

    /// <summary>A running FaultMaven that is called by several people.</summary>
    public sealed class Host : IAsyncLifetime
    {
        public FaultMavenHost Running { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Running = await FaultMavenHost.StartAsync(
            null,
            null,
            new Dictionary<string, string?>(TestIdentity.Settings)
            {
                ["CaseAccess:MaxAge"] = "00:00:01",
                ["Tenants:careful:Session:Cases:DefaultAccess"] = "Members",
            },
            Cancel);

        public ValueTask DisposeAsync() => Running.DisposeAsync();

        internal Proto.SessionService.SessionServiceClient As(Principal principal) =>
            new(new SigningInvoker(Running.Channel.CreateCallInvoker(), principal));
    }
}
