using FaultMaven.Client;
using FaultMaven.Protos;
using FaultMaven.Protos.Session.V1;
using FaultMaven.ServiceDefaults.Identity;
using FaultMaven.Tests.Shared;
using Grpc.Core;

namespace FaultMaven.Contracts.Tests;

/// <summary>Every RPC that is about a case, called by everyone who can be related to one, in each state and with each access.</summary>
public sealed class CallingAboutACase(CallingAboutACase.Host host) : IClassFixture<CallingAboutACase.Host>
{
    private const string Team = "payments";

    // What everyone has in a case that is for its members alone.
    private static readonly Dictionary<string, CaseRight?> s_rights = new()
    {
        ["owner"] = CaseRight.Own,
        ["collaborator"] = CaseRight.Change,
        ["in-a-team"] = CaseRight.Change,
        ["support"] = CaseRight.Contribute,
        ["viewer"] = CaseRight.Read,
        ["stranger"] = null,
        ["rival"] = null,
    };

    public static TheoryData<string> Methods =>
        [.. Permissions.Methods.Where(method => Permissions.Find(method)!.Case is not null).Order(StringComparer.Ordinal)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Of_its_members_is_answered_by_the_role_in_it(string method)
    {
        foreach (var state in host.States)
        {
            foreach (var (who, right) in s_rights)
            {
                await CheckAsync(method, state, Case.Types.Access.Members, who, right, Role.Admin);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Of_the_whole_tenant_is_answered_by_the_role_in_the_tenant(string method)
    {
        foreach (var state in host.States)
        {
            foreach (var who in s_rights.Keys)
            {
                CaseRight? right = who switch { "rival" => null, "owner" => CaseRight.Own, _ => CaseRight.Delete };
                await CheckAsync(method, state, Case.Types.Access.Tenant, who, right, Role.Member);
            }

            await CheckAsync(method, state, Case.Types.Access.Tenant, "stranger", CaseRight.Own, Role.Admin);
        }
    }

    [Fact]
    public async Task That_is_hidden_does_not_help_to_link_to_it()
    {
        var stranger = new SessionService.SessionServiceClient(host.As("stranger", Role.Admin));
        var own = (await stranger.CreateCaseAsync(new() { Title = "Own" }, cancellationToken: Cancel)).Name;
        var hidden = await host.MakeAsync(Case.Types.Access.Members, Case.Types.State.Inquiry);
        Func<string, Task>[] ways =
        [
            name => stranger.CreateCaseAsync(new() { Title = "A link", Case = new() { Links = { LinkTo(name) } } }).ResponseAsync,
            name => stranger.UpdateCaseAsync(new() { Case = new() { Name = own, Links = { LinkTo(name) } } }).ResponseAsync,
            name => stranger.CloseCaseAsync(
                new() { Name = own, Resolution = Case.Types.Resolution.Duplicate, DuplicateOf = name }).ResponseAsync,
        ];

        foreach (var way in ways)
        {
            var aboutHidden = await Assert.ThrowsAsync<RpcException>(() => way(hidden));
            var aboutNothing = await Assert.ThrowsAsync<RpcException>(() => way("cases/0"));

            Assert.Equal(StatusCode.NotFound, aboutHidden.StatusCode);
            Assert.Equal(
                aboutNothing.Status.Detail.Replace("cases/0", hidden, StringComparison.Ordinal), aboutHidden.Status.Detail);
        }
    }

    [Fact]
    public async Task That_is_hidden_is_as_missing_as_one_that_is_not_there_where_it_may_be_missing()
    {
        var stranger = new SessionService.SessionServiceClient(host.As("stranger", Role.Admin));
        var hidden = await host.MakeAsync(Case.Types.Access.Members, Case.Types.State.Inquiry);

        await stranger.DeleteCaseAsync(new() { Name = hidden, AllowMissing = true }, cancellationToken: Cancel);
        await stranger.DeleteCaseAsync(new() { Name = "cases/0", AllowMissing = true }, cancellationToken: Cancel);

        var owner = new SessionService.SessionServiceClient(host.As("owner", Role.Member));
        Assert.Equal(hidden, (await owner.GetCaseAsync(new() { Name = hidden }, cancellationToken: Cancel)).Name);
    }

    [Fact]
    public async Task Through_another_service_does_not_open_it()
    {
        // A service may look at any case in the course of its own work, and at none for someone who asks for it.
        var hidden = await host.MakeAsync(Case.Types.Access.Members, Case.Types.State.Inquiry);
        var agent = new FaultMavenClient(host.As("stranger", Role.Admin));

        var error = await Assert.ThrowsAsync<RpcException>(async () => await agent.Agent.CreateTurnAsync(
            new() { Parent = hidden, Question = "What is it about?" }, cancellationToken: Cancel));

        Assert.Equal(StatusCode.NotFound, error.StatusCode);
    }

    private static CaseLink LinkTo(string name) => new() { Relation = CaseLink.Types.Relation.Follows, Case = name };

    private async Task CheckAsync(
        string method, Case.Types.State state, Case.Types.Access access, string who, CaseRight? right, Role role)
    {
        var rule = Permissions.Find(method)!;

        // In the scope of a case people redact as administrators alone.
        if (!rule.Allows(role) || (role == Role.Member && method.Contains("RedactionService/", StringComparison.Ordinal)))
        {
            return;
        }

        var what = $"{method} by {who} in {state}, {access}";
        var descriptor = Contract.Services.SelectMany(service => service.Methods)
            .Single(candidate => $"/{candidate.Service.FullName}/{candidate.Name}" == method);
        var caller = host.As(who, role);
        if (right >= rule.Case)
        {
            var names = rule.Changes ? Host.InCase(await host.MakeAsync(access, state)) : host.Names(access, state);
            var answer = await RawCall.MakeAsync(caller, descriptor, new RequestAbout(names).Of(descriptor).Request);

            Assert.False(answer.StartsWith("PermissionDenied", StringComparison.Ordinal), $"{what}: {answer}");
            Assert.False(answer.StartsWith("NotFound CaseNotFound", StringComparison.Ordinal), $"{what}: {answer}");
            Assert.False(answer.StartsWith("Internal", StringComparison.Ordinal), $"{what}: {answer}");
            return;
        }

        var about = await RawCall.MakeAsync(caller, descriptor, new RequestAbout(host.Names(access, state)).Of(descriptor).Request);
        if (right is not null)
        {
            Assert.StartsWith("PermissionDenied CaseRoleRequired", about, StringComparison.Ordinal);
            return;
        }

        var nothing = await RawCall.MakeAsync(caller, descriptor, new RequestAbout(OneOfEverything.Absent).Of(descriptor).Request);
        Assert.True(about.StartsWith("NotFound", StringComparison.Ordinal), $"{what}: {about}");
        Assert.Equal(Neutral(nothing, OneOfEverything.Absent), Neutral(about, host.Names(access, state)));
        Assert.DoesNotContain("Mulberry", about, StringComparison.Ordinal);
    }

    private static string Neutral(string answer, IReadOnlyDictionary<string, string> names) => names
        .OrderByDescending(name => name.Value.Length)
        .Aggregate(answer, (text, name) => text.Replace(name.Value, name.Key, StringComparison.Ordinal));

    /// <summary>A tenant with cases in each state and with each access, and with everyone who can be related to them.</summary>
    public sealed class Host : IAsyncLifetime
    {
        private readonly Dictionary<(Case.Types.Access Access, Case.Types.State State), IReadOnlyDictionary<string, string>> _names = [];

        private FaultMavenHost _host = null!;

        /// <summary>The states that make a difference to what is allowed.</summary>
        public IReadOnlyList<Case.Types.State> States { get; } = [Case.Types.State.Inquiry, Case.Types.State.Closed];

        public async ValueTask InitializeAsync()
        {
            _host = await FaultMavenHost.StartAsync(null, null, TestIdentity.Settings, Cancel);
            foreach (var access in (Case.Types.Access[])[Case.Types.Access.Tenant, Case.Types.Access.Members])
            {
                foreach (var state in States)
                {
                    var word = $"Mulberry{access}{state}";
                    var made = await OneOfEverything.MakeAsync(As("owner", Role.Admin), word, Cancel);
                    await ShareAsync(made.Names["faultmaven.dev/Case"], access, state);
                    _names[(access, state)] = made.Names;
                }
            }
        }

        public ValueTask DisposeAsync() => _host.DisposeAsync();

        /// <summary>The names of one of everything in a case.</summary>
        public IReadOnlyDictionary<string, string> Names(Case.Types.Access access, Case.Types.State state) => _names[(access, state)];

        /// <summary>Names of what there could be in a case.</summary>
        public static Dictionary<string, string> InCase(string name) => OneOfEverything.Absent.ToDictionary(
            absent => absent.Key, absent => absent.Value.Replace("cases/0", name, StringComparison.Ordinal));

        /// <summary>A case for one call, shared with everyone.</summary>
        public async Task<string> MakeAsync(Case.Types.Access access, Case.Types.State state)
        {
            var sessions = new SessionService.SessionServiceClient(As("owner", Role.Member));
            var name = (await sessions.CreateCaseAsync(new() { Title = "Mulberry" }, cancellationToken: Cancel)).Name;
            await ShareAsync(name, access, state);
            return name;
        }

        /// <summary>Calls as someone.</summary>
        public CallInvoker As(string who, Role role) => new SigningInvoker(
            _host.Channel.CreateCallInvoker(),
            new Principal(who == "rival" ? "rival" : "acme", who, PrincipalKind.Person, [role])
            {
                Teams = who == "in-a-team" ? ["search", Team] : ["search"],
            });

        private async Task ShareAsync(string name, Case.Types.Access access, Case.Types.State state)
        {
            var sessions = new SessionService.SessionServiceClient(As("owner", Role.Member));
            (string Member, CaseMember.Types.Role Role)[] members =
            [
                ("person:collaborator", CaseMember.Types.Role.Collaborator),
                ($"team:{Team}", CaseMember.Types.Role.Collaborator),
                ("person:support", CaseMember.Types.Role.Support),
                ("person:viewer", CaseMember.Types.Role.Viewer),
            ];
            foreach (var (member, role) in members)
            {
                await sessions.ShareCaseAsync(new() { Name = name, Member = member, Role = role }, cancellationToken: Cancel);
            }

            if (state == Case.Types.State.Closed)
            {
                await sessions.CloseCaseAsync(
                    new() { Name = name, Resolution = Case.Types.Resolution.Resolved }, cancellationToken: Cancel);
            }

            await sessions.ChangeCaseAccessAsync(new() { Name = name, Access = access }, cancellationToken: Cancel);
        }
    }
}
