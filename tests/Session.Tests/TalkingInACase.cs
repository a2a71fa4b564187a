using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using Grpc.Core;

namespace FaultMaven.Sessions.Tests;

public sealed class TalkingInACase(CasesHost host) : IClassFixture<CasesHost>
{
    [Fact]
    public async Task Keeps_what_was_said_in_order_and_redacted()
    {
        var created = await host.CreateCaseAsync();
        await host.SayAsync(created.Name, "It began at 10:00");
        await host.SayAsync(created.Name, "Ask jane.doe@example.com");

        var messages = await host.Client.ListMessagesAsync(new() { Parent = created.Name }, cancellationToken: CasesHost.Cancel);

        Assert.Equal(["It began at 10:00", "Ask <EMAIL_ADDRESS_1>"], messages.Messages.Select(m => m.Text));
    }

    [Fact]
    public async Task From_many_sides_at_once_loses_nothing()
    {
        var created = await host.CreateCaseAsync();

        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => host.SayAsync(created.Name, $"message {i}")));

        var events = await host.Client.ListCaseEventsAsync(new() { Parent = created.Name, PageSize = 200 }, cancellationToken: CasesHost.Cancel);
        Assert.Equal(Enumerable.Range(1, 41).Select(v => (long)v), events.Events.Select(e => e.Version));
        Assert.Equal(40, events.Events.Where(e => e.MessageAdded is not null).Select(e => e.MessageAdded.Text).Distinct().Count());
    }

    [Fact]
    public async Task Twice_with_one_request_id_says_it_once()
    {
        var created = await host.CreateCaseAsync();
        var requestId = Guid.NewGuid().ToString();

        var said = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => host.SayAsync(created.Name, "Once", requestId)));

        Assert.Single(said.Distinct());
        var state = await host.Client.GetCaseAsync(new() { Name = created.Name }, cancellationToken: CasesHost.Cancel);
        Assert.Equal(1, state.MessageCount);
    }

    [Fact]
    public async Task Page_by_page_gives_each_message_once()
    {
        var created = await host.CreateCaseAsync();
        for (var i = 0; i < 5; i++)
        {
            await host.SayAsync(created.Name, $"message {i}");
        }

        var listed = new List<string>();
        var token = "";
        do
        {
            var page = await host.Client.ListMessagesAsync(new() { Parent = created.Name, PageSize = 2, PageToken = token }, cancellationToken: CasesHost.Cancel);
            listed.AddRange(page.Messages.Select(m => m.Text));
            token = page.NextPageToken;
        }
        while (token.Length > 0);

        Assert.Equal(Enumerable.Range(0, 5).Select(i => $"message {i}"), listed);
    }

    [Fact]
    public async Task That_is_closed_is_refused()
    {
        var created = await host.CreateCaseAsync();
        await host.Client.CloseCaseAsync(new() { Name = created.Name, Resolved = true }, cancellationToken: CasesHost.Cancel);

        var fault = await Assert.ThrowsAsync<RpcException>(() => host.SayAsync(created.Name, "Too late"));

        Assert.Equal(StatusCode.FailedPrecondition, fault.StatusCode);
        Assert.Equal(ErrorReason.CaseStateConflict, RpcFault.ReasonOf(fault));
    }

    [Fact]
    public async Task That_does_not_exist_is_refused()
    {
        var fault = await Assert.ThrowsAsync<RpcException>(() => host.SayAsync("cases/nowhere", "Hello?"));

        Assert.Equal(ErrorReason.CaseNotFound, RpcFault.ReasonOf(fault));
    }
}
