using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Events.V1;
using FaultMaven.ServiceDefaults.Errors;
using Grpc.Core;
using MassTransit;
using MassTransit.Mediator;
using Microsoft.Extensions.DependencyInjection;

namespace FaultMaven.Sessions.Tests;

public sealed class DeletingACase(CasesHost host) : IClassFixture<CasesHost>
{
    [Fact]
    public async Task Leaves_nothing_of_it_and_notifies_the_other_services()
    {
        var created = await host.CreateCaseAsync();
        var said = await host.SayAsync(created.Name, "Something", requestId: "once");
        var deleted = new TaskCompletionSource();
        using var handler = host.Host.Services.GetRequiredService<IMediator>().ConnectHandler<CaseDeleted>(context =>
        {
            if (context.Message.Case == created.Name)
            {
                deleted.TrySetResult();
            }

            return Task.CompletedTask;
        });

        await DeleteAsync(created.Name);

        await deleted.Task.WaitAsync(CasesHost.Cancel);
        Assert.Equal(ErrorReason.CaseNotFound, RpcFault.ReasonOf(await CasesHost.FaultOf(() => host.GetCaseAsync(created.Name))));
        Assert.Equal(
            ErrorReason.CaseNotFound,
            RpcFault.ReasonOf(await CasesHost.FaultOf(async () =>
                await host.Client.GetMessageAsync(new() { Name = said.Name }, cancellationToken: CasesHost.Cancel))));
        var listed = await host.Client.ListCasesAsync(new() { PageSize = 200 }, cancellationToken: CasesHost.Cancel);
        Assert.DoesNotContain(listed.Cases, c => c.Name == created.Name);
    }

    [Fact]
    public async Task Twice_is_refused_unless_it_may_be_missing()
    {
        var created = await host.CreateCaseAsync();
        await DeleteAsync(created.Name);

        var fault = await CasesHost.FaultOf(() => DeleteAsync(created.Name));
        await DeleteAsync(created.Name, allowMissing: true);

        Assert.Equal((StatusCode.NotFound, ErrorReason.CaseNotFound), (fault.StatusCode, RpcFault.ReasonOf(fault)));
    }

    [Fact]
    public async Task With_an_old_etag_is_refused()
    {
        var created = await host.CreateCaseAsync();
        await host.SayAsync(created.Name, "More");

        var fault = await CasesHost.FaultOf(() => DeleteAsync(created.Name, created.Etag));

        Assert.Equal(ErrorReason.EtagMismatch, RpcFault.ReasonOf(fault));
        await host.GetCaseAsync(created.Name);
    }

    [Fact]
    public async Task Ends_its_watches()
    {
        var created = await host.CreateCaseAsync();
        using var watch = host.Client.WatchCase(new() { Name = created.Name }, cancellationToken: CasesHost.Cancel);
        await watch.ResponseStream.MoveNext(CasesHost.Cancel);

        await DeleteAsync(created.Name);

        var fault = await CasesHost.FaultOf(() => watch.ResponseStream.MoveNext(CasesHost.Cancel));
        Assert.Equal(ErrorReason.CaseNotFound, RpcFault.ReasonOf(fault));
    }

    private async Task DeleteAsync(string name, string etag = "", bool allowMissing = false) => await host.Client.DeleteCaseAsync(
        new() { Name = name, Etag = etag, AllowMissing = allowMissing }, cancellationToken: CasesHost.Cancel);
}
