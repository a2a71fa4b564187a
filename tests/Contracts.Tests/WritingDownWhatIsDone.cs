using FaultMaven.Protos;
using FaultMaven.Protos.Operations.V1;
using FaultMaven.Protos.Session.V1;
using FaultMaven.ServiceDefaults.Identity;
using FaultMaven.Tests.Shared;
using Grpc.Core;
using Kind = FaultMaven.Protos.Operations.V1.AuditEntry.Types.Kind;

namespace FaultMaven.Contracts.Tests;

/// <summary>Every RPC that changes something leaves two entries in the audit log, and every refusal one.</summary>
public sealed class WritingDownWhatIsDone : IAsyncLifetime
{
    private static readonly Principal s_alice = new("acme", "alice", PrincipalKind.Person, [Role.Admin]);
    private static readonly Principal s_viewer = new("acme", "victor", PrincipalKind.Person, [Role.Viewer]);
    private static readonly Principal s_auditor = new("acme", "audrey", PrincipalKind.Person, [Role.Auditor]);

    private static readonly Dictionary<string, string> s_names = new()
    {
        ["faultmaven.dev/Case"] = "cases/0",
        ["faultmaven.dev/Evidence"] = "cases/0/evidence/0",
        ["faultmaven.dev/Signal"] = "cases/0/evidence/0/signals/0",
        ["faultmaven.dev/Message"] = "cases/0/messages/0",
        ["faultmaven.dev/Turn"] = "cases/0/turns/0",
        ["faultmaven.dev/Document"] = "documents/0",
        ["faultmaven.dev/RedactionPolicy"] = "redactionPolicies/none",
        ["faultmaven.dev/ApiKey"] = "apiKeys/0123456789abcdef",
        ["faultmaven.dev/FailureMode"] = "failureModes/none",
        ["faultmaven.dev/AuditLog"] = "auditLogs/session",
        ["faultmaven.dev/Outbox"] = "outboxes/session",
        ["faultmaven.dev/DeadLetter"] = "outboxes/session/deadLetters/0",
    };

    private FaultMavenHost _host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await FaultMavenHost.StartAsync(null, null, TestIdentity.Settings, Cancel);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Has_for_each_call_that_changes_something_its_beginning_and_its_end_with_names_and_no_text()
    {
        foreach (var descriptor in Contract.Services.SelectMany(service => service.Methods))
        {
            var method = $"{descriptor.Service.FullName}/{descriptor.Name}";
            if (Permissions.Find($"/{method}")! is not { Changes: true, OfInstallation: false })
            {
                continue;
            }

            var (request, hasNames) = new RequestAbout(s_names).Of(descriptor);
            var answer = await RawCall.MakeAsync(As(s_alice), descriptor, request, toEnd: true);

            var entries = (await ReadAsync($"method = \"{method}\"")).Where(entry => entry.Via.Length == 0).ToList();
            Assert.True(entries.Count == 2, $"{method}: {answer}: {string.Join('\n', entries)}");
            var (began, ended) = (entries[0], entries[1]);
            Assert.Equal((Kind.Began, Kind.Ended), (began.Kind, ended.Kind));
            Assert.Equal(began.Sequence, ended.BeganSequence);
            Assert.Equal(("person:alice", "person:alice"), (began.Actor, ended.Actor));
            Assert.Equal(answer.Split(' ')[0].ToUpperInvariant(), ended.Status.Replace("_", "", StringComparison.Ordinal));
            Assert.Equal(answer.StartsWith("OK", StringComparison.Ordinal), ended.Reason.Length == 0);
            Assert.True(!hasNames || began.Resources.Count > 0, $"{method}: {began}");
            Assert.All(entries, entry => Assert.DoesNotContain("ERROR a line", $"{entry}", StringComparison.Ordinal));
            Assert.All(entries, entry => Assert.DoesNotContain(
                "a-word", $"{entry}".Replace("redactionPolicies/a-word", "", StringComparison.Ordinal), StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Has_the_name_of_what_was_created_and_never_what_it_says()
    {
        var sessions = new SessionService.SessionServiceClient(As(s_alice));
        var created = await sessions.CreateCaseAsync(
            new() { Title = "Mulberry is down", RequestId = "try-1" }, cancellationToken: Cancel);
        await sessions.CreateMessageAsync(new() { Parent = created.Name, Text = "Mulberry again" }, cancellationToken: Cancel);

        var entries = await ReadAsync("");

        Assert.Equal([Kind.Began, Kind.Ended, Kind.Began, Kind.Ended], entries.Select(entry => entry.Kind));
        Assert.Equal(("try-1", created.Name), (entries[0].RequestId, Assert.Single(entries[1].Resources)));
        Assert.Equal([created.Name], entries[2].Resources);
        Assert.DoesNotContain("Mulberry", string.Join('\n', entries), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Does_not_have_what_someone_writes_where_a_name_belongs()
    {
        var sessions = new SessionService.SessionServiceClient(As(s_alice));

        await Assert.ThrowsAsync<RpcException>(async () => await sessions.CloseCaseAsync(
            new() { Name = "cases/hunter2 is my password" }, cancellationToken: Cancel));

        var entries = await ReadAsync("");
        Assert.Equal(["(malformed)"], entries[0].Resources);
        Assert.DoesNotContain("hunter2", string.Join('\n', entries), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Has_what_was_refused_and_of_many_refusals_the_number()
    {
        var sessions = new SessionService.SessionServiceClient(As(s_viewer));
        for (var i = 0; i < 30; i++)
        {
            await Assert.ThrowsAsync<RpcException>(async () => await sessions.CreateCaseAsync(
                new() { Title = "Mulberry" }, cancellationToken: Cancel));
        }

        var entries = await ReadAsync("");

        Assert.Equal(20, entries.Count);
        Assert.All(entries, entry => Assert.Equal(
            (Kind.Refused, "person:victor", "faultmaven.session.v1.SessionService/CreateCase", "PERMISSION_DENIED",
                "ERROR_REASON_ROLE_REQUIRED"),
            (entry.Kind, entry.Actor, entry.Method, entry.Status, entry.Reason)));
    }

    [Fact]
    public async Task Has_that_a_tenant_was_forgotten_without_its_name_in_the_log_of_the_one_that_runs_the_installation()
    {
        var tenants = new TenantService.TenantServiceClient(_host.Channel);
        await new SessionService.SessionServiceClient(As(s_alice)).CreateCaseAsync(
            new() { Title = "Mulberry" }, cancellationToken: Cancel);

        await tenants.ForgetTenantAsync(new() { Name = "tenants/acme" }, cancellationToken: Cancel);
        await Assert.ThrowsAsync<RpcException>(async () => await new TenantService.TenantServiceClient(As(s_alice)).ForgetTenantAsync(
            new() { Name = "tenants/rival" }, cancellationToken: Cancel));

        var entries = await ReadAsync("method = *ForgetTenant", Principal.LocalUser);
        Assert.Equal([Kind.Began, Kind.Ended], entries.Select(entry => entry.Kind));
        Assert.DoesNotContain("acme", string.Join('\n', entries), StringComparison.Ordinal);
        Assert.Equal(["ForgetTenant Refused"], (await ReadAsync("")).Select(entry => $"{entry.Method.Split('/')[1]} {entry.Kind}"));
    }

    [Fact]
    public async Task Has_nothing_of_reads()
    {
        await new SessionService.SessionServiceClient(As(s_alice)).ListCasesAsync(new(), cancellationToken: Cancel);

        Assert.Empty(await ReadAsync(""));
    }

    [Fact]
    public async Task Is_shown_to_auditors_and_administrators_of_the_tenant_alone()
    {
        await new SessionService.SessionServiceClient(As(s_alice)).CreateCaseAsync(
            new() { Title = "Mulberry" }, cancellationToken: Cancel);
        var rival = s_auditor with { Tenant = "rival" };

        Assert.NotEmpty(await ReadAsync("", s_alice));
        Assert.Empty(await ReadAsync("", rival));
        var theirs = await new AuditService.AuditServiceClient(As(rival)).VerifyAuditLogsAsync(
            new() { Name = "auditLogs/-" }, cancellationToken: Cancel);
        Assert.All(theirs.AuditLogs, log => Assert.Equal(0, log.EntryCount));
        foreach (var role in new[] { Role.Viewer, Role.Member, Role.Operator })
        {
            var error = await Assert.ThrowsAsync<RpcException>(() => ReadAsync("", s_viewer with { Roles = [role] }));
            Assert.Equal(StatusCode.PermissionDenied, error.StatusCode);
        }
    }

    [Fact]
    public async Task Is_exported_whole_and_the_export_is_in_it()
    {
        await new SessionService.SessionServiceClient(As(s_alice)).CreateCaseAsync(
            new() { Title = "Mulberry" }, cancellationToken: Cancel);
        var audit = new AuditService.AuditServiceClient(As(s_auditor));

        var exported = new List<AuditEntry>();
        using (var call = audit.ExportAuditEntries(new() { Parent = "auditLogs/-" }, cancellationToken: Cancel))
        {
            while (await call.ResponseStream.MoveNext(Cancel))
            {
                exported.Add(call.ResponseStream.Current);
            }
        }

        Assert.Equal(
            ["ExportAuditEntries Began", "CreateCase Began", "CreateCase Ended"],
            exported.Select(entry => $"{entry.Method.Split('/')[1]} {entry.Kind}"));
        Assert.Contains(await ReadAsync("status = OK"), entry => entry.Method.EndsWith("ExportAuditEntries", StringComparison.Ordinal));
        var logs = (await audit.VerifyAuditLogsAsync(new() { Name = "auditLogs/-" }, cancellationToken: Cancel)).AuditLogs;
        Assert.All(logs, log => Assert.Equal((AuditLog.Types.Problem.Unspecified, 0), (log.Problem, log.UnfinishedCount)));
        Assert.Equal(4, logs.Sum(log => log.EntryCount));
    }

    [Fact]
    public async Task Comes_in_pages_over_all_services_in_the_order_of_time()
    {
        var sessions = new SessionService.SessionServiceClient(As(s_alice));
        for (var i = 0; i < 3; i++)
        {
            var name = (await sessions.CreateCaseAsync(new() { Title = "Mulberry" }, cancellationToken: Cancel)).Name;
            await new Protos.Redaction.V1.RedactionService.RedactionServiceClient(As(s_alice)).RestoreTextAsync(
                new() { Scope = name, Text = "none" }, cancellationToken: Cancel);
        }

        var whole = await ReadAsync("");
        var pieces = await ReadAsync("", pageSize: 1);

        Assert.Equal(12, whole.Count);
        Assert.Equal(whole.OrderBy(entry => entry.CreateTime.ToDateTimeOffset()), whole);
        Assert.Equal(whole, pieces);
        Assert.Equal(Enumerable.Reverse(whole), await ReadAsync("", pageSize: 5, oldestFirst: false));
    }

    private SigningInvoker As(Principal principal) => new(_host.Channel.CreateCallInvoker(), principal);

    private async Task<List<AuditEntry>> ReadAsync(
        string filter, Principal? principal = null, int pageSize = 500, bool oldestFirst = true)
    {
        var audit = new AuditService.AuditServiceClient(As(principal ?? s_auditor));
        var entries = new List<AuditEntry>();
        var token = "";
        do
        {
            var page = await audit.ListAuditEntriesAsync(
                new() { Parent = "auditLogs/-", PageSize = pageSize, PageToken = token, Filter = filter, OldestFirst = oldestFirst },
                cancellationToken: Cancel);
            entries.AddRange(page.AuditEntries);
            token = page.NextPageToken;
        }
        while (token.Length > 0);

        return entries;
    }
}
