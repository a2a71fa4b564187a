using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using Grpc.Core;
using FaultMaven.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

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

        var events = await host.Client.ListCaseEventsAsync(
            new() { Parent = created.Name, PageSize = 200 }, cancellationToken: CasesHost.Cancel);
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
            var page = await host.Client.ListMessagesAsync(
                new() { Parent = created.Name, PageSize = 2, PageToken = token }, cancellationToken: CasesHost.Cancel);
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
        await host.CloseAsync(created.Name);

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

    [Fact]
    public async Task Gives_each_message_a_name_to_get_it_by()
    {
        var created = await host.CreateCaseAsync();
        var said = await host.SayAsync(created.Name, "It began at 10:00");

        Assert.Equal(said, await host.Client.GetMessageAsync(new() { Name = said.Name }, cancellationToken: CasesHost.Cancel));
        foreach (var missing in new[] { "1", "3", "x", "99999999999999999999" })
        {
            var request = new Proto.GetMessageRequest { Name = $"{created.Name}/messages/{missing}" };
            var fault = await CasesHost.FaultOf(
                async () => await host.Client.GetMessageAsync(request, cancellationToken: CasesHost.Cancel));
            Assert.Equal(ErrorReason.MessageNotFound, RpcFault.ReasonOf(fault));
        }
    }

    [Theory]
    [InlineData("jane.doe@example.com")]
    [InlineData("{other}/turns/1")]
    public async Task Refuses_a_turn_that_is_not_one_of_the_case(string form)
    {
        var created = await host.CreateCaseAsync();
        var turn = form.Replace("{other}", (await host.CreateCaseAsync()).Name, StringComparison.Ordinal);

        var fault = await CasesHost.FaultOf(async () => await host.Client.CreateMessageAsync(
            new() { Parent = created.Name, Text = "Hello", Turn = turn }, cancellationToken: CasesHost.Cancel));

        Assert.Equal((StatusCode.InvalidArgument, ErrorReason.InvalidField), (fault.StatusCode, RpcFault.ReasonOf(fault)));
        Assert.Empty((await host.Client.ListMessagesAsync(new() { Parent = created.Name }, cancellationToken: CasesHost.Cancel)).Messages);
    }

    [Fact]
    public async Task Takes_the_answer_of_a_turn_whatever_request_ids_callers_used()
    {
        var created = await host.CreateCaseAsync();
        await host.SayAsync(created.Name, "Mine", requestId: "answer-t1");

        var turn = new FaultMaven.Protos.Events.V1.TurnCompleted
        {
            Case = created.Name, Turn = $"{created.Name}/turns/t1", Conclusion = "The disk is full.", Answer = "The disk of db-1 is full.",
        };
        await host.Host.Services.PublishEventAsync(turn, CasesHost.Cancel);
        await host.Host.Services.PublishEventAsync(turn, CasesHost.Cancel);

        var messages = await host.Client.ListMessagesAsync(new() { Parent = created.Name }, cancellationToken: CasesHost.Cancel);
        Assert.Equal(["Mine", "The disk of db-1 is full."], messages.Messages.Select(m => m.Text));
        Assert.Equal(Proto.Message.Types.Author.Agent, messages.Messages[1].Author);
    }
}
