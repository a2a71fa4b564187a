using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.Tests.Shared;
using Google.Rpc;
using Grpc.Core;

namespace FaultMaven.Sessions.Tests;

public sealed class ChangingACase(CasesHost host) : IClassFixture<CasesHost>
{
    [Fact]
    public async Task Gives_it_another_title_redacted()
    {
        var created = await host.CreateCaseAsync();

        var updated = await UpdateAsync(new() { Name = created.Name, Title = "Login of jane.doe@example.com fails", Etag = created.Etag });

        Assert.Equal("Login of <EMAIL_ADDRESS_1> fails", updated.Title);
        Assert.NotEqual(created.Etag, updated.Etag);
        Assert.Equal(updated, await host.GetCaseAsync(created.Name));
    }

    [Fact]
    public async Task With_an_old_etag_is_refused()
    {
        var created = await host.CreateCaseAsync();
        await host.SayAsync(created.Name, "More");

        var fault = await CasesHost.FaultOf(() => UpdateAsync(new() { Name = created.Name, Title = "Other", Etag = created.Etag }));

        Assert.Equal(ErrorReason.EtagMismatch, RpcFault.ReasonOf(fault));
    }

    [Fact]
    public async Task Refuses_fields_that_only_verbs_change()
    {
        var created = await host.CreateCaseAsync();

        var fault = await CasesHost.FaultOf(() => UpdateAsync(new() { Name = created.Name }, "state"));

        Assert.Equal("update_mask", fault.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Single().Field);
    }

    [Fact]
    public async Task Does_not_cut_a_title_through_a_placeholder_or_a_character()
    {
        var placeholder = await host.CreateCaseAsync($"{new string('x', 190)} jane.doe@example.com fails");
        var surrogate = await host.CreateCaseAsync($"{new string('x', 199)}😀😀");

        Assert.Equal($"{new string('x', 190)} ", placeholder.Title);
        Assert.Equal(new string('x', 199), surrogate.Title);
    }

    [Fact]
    public async Task Refuses_a_title_that_is_too_long_to_look_at()
    {
        var fault = await CasesHost.FaultOf(() => host.CreateCaseAsync(new string('x', 2_001)));

        Assert.Equal("title", fault.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Single().Field);
    }

    [Fact]
    public async Task Keeps_times_in_order_when_the_clock_is_set_back()
    {
        var time = new AdjustableTime();
        await using var system = await FaultMavenHost.StartAsync(null, time, null, CasesHost.Cancel);
        var client = new Proto.SessionService.SessionServiceClient(system.Channel);
        var older = await client.CreateCaseAsync(new(), cancellationToken: CasesHost.Cancel);

        time.Offset = TimeSpan.FromDays(-2);
        var newer = await client.CreateCaseAsync(new(), cancellationToken: CasesHost.Cancel);
        var updated = await client.UpdateCaseAsync(
            new() { Case = new() { Name = older.Name }, UpdateMask = new() { Paths = { "title" } } }, cancellationToken: CasesHost.Cancel);
        var listed = await client.ListCasesAsync(new(), cancellationToken: CasesHost.Cancel);

        Assert.Equal([newer.Name, older.Name], listed.Cases.Select(c => c.Name));
        Assert.True(updated.UpdateTime >= updated.CreateTime);
    }

    private async Task<Proto.Case> UpdateAsync(Proto.Case given, params string[] paths)
    {
        var request = new Proto.UpdateCaseRequest { Case = given, UpdateMask = new() { Paths = { paths } } };
        return await host.Client.UpdateCaseAsync(request, cancellationToken: CasesHost.Cancel);
    }

    /// <summary>The system's clock, set forward or back.</summary>
    private sealed class AdjustableTime : TimeProvider
    {
        public TimeSpan Offset { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Offset;
    }
}
