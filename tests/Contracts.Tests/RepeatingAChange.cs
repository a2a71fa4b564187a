using FaultMaven.Protos;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Identity;
using FaultMaven.ServiceDefaults.Requests;
using FaultMaven.Tests.Shared;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace FaultMaven.Contracts.Tests;

/// <summary>Every RPC that changes something, called again with its <c>request_id</c>.</summary>
public sealed class RepeatingAChange(RepeatingAChange.Host host) : IClassFixture<RepeatingAChange.Host>
{
    // The last is finished by repeating it. The others change nothing that is kept; their rule says so because they hand out what is.
    private static readonly string[] s_exceptions =
    [
        "/faultmaven.operations.v1.AuditService/ExportAuditEntries",
        "/faultmaven.redaction.v1.RedactionService/RestoreText",
        "/faultmaven.redaction.v1.RedactionService/StreamRestoreText",
        "/faultmaven.operations.v1.TenantService/ForgetTenant",
    ];

    public static TheoryData<string> Methods =>
        [.. Permissions.Methods.Where(method => Permissions.Find(method)!.Changes).Except(s_exceptions).Order(StringComparer.Ordinal)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Methods))]
    public void Is_possible_as_it_takes_a_request_id(string method)
    {
        var request = Contract.Services.Single(service => method.StartsWith($"/{service.FullName}/", StringComparison.Ordinal))
            .FindMethodByName(method.Split('/')[2]).InputType;

        Assert.NotNull(FieldOf(request) ?? FieldOf(request.FindFieldByName("metadata")?.MessageType));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Gives_the_first_answer_and_changes_nothing_more(string method)
    {
        var request = await host.Changes.PrepareAsync(method);
        var id = $"{Guid.NewGuid()}";

        var (first, isFirstReplayed) = await CallAsync(method, request, id);
        var before = await host.Changes.SnapshotAsync();
        var (second, isSecondReplayed) = await CallAsync(method, request, id);

        Assert.Equal(first, second);
        Assert.False(isFirstReplayed);
        Assert.True(isSecondReplayed);
        Assert.Equal(before, await host.Changes.SnapshotAsync());
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task With_another_request_is_refused_and_changes_nothing(string method)
    {
        var (request, other) = (await host.Changes.PrepareAsync(method), await host.Changes.PrepareAsync(method));
        var id = $"{Guid.NewGuid()}";
        await CallAsync(method, request, id);
        var before = await host.Changes.SnapshotAsync();

        var fault = await Assert.ThrowsAsync<RpcException>(() => CallAsync(method, other, id));

        Assert.Equal((StatusCode.AlreadyExists, ErrorReason.RequestIdReused), (fault.StatusCode, RpcFault.ReasonOf(fault)));
        Assert.Equal(before, await host.Changes.SnapshotAsync());
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task At_the_same_time_gives_one_answer(string method)
    {
        var request = await host.Changes.PrepareAsync(method);
        var id = $"{Guid.NewGuid()}";

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => CallAsync(method, request, id)));

        Assert.Single(answers, answer => !answer.IsReplayed);
        Assert.Single(answers.Select(answer => answer.Answer).Distinct());
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task By_another_caller_is_another_request(string method)
    {
        var (request, other) = (await host.Changes.PrepareAsync(method), await host.Changes.PrepareAsync(method));
        var id = $"{Guid.NewGuid()}";
        await CallAsync(method, request, id);
        var token = TestIdentity.TokenFor(IdentityTokens.AudienceOf(method), Principal.LocalUser with { Subject = "someone else" });

        try
        {
            var (_, isReplayed) = await CallAsync(method, other, id, token);
            Assert.False(isReplayed);
        }
        catch (RpcException refusal) when (method.EndsWith("/RotateApiKey", StringComparison.Ordinal))
        {
            // Keys are rotated by their makers alone, so it was not taken for theirs.
            Assert.Equal(StatusCode.PermissionDenied, refusal.StatusCode);
        }
    }

    private Task<(ByteString Answer, bool IsReplayed)> CallAsync(string method, IMessage request, string id, string? token = null) =>
        host.Changes.CallAsync(method, request, id, token);

    private static FieldDescriptor? FieldOf(MessageDescriptor? message) => message?.FindFieldByName("request_id");

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Finds_its_answer_in_the_transaction_of_the_change(string method)
    {
        // Each of its files is a change of its own, and together they are none.
        Assert.SkipWhen(method.EndsWith("/UploadSmallFiles", StringComparison.Ordinal), "It has one transaction for each file.");
        await using var strict = await StartAsync(services =>
        {
            foreach (var records in services.Where(service => service.ServiceType == typeof(IRequestRecords)).ToList())
            {
                services.Remove(records);
                services.AddKeyedSingleton<IRequestRecords>(
                    records.ServiceKey,
                    (provider, key) => new OnlyInTransactions((IRequestRecords)records.KeyedImplementationFactory!(provider, key)));
            }
        });
        var changes = new Changes(strict);
        var request = await changes.PrepareAsync(method);
        var id = $"{Guid.NewGuid()}";

        var (first, _) = await changes.CallAsync(method, request, id);

        Assert.Equal((first, true), await changes.CallAsync(method, request, id));
    }

    // Without workers a turn can be cancelled however late that comes.
    private static Task<FaultMavenHost> StartAsync(Action<IServiceCollection> configure) => FaultMavenHost.StartAsync(
        null, null, TestIdentity.Settings, Cancel,
        services =>
        {
            services.Remove(services.Single(service => service.ImplementationType?.Name == "TurnWorkers"));
            configure(services);
        });

    /// <summary>Records that take no answer by itself.</summary>
    private sealed class OnlyInTransactions(IRequestRecords records) : IRequestRecords
    {
        public Task<byte[]?> FindAsync(string key, CancellationToken cancellationToken) => records.FindAsync(key, cancellationToken);

        public Task AddAsync(string key, byte[] record, TimeSpan lifetime, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("The change did not keep its answer.");

        public Task<IRequestClaim?> TryClaimAsync(string key, CancellationToken cancellationToken) =>
            records.TryClaimAsync(key, cancellationToken);
    }

    public sealed class Host : IAsyncLifetime
    {
        private FaultMavenHost _host = null!;

        internal Changes Changes { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            _host = await StartAsync(_ => { });
            Changes = new Changes(_host);
        }

        public ValueTask DisposeAsync() => _host.DisposeAsync();
    }
}
