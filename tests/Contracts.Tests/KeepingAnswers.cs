using System.Net.Http.Json;
using System.Text;
using FaultMaven.Protos;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Redaction.V1;
using FaultMaven.Protos.Session.V1;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Identity;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.Tests.Shared;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace FaultMaven.Contracts.Tests;

/// <summary>What is kept of requests with a <c>request_id</c>, for whom and how long.</summary>
public sealed class KeepingAnswers
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Says_nothing_to_who_reads_the_store()
    {
        await using var host = await FaultMavenHost.StartAsync(Cancel);
        var (title, id) = ("Disks of made-up-name are full", $"made-up-id-{Guid.NewGuid():N}");
        await Sessions(host).CreateCaseAsync(new() { Title = title, RequestId = id }, cancellationToken: Cancel);

        var store = host.Services.GetRequiredKeyedService<StateStore>("session");
        var records = await store.ListAsync(store.Shards[0], new RecordRange("requests/"), 10, Cancel);

        var record = Assert.Single(records);
        var text = Encoding.Latin1.GetString(record.Value.Span) + record.Key;
        Assert.DoesNotContain("made-up", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Disks", text, StringComparison.Ordinal);
        Assert.StartsWith($"requests/{Principal.LocalUser.Tenant}/", record.Key, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ends_after_its_time()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var settings = new Dictionary<string, string?> { ["RequestLedger:Retention"] = "01:00:00" };
        await using var host = await FaultMavenHost.StartAsync(null, time, settings, Cancel);
        var request = new CreateCaseRequest { Title = "Disk full", RequestId = $"{Guid.NewGuid()}" };
        var first = await Sessions(host).CreateCaseAsync(request, cancellationToken: Cancel);

        time.Advance(TimeSpan.FromMinutes(59));
        var within = await Sessions(host).CreateCaseAsync(request, cancellationToken: Cancel);
        time.Advance(TimeSpan.FromMinutes(2));
        var after = await Sessions(host).CreateCaseAsync(request, cancellationToken: Cancel);

        Assert.Equal(first, within);
        Assert.NotEqual(first.Name, after.Name);
    }

    [Fact]
    public async Task Is_not_done_for_large_ones_but_what_they_were_for_is_not_done_again()
    {
        var settings = new Dictionary<string, string?> { ["RequestLedger:MaxAnswerBytes"] = "8" };
        await using var host = await FaultMavenHost.StartAsync(null, null, settings, Cancel);
        var request = new CreateCaseRequest { Title = "Disk full", RequestId = $"{Guid.NewGuid()}" };
        await Sessions(host).CreateCaseAsync(request, cancellationToken: Cancel);

        var again = await ReasonOfAsync(() => Sessions(host).CreateCaseAsync(request, cancellationToken: Cancel));
        var other = await ReasonOfAsync(() => Sessions(host).CreateCaseAsync(
            new() { Title = "Node down", RequestId = request.RequestId }, cancellationToken: Cancel));

        Assert.Equal((ErrorReason.AnswerNotKept, ErrorReason.RequestIdReused), (again, other));
        Assert.Single((await Sessions(host).ListCasesAsync(new(), cancellationToken: Cancel)).Cases);
    }

    [Fact]
    public async Task Is_not_done_for_failures()
    {
        await using var host = await FaultMavenHost.StartAsync(Cancel);
        var policies = new RedactionPolicyService.RedactionPolicyServiceClient(host.Channel);
        var request = new CreateRedactionPolicyRequest { RedactionPolicyId = "strict", RedactionPolicy = new() };
        var first = await policies.CreateRedactionPolicyAsync(request, cancellationToken: Cancel);
        request.RequestId = $"{Guid.NewGuid()}";

        var refused = await ReasonOfAsync(() => policies.CreateRedactionPolicyAsync(request, cancellationToken: Cancel));
        await policies.DeleteRedactionPolicyAsync(new() { Name = first.Name }, cancellationToken: Cancel);
        var created = await policies.CreateRedactionPolicyAsync(request, cancellationToken: Cancel);

        Assert.Equal(ErrorReason.PolicyExists, refused);
        Assert.Equal(first.Name, created.Name);
    }

    [Fact]
    public async Task Gives_them_to_no_one_else()
    {
        await using var host = await FaultMavenHost.StartAsync(null, null, TestIdentity.Settings, Cancel);
        var request = new CreateCaseRequest { Title = "Disk full", RequestId = $"{Guid.NewGuid()}" };
        var first = await Sessions(host).CreateCaseAsync(request, cancellationToken: Cancel);

        var asViewer = await ReasonOfAsync(() => CallAsync(Principal.LocalUser with { Roles = [Role.Viewer] }));
        var asSomeoneElse = await CallAsync(Principal.LocalUser with { Subject = "someone else" });
        var inAnotherTenant = await CallAsync(Principal.LocalUser with { Tenant = "another" });

        Assert.Equal(ErrorReason.RoleRequired, asViewer);
        Assert.Equal(3, ((string[])[first.Name, asSomeoneElse.Name, inAnotherTenant.Name]).Distinct().Count());

        async Task<Case> CallAsync(Principal principal)
        {
            Metadata headers = new() { { IdentityTokens.Header, TestIdentity.TokenFor("session", principal) } };
            return await Sessions(host).CreateCaseAsync(request, headers, cancellationToken: Cancel);
        }
    }

    [Fact]
    public async Task Goes_by_the_header_of_HTTP_too()
    {
        await using var host = await FaultMavenHost.StartAsync(Cancel);
        using var http = host.CreateHttpClient();
        http.DefaultRequestHeaders.Add("Idempotency-Key", $"\"{Guid.NewGuid()}\"");

        var first = await PostAsync("Disk full");
        var again = await PostAsync("Disk full");
        var other = await PostAsync("Node down");

        Assert.Equal((200, 200, 409), (first.Status, again.Status, other.Status));
        Assert.Equal((first.Body, false, true), (again.Body, first.IsReplayed, again.IsReplayed));

        async Task<(int Status, string Body, bool IsReplayed)> PostAsync(string title)
        {
            using var response = await http.PostAsJsonAsync("/v1/cases", new { title }, Cancel);
            return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(Cancel),
                response.Headers.Contains("faultmaven-replayed"));
        }
    }

    private static SessionService.SessionServiceClient Sessions(FaultMavenHost host) => new(host.Channel);

    private static async Task<ErrorReason> ReasonOfAsync<T>(Func<AsyncUnaryCall<T>> call) => await ReasonOfAsync(async () => await call());

    private static async Task<ErrorReason> ReasonOfAsync<T>(Func<Task<T>> call) =>
        RpcFault.ReasonOf(await Assert.ThrowsAsync<RpcException>(call));
}
