using FaultMaven.Protos;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Names;
using FaultMaven.Protos.Session.V1;
using FaultMaven.ServiceDefaults.Cases;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Identity;
using FaultMaven.Tests.Shared;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace FaultMaven.Contracts.Tests;

/// <summary>What a service other than Session does with what Session said about a case.</summary>
public sealed class RememberingWhoMaySeeACase : IDisposable
{
    private const string Method = "/faultmaven.data.v1.DataService/ListEvidence";

    private static readonly CaseAccessOptions s_options = new() { MaxAge = TimeSpan.FromSeconds(10) };

    // A stream may begin with what is remembered, and is checked once more after the same time.
    private static readonly TimeSpan s_remembered = TimeSpan.FromSeconds(5);
    private static readonly Principal s_bob = new("acme", "bob", PrincipalKind.Person, [Role.Member]);
    private static readonly CaseName s_case = new("1");

    private readonly FakeTimeProvider _time = new();
    private readonly CallIdentity.Entered _work = TestIdentity.Work(s_bob);
    private readonly RememberedCaseAccess _source;
    private readonly CaseGuard _guard;
    private Func<Case?> _session;
    private int _questions;

    public RememberingWhoMaySeeACase()
    {
        _session = () => With("person:bob");
        _source = new RememberedCaseAccess(
            (_, _) =>
            {
                _questions++;
                return Task.FromResult(_session() is { } found ? CaseAccess.Of(found) : null);
            },
            Options.Create(s_options),
            _time);
        _guard = new CaseGuard(_source);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Asks_once_in_a_while_however_often_it_is_called()
    {
        for (var i = 0; i < 100; i++)
        {
            await EnterAsync();
        }

        Assert.Equal(1, _questions);
    }

    [Fact]
    public async Task Lets_no_one_in_for_longer_than_that_after_they_were_removed()
    {
        await EnterAsync();
        _session = () => With("person:zoe");
        _time.Advance(s_remembered - TimeSpan.FromTicks(1));
        await EnterAsync();

        _time.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(ErrorReason.CaseNotFound, await RefusalAsync());
    }

    [Fact]
    public async Task Lets_in_at_once_who_was_added()
    {
        _session = () => With("person:zoe");
        Assert.Equal(ErrorReason.CaseNotFound, await RefusalAsync());

        _session = () => With("person:bob");

        await EnterAsync();
    }

    [Fact]
    public async Task Finds_at_once_what_was_created()
    {
        _session = () => null;
        Assert.Equal(ErrorReason.CaseNotFound, await RefusalAsync());

        _session = () => With("person:bob");

        await EnterAsync();
    }

    [Fact]
    public async Task Lets_no_one_in_where_Session_does_not_answer()
    {
        await EnterAsync();
        _session = () => throw RpcFault.Unavailable(ErrorReason.ServiceUnavailable, "The session service did not answer; retry.");
        await EnterAsync();

        _time.Advance(s_remembered);

        Assert.Equal(ErrorReason.ServiceUnavailable, await RefusalAsync());
    }

    [Fact]
    public async Task Keeps_what_holds_for_one_tenant_from_another()
    {
        await EnterAsync();
        _session = () => null;

        using var work = TestIdentity.Work(s_bob with { Tenant = "rival" });

        Assert.Equal(ErrorReason.CaseNotFound, await RefusalAsync());
    }

    public void Dispose()
    {
        _work.Dispose();
        _source.Dispose();
    }

    private static Case With(string member) => new()
    {
        Name = $"{s_case}",
        Owner = "person:olga",
        Access = Case.Types.Access.Members,
        Members = { new CaseMember { Member = member, Role = CaseMember.Types.Role.Viewer } },
    };

    private ValueTask EnterAsync() => _guard.EnsureAsync(Method, [(s_case, true)], isFresh: false, Cancel);

    private async Task<ErrorReason> RefusalAsync() =>
        RpcFault.ReasonOf(await Assert.ThrowsAnyAsync<RpcException>(async () => await EnterAsync()));
}
