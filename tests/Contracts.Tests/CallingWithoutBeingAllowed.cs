using FaultMaven.Protos;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Identity.V1;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Identity;
using FaultMaven.Tests.Shared;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Time.Testing;

namespace FaultMaven.Contracts.Tests;

/// <summary>Every RPC of the contract, called by everyone who may not call it, and by those who just may.</summary>
public sealed class CallingWithoutBeingAllowed(CallingWithoutBeingAllowed.Host host) : IClassFixture<CallingWithoutBeingAllowed.Host>
{
    private const string AnotherKey = "made-up-key-that-no-service-knows";

    private static readonly Principal s_key = Principal.LocalUser with { Kind = PrincipalKind.Key };

    public static TheoryData<string> Methods => [.. Permissions.Methods.Order(StringComparer.Ordinal)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Is_refused_with_the_reason_that_the_contract_gives(string method)
    {
        var service = IdentityTokens.AudienceOf(method);
        var local = new CallIdentity(Principal.LocalUser, Via: null);
        var hourAgo = new FakeTimeProvider(TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(1));
        var valid = TestIdentity.TokenFor(service);

        var outcomes = new (string Caller, ErrorReason Expected, ErrorReason Actual)[]
        {
            ("nobody", ErrorReason.IdentityMissing, await CallAsync(host.Tcp, method, null)),
            ("expired", ErrorReason.IdentityExpired, await CallAsync(method, TestIdentity.Tokens(hourAgo).Create(local, service))),
            ("for another service", ErrorReason.IdentityInvalid, await CallAsync(method, TestIdentity.TokenFor("another"))),
            ("forged", ErrorReason.IdentityInvalid, await CallAsync(method, TestIdentity.Tokens(key: AnotherKey).Create(local, service))),
            ("unsigned", ErrorReason.IdentityInvalid, await CallAsync(method, Unsigned(valid))),
            ("changed", ErrorReason.IdentityInvalid, await CallAsync(method, Changed(valid))),
            ("garbage", ErrorReason.IdentityInvalid, await CallAsync(method, "garbage")),
            ("without a role", ErrorReason.RoleRequired, await CallAsync(method, TestIdentity.TokenFor(service, With([])))),
            ("with a lower role", ErrorReason.RoleRequired, await CallAsync(method, TestIdentity.TokenFor(service, With(Below(method))))),
            ("with a key for others", ErrorReason.ScopeRequired, await CallAsync(method, TestIdentity.TokenFor(service, Without(method)))),
            ("with a key for nothing", ErrorReason.ScopeRequired, await CallAsync(method, TestIdentity.TokenFor(service, s_key))),
        };

        Assert.All(outcomes, outcome => Assert.True(outcome.Expected == outcome.Actual, $"{outcome.Caller}: {outcome.Actual}"));
        Assert.All(outcomes, outcome => Assert.Equal(
            outcome.Expected is ErrorReason.RoleRequired or ErrorReason.ScopeRequired
                ? StatusCode.PermissionDenied
                : StatusCode.Unauthenticated,
            RpcFault.StatusOf(outcome.Actual)));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Is_allowed_from_the_least_role_on(string method)
    {
        var service = IdentityTokens.AudienceOf(method);
        var rule = Permissions.Find(method)!;

        var asLeast = await CallAsync(method, TestIdentity.TokenFor(service, With([rule.LeastRole])));
        var asLocalUser = await CallAsync(method, null);
        var asService = await CallAsync(method, TestIdentity.Tokens().Create(new CallIdentity(With([]), Via: "agent"), service));

        Assert.False(IsRefusal(asLeast), $"{asLeast}");
        Assert.False(IsRefusal(asLocalUser), $"{asLocalUser}");
        Assert.Equal(!rule.ByServices, IsRefusal(asService));
    }

    private static bool IsRefusal(ErrorReason reason) =>
        reason != ErrorReason.Unspecified && RpcFault.StatusOf(reason) is StatusCode.PermissionDenied or StatusCode.Unauthenticated;

    private static Principal With(IReadOnlyCollection<Role> roles) => Principal.LocalUser with { Roles = roles };

    private static Principal Without(string method) =>
        s_key with { Scopes = [.. Enum.GetValues<Scope>().Where(scope => scope != Permissions.Find(method)!.Scope)] };

    private static Role[] Below(string method) => Permissions.Find(method)!.LeastRole switch
    {
        Role.Viewer => [],
        Role.Auditor => [Role.Operator],
        var least => [(Role)((int)least - 1), Role.Auditor],
    };

    // {"alg":"none"}, and no signature.
    private static string Unsigned(string token) => $"eyJhbGciOiJub25lIiwidHlwIjoiZmF1bHRtYXZlbitqd3QifQ.{token.Split('.')[1]}.";

    // The last character has bits that are not used; the one in front of it has not.
    private static string Changed(string token) => $"{token[..^2]}{(token[^2] == 'A' ? 'B' : 'A')}{token[^1]}";

    private Task<ErrorReason> CallAsync(string method, string? token) => CallAsync(host.Socket, method, token);

    private static async Task<ErrorReason> CallAsync(GrpcChannel channel, string method, string? token)
    {
        Metadata headers = token is null ? [] : new() { { IdentityTokens.Header, token } };
        var raw = Marshallers.Create<byte[]>(bytes => bytes, bytes => bytes);
        var parts = method.Split('/');
        using var call = channel.CreateCallInvoker().AsyncDuplexStreamingCall(
            new Method<byte[], byte[]>(MethodType.DuplexStreaming, parts[1], parts[2], raw, raw),
            null,
            new CallOptions(headers, cancellationToken: Cancel));
        try
        {
            await call.RequestStream.WriteAsync([], Cancel);
            await call.RequestStream.CompleteAsync();
        }
        catch (Exception exception) when (exception is RpcException or InvalidOperationException)
        {
            // Refused before it was sent; the answer says why.
        }

        try
        {
            while (await call.ResponseStream.MoveNext(Cancel))
            {
            }

            return ErrorReason.Unspecified;
        }
        catch (RpcException exception)
        {
            return RpcFault.ReasonOf(exception);
        }
    }

    public sealed class Host : IAsyncLifetime
    {
        private FaultMavenHost _host = null!;

        public GrpcChannel Socket => _host.Channel;

        public GrpcChannel Tcp { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            _host = await FaultMavenHost.StartAsync(null, null, TestIdentity.Settings, Cancel);
            Tcp = GrpcChannel.ForAddress(_host.Address);
        }

        public async ValueTask DisposeAsync()
        {
            Tcp.Dispose();
            await _host.DisposeAsync();
        }
    }
}
