using FaultMaven.Protos.Events.V1;
using FaultMaven.Protos.Names;
using FaultMaven.Protos.Operations.V1;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.Tests.Shared;
using MassTransit;
using MassTransit.Mediator;
using Microsoft.Extensions.DependencyInjection;

namespace FaultMaven.Sessions.Tests;

public sealed class PublishingEvents : IAsyncLifetime
{
    private static readonly Dictionary<string, string?> s_settings = new()
    {
        ["Outbox:MaxAttempts"] = "3",
        ["Outbox:FirstPause"] = "00:00:00.010",
    };

    private FaultMavenHost _host = null!;
    private Proto.SessionService.SessionServiceClient _client = null!;
    private OutboxService.OutboxServiceClient _outbox = null!;

    private StateStore State => _host.Services.GetRequiredKeyedService<StateStore>("session");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await FaultMavenHost.StartAsync(null, null, s_settings, Cancel);
        _client = new(_host.Channel);
        _outbox = new(_host.Channel);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Passes_over_an_entry_that_cannot_be_read()
    {
        var name = await CreateAsync();
        var closed = Consumed<CaseClosed>(message => message.Case == name, _ => { });
        var broken = new StateTransaction(PartitionOf(name));
        broken.Shard.Enqueue(ServiceDefaults.Messaging.Outbox.WaitingPrefix, "{\"Type\":\"made up\"}"u8.ToArray());
        await State.CommitAsync(broken, Cancel);

        await CloseAsync(name);
        await closed.WaitAsync(Cancel);

        var dead = Assert.Single((await ListAsync()).DeadLetters);
        Assert.Equal(("", "", 1), (dead.EventType, dead.Event, dead.AttemptCount));
        await _outbox.DeleteDeadLetterAsync(new() { Name = dead.Name }, cancellationToken: Cancel);
        Assert.Empty((await ListAsync()).DeadLetters);
    }

    [Fact]
    public async Task Passes_over_an_event_whose_consumer_always_fails_and_replays_it_when_asked()
    {
        var failing = await CreateAsync();
        var other = await CreateInShardOfAsync(failing);
        var works = false;
        var closed = Consumed<CaseClosed>(
            message => message.Case == failing, message => _ = works ? message : throw new InvalidOperationException("made-up failure"));
        var otherClosed = Consumed<CaseClosed>(message => message.Case == other, _ => { });
        var failingDeleted = Consumed<CaseDeleted>(message => message.Case == failing, _ => { });

        await CloseAsync(failing);
        await CloseAsync(other);
        await otherClosed.WaitAsync(Cancel);

        // Events of one case stay in order: this one comes once the one before it is given up.
        await _client.DeleteCaseAsync(new() { Name = failing }, cancellationToken: Cancel);
        await failingDeleted.WaitAsync(Cancel);

        var dead = Assert.Single((await ListAsync()).DeadLetters);
        Assert.Equal(("faultmaven.events.v1.CaseClosed", 3), (dead.EventType, dead.AttemptCount));
        Assert.Contains(failing, dead.Event, StringComparison.Ordinal);
        Assert.Contains("made-up failure", dead.Error, StringComparison.Ordinal);
        var outboxes = await _outbox.ListOutboxesAsync(new(), cancellationToken: Cancel);
        Assert.Equal(1, outboxes.Outboxes.Single(outbox => outbox.Name == "outboxes/session").DeadLetterCount);

        works = true;
        await _outbox.ReplayDeadLetterAsync(new() { Name = dead.Name }, cancellationToken: Cancel);

        await closed.WaitAsync(Cancel);
        Assert.Empty((await ListAsync()).DeadLetters);
    }

    private async Task<ListDeadLettersResponse> ListAsync() =>
        await _outbox.ListDeadLettersAsync(new() { Parent = "outboxes/session" }, cancellationToken: Cancel);

    private async Task<string> CreateAsync() => (await _client.CreateCaseAsync(new(), cancellationToken: Cancel)).Name;

    private async Task<string> CreateInShardOfAsync(string name)
    {
        string created;
        do
        {
            created = await CreateAsync();
        }
        while (State.ShardOf(PartitionOf(created)) != State.ShardOf(PartitionOf(name)));

        return created;
    }

    private async Task CloseAsync(string name) => await _client.CloseCaseAsync(
        new() { Name = name, Resolution = Proto.Case.Types.Resolution.Resolved }, cancellationToken: Cancel);

    private Task Consumed<T>(Func<T, bool> isIt, Action<T> then)
        where T : class
    {
        var consumed = new TaskCompletionSource();
        _host.Services.GetRequiredService<IMediator>().ConnectHandler<T>(context =>
        {
            if (isIt(context.Message))
            {
                then(context.Message);
                consumed.TrySetResult();
            }

            return Task.CompletedTask;
        });
        return consumed.Task;
    }

    private static Partition PartitionOf(string name) =>
        new Partition(Partition.LocalTenant, CaseName.TryParse(name, out var parsed) ? parsed.Id : "");
}
