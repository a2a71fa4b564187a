using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using Grpc.Core;

namespace FaultMaven.Sessions.Tests;

public sealed class ClosingACase(CasesHost host) : IClassFixture<CasesHost>
{
    [Theory]
    [InlineData(true, Proto.Case.Types.State.Resolved)]
    [InlineData(false, Proto.Case.Types.State.Closed)]
    public async Task Ends_its_life(bool resolved, Proto.Case.Types.State state)
    {
        var created = await host.CreateCaseAsync();

        var closed = await host.Client.CloseCaseAsync(
            new() { Name = created.Name, Resolved = resolved, Reason = "Pool enlarged", Etag = created.Etag }, cancellationToken: CasesHost.Cancel);

        Assert.Equal(state, closed.State);
        Assert.Equal(2, closed.Version);
    }

    [Fact]
    public async Task That_has_changed_since_it_was_read_is_refused()
    {
        var created = await host.CreateCaseAsync();
        await host.SayAsync(created.Name, "Something new");

        var fault = await Assert.ThrowsAsync<RpcException>(async () =>
            await host.Client.CloseCaseAsync(new() { Name = created.Name, Etag = created.Etag }, cancellationToken: CasesHost.Cancel));

        Assert.Equal(StatusCode.Aborted, fault.StatusCode);
        Assert.Equal(ErrorReason.CaseVersionConflict, RpcFault.ReasonOf(fault));
    }

    [Fact]
    public async Task Twice_is_refused()
    {
        var created = await host.CreateCaseAsync();
        await host.Client.CloseCaseAsync(new() { Name = created.Name }, cancellationToken: CasesHost.Cancel);

        var fault = await Assert.ThrowsAsync<RpcException>(async () =>
            await host.Client.CloseCaseAsync(new() { Name = created.Name, Resolved = true }, cancellationToken: CasesHost.Cancel));

        Assert.Equal(ErrorReason.CaseStateConflict, RpcFault.ReasonOf(fault));
    }
}
