using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using Grpc.Core;

namespace FaultMaven.Sessions.Tests;

public sealed class CreatingACase(CasesHost host) : IClassFixture<CasesHost>
{
    [Fact]
    public async Task Gives_it_a_name_and_the_state_inquiry()
    {
        var created = await host.CreateCaseAsync("  Checkout is slow ");

        Assert.StartsWith("cases/", created.Name, StringComparison.Ordinal);
        Assert.Equal("Checkout is slow", created.Title);
        Assert.Equal(created.CreateTime, created.UpdateTime);
        Assert.Equal(Proto.Case.Types.State.Inquiry, created.State);
        Assert.Equal(created, await host.Client.GetCaseAsync(new() { Name = created.Name }, cancellationToken: CasesHost.Cancel));
    }

    [Fact]
    public async Task Keeps_no_personal_data_in_the_title()
    {
        var created = await host.CreateCaseAsync("Login of jane.doe@example.com fails");

        Assert.Equal("Login of <EMAIL_ADDRESS_1> fails", created.Title);
    }

    [Fact]
    public async Task Names_it_when_the_caller_does_not()
    {
        Assert.Equal("Untitled case", (await host.CreateCaseAsync("  ")).Title);
    }

    [Fact]
    public async Task Twice_with_one_request_id_creates_it_once()
    {
        var request = new Proto.CreateCaseRequest { Title = "Disk full", RequestId = Guid.NewGuid().ToString() };

        var created = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            _ => host.Client.CreateCaseAsync(request, cancellationToken: CasesHost.Cancel).ResponseAsync));

        Assert.Single(created.Distinct());
    }

    [Fact]
    public async Task With_a_request_id_of_another_case_is_refused()
    {
        var requestId = Guid.NewGuid().ToString();
        await host.Client.CreateCaseAsync(new() { Title = "Disk full", RequestId = requestId }, cancellationToken: CasesHost.Cancel);

        var fault = await Assert.ThrowsAsync<RpcException>(async () =>
            await host.Client.CreateCaseAsync(new() { Title = "Node down", RequestId = requestId }, cancellationToken: CasesHost.Cancel));

        Assert.Equal(StatusCode.AlreadyExists, fault.StatusCode);
        Assert.Equal(ErrorReason.RequestIdReused, RpcFault.ReasonOf(fault));
    }
}
