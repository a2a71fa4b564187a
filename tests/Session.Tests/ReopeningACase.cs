using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using Google.Rpc;
using Grpc.Core;
using Relation = FaultMaven.Protos.Session.V1.CaseLink.Types.Relation;
using Resolution = FaultMaven.Protos.Session.V1.Case.Types.Resolution;
using State = FaultMaven.Protos.Session.V1.Case.Types.State;

namespace FaultMaven.Sessions.Tests;

public sealed class ReopeningACase(CasesHost host) : IClassFixture<CasesHost>
{
    [Fact]
    public async Task Lets_work_on_it_go_on()
    {
        var created = await host.CreateCaseAsync();
        await host.CloseAsync(created.Name, Resolution.FalseAlarm);

        var reopened = await ReopenAsync(created.Name, "jane.doe@example.com saw it again");

        Assert.Equal((State.Inquiry, Resolution.Unspecified, null), (reopened.State, reopened.Resolution, reopened.CloseTime));
        await host.SayAsync(created.Name, "It is back");
        var events = await host.Client.ListCaseEventsAsync(new() { Parent = created.Name }, cancellationToken: CasesHost.Cancel);
        Assert.Equal("<EMAIL_ADDRESS_1> saw it again", events.Events[2].CaseReopened.Reason);
        Assert.Equal(State.Closed, (await host.CloseAsync(created.Name)).State);
    }

    [Fact]
    public async Task That_is_not_closed_is_refused()
    {
        var created = await host.CreateCaseAsync();

        var fault = await CasesHost.FaultOf(() => ReopenAsync(created.Name));

        Assert.Equal((StatusCode.FailedPrecondition, ErrorReason.CaseStateConflict), (fault.StatusCode, RpcFault.ReasonOf(fault)));
        var metadata = fault.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Metadata;
        Assert.Equal(("STATE_INQUIRY", "STATE_CLOSED"), (metadata["state"], metadata["allowed"]));
    }

    [Fact]
    public async Task With_an_old_etag_is_refused()
    {
        var created = await host.CreateCaseAsync();
        await host.CloseAsync(created.Name);

        var fault = await CasesHost.FaultOf(() => ReopenAsync(created.Name, etag: created.Etag));

        Assert.Equal(ErrorReason.EtagMismatch, RpcFault.ReasonOf(fault));
    }

    [Fact]
    public async Task Leaves_the_link_to_the_case_that_it_was_a_duplicate_of()
    {
        var (created, other) = (await host.CreateCaseAsync(), await host.CreateCaseAsync());
        var closed = await CloseAsDuplicateAsync(created.Name, other.Name);

        var reopened = await ReopenAsync(created.Name);

        var link = new Proto.CaseLink { Relation = Relation.DuplicateOf, Case = other.Name };
        Assert.Equal([link], closed.Links);
        Assert.Equal([link], reopened.Links);
    }

    [Fact]
    public async Task Only_a_duplicate_has_another_case()
    {
        var (created, other) = (await host.CreateCaseAsync(), await host.CreateCaseAsync());

        var fixedInstead = await CasesHost.FaultOf(() => CloseAsDuplicateAsync(created.Name, other.Name, Resolution.Resolved));
        var itself = await CasesHost.FaultOf(() => CloseAsDuplicateAsync(created.Name, created.Name));

        Assert.All(
            [fixedInstead, itself],
            fault => Assert.Equal("duplicate_of", fault.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Single().Field));
    }

    private async Task<Proto.Case> ReopenAsync(string name, string reason = "", string etag = "") => await host.Client.ReopenCaseAsync(
        new() { Name = name, Reason = reason, Etag = etag }, cancellationToken: CasesHost.Cancel);

    private async Task<Proto.Case> CloseAsDuplicateAsync(string name, string other, Resolution resolution = Resolution.Duplicate) =>
        await host.Client.CloseCaseAsync(
            new() { Name = name, Resolution = resolution, DuplicateOf = other }, cancellationToken: CasesHost.Cancel);
}
