using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using Google.Rpc;
using Grpc.Core;
using Resolution = FaultMaven.Protos.Session.V1.Case.Types.Resolution;

namespace FaultMaven.Sessions.Tests;

public sealed class ClosingACase(CasesHost host) : IClassFixture<CasesHost>
{
    [Theory]
    [InlineData(Resolution.Resolved)]
    [InlineData(Resolution.Duplicate)]
    [InlineData(Resolution.FalseAlarm)]
    [InlineData(Resolution.Abandoned)]
    [InlineData(Resolution.WontFix)]
    public async Task Ends_its_life(Resolution resolution)
    {
        var created = await host.CreateCaseAsync();

        var closed = await host.CloseAsync(created.Name, resolution, created.Etag);

        Assert.Equal((Proto.Case.Types.State.Closed, resolution), (closed.State, closed.Resolution));
        Assert.Equal(closed.UpdateTime, closed.CloseTime);
        Assert.Equal(closed, await host.GetCaseAsync(created.Name));
    }

    [Fact]
    public async Task Needs_a_resolution()
    {
        var created = await host.CreateCaseAsync();

        var fault = await CasesHost.FaultOf(() => host.CloseAsync(created.Name, Resolution.Unspecified));

        Assert.Equal("resolution", fault.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Single().Field);
    }

    [Fact]
    public async Task That_is_closed_is_refused_with_the_state_as_the_contract_names_it()
    {
        var created = await host.CreateCaseAsync();
        await host.CloseAsync(created.Name);

        var fault = await CasesHost.FaultOf(() => host.CloseAsync(created.Name));

        Assert.Equal((StatusCode.FailedPrecondition, ErrorReason.CaseStateConflict), (fault.StatusCode, RpcFault.ReasonOf(fault)));
        Assert.Equal("STATE_CLOSED", fault.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Metadata["state"]);
    }

    [Fact]
    public async Task Again_with_the_same_request_id_gives_the_case()
    {
        var created = await host.CreateCaseAsync();

        var closed = await host.CloseAsync(created.Name, requestId: "close-1");
        var again = await host.CloseAsync(created.Name, requestId: "close-1");
        var other = await CasesHost.FaultOf(() => host.CloseAsync(created.Name, Resolution.Abandoned, requestId: "close-1"));

        Assert.Equal(closed, again);
        Assert.Equal(ErrorReason.RequestIdReused, RpcFault.ReasonOf(other));
    }

    [Fact]
    public async Task With_an_old_etag_is_refused()
    {
        var created = await host.CreateCaseAsync();
        await host.SayAsync(created.Name, "It began at 10:00");

        var fault = await CasesHost.FaultOf(() => host.CloseAsync(created.Name, etag: created.Etag));

        Assert.Equal((StatusCode.Aborted, ErrorReason.EtagMismatch), (fault.StatusCode, RpcFault.ReasonOf(fault)));
    }
}
