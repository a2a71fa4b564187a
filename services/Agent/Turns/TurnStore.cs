using System.Diagnostics;
using FaultMaven.Protos.Events.V1;
using FaultMaven.ServiceDefaults.Messaging;
using FaultMaven.ServiceDefaults.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using StackExchange.Redis;

namespace FaultMaven.Agents.Turns;

/// <summary>Keeps turns and their events. Whoever writes says how many events it saw, so two writers never both succeed.</summary>
internal sealed class TurnStore(IConnectionMultiplexer redis, [FromKeyedServices(ResourceNames.Agent)] Outbox outbox, TimeProvider time)
{
    /// <summary>How much of an answer becomes a message of the case, in characters.</summary>
    private const int MaxAnswerLength = 32_768;

    private IDatabase Database => redis.GetDatabase();

    /// <summary>Remembers that a request id stands for a turn. Returns what it stands for, which is older if it was used before.</summary>
    /// <returns>The turn's id and the digest of its request.</returns>
    public async Task<(string TurnId, string Digest)> ReserveAsync(string caseId, string requestId, string turnId, string digest)
    {
        var key = TurnKeys.Request(caseId, requestId);
        await Database.StringSetAsync(key, $"{turnId} {digest}", when: When.NotExists);
        return ((string?)await Database.StringGetAsync(key))?.Split(' ') is [var knownTurn, var knownDigest] ? (knownTurn, knownDigest) : (turnId, digest);
    }

    /// <summary>Stores a new turn, as part of the trace that is current. If it is there already, nothing changes.</summary>
    public async Task CreateAsync(TurnName name, Proto.Turn turn)
    {
        var transaction = Database.CreateTransaction();
        transaction.AddCondition(Condition.KeyNotExists(TurnKeys.Turn(name)));
        _ = transaction.StringSetAsync(TurnKeys.Turn(name), turn.ToByteArray());
        _ = transaction.ListRightPushAsync(TurnKeys.Index(name.CaseId), name.TurnId);
        _ = transaction.SetAddAsync(TurnKeys.Unsettled(name.CaseId), name.ToString());
        if (Activity.Current?.Id is { } trace)
        {
            _ = transaction.StringSetAsync(TurnKeys.Trace(name), trace);
        }

        await transaction.ExecuteAsync();
    }

    /// <summary>The trace that the turn was created in, as a <c>traceparent</c>. Null if there was none.</summary>
    public async Task<string?> FindTraceAsync(TurnName name) => await Database.StringGetAsync(TurnKeys.Trace(name));

    public async Task<Proto.Turn?> FindAsync(TurnName name) =>
        (byte[]?)await Database.StringGetAsync(TurnKeys.Turn(name)) is { } bytes ? Proto.Turn.Parser.ParseFrom(bytes) : null;

    /// <summary>Turns of a case, oldest first.</summary>
    public async Task<IReadOnlyList<Proto.Turn>> ListAsync(string caseId, long offset, int count)
    {
        var ids = await Database.ListRangeAsync(TurnKeys.Index(caseId), offset, offset + count - 1);
        var turns = await Task.WhenAll(ids.Select(id => FindAsync(new TurnName(caseId, id.ToString()))));
        return [.. turns.OfType<Proto.Turn>()];
    }

    public async Task<IReadOnlyList<Proto.TurnEvent>> ListEventsAsync(TurnName name, long afterSequence)
    {
        var values = await Database.ListRangeAsync(TurnKeys.Events(name), afterSequence);
        return [.. values.Select(value => Proto.TurnEvent.Parser.ParseFrom((byte[])value!))];
    }

    /// <summary>Appends an event if the turn has exactly those before it and <paramref name="lease"/> still holds.</summary>
    /// <returns>False if another writer was faster or the lease is lost; nothing has changed then.</returns>
    public async Task<bool> TryAppendAsync(TurnName name, Proto.TurnEvent added, string lease)
    {
        var transaction = Begin(name, added);
        transaction.AddCondition(Condition.StringEqual(TurnKeys.Lease(name), lease));
        if (added.PhaseEntered is { } entered && await FindAsync(name) is { } turn)
        {
            turn.Phase = entered.Phase;
            _ = transaction.StringSetAsync(TurnKeys.Turn(name), turn.ToByteArray());
        }

        return await CommitAsync(name, transaction);
    }

    /// <summary>Ends a turn by its last event, <c>completed</c> or <c>failed</c>; tells the other services if it is completed.</summary>
    /// <param name="name">The turn.</param>
    /// <param name="last">Its last event.</param>
    /// <param name="state">The state it ends in.</param>
    /// <param name="lease">The lease of the worker that ends it. Null if it is ended from outside.</param>
    /// <returns>False if another writer was faster or the lease is lost; nothing has changed then.</returns>
    public async Task<bool> TryEndAsync(TurnName name, Proto.TurnEvent last, Proto.Turn.Types.State state, string? lease)
    {
        if (await FindAsync(name) is not { State: Proto.Turn.Types.State.Running } turn)
        {
            return false;
        }

        turn.State = state;
        turn.EndTime = last.CreateTime;
        turn.Answer = last.Completed;
        turn.Failure = last.Failed;

        var transaction = Begin(name, last);
        if (lease is not null)
        {
            transaction.AddCondition(Condition.StringEqual(TurnKeys.Lease(name), lease));
        }

        _ = transaction.StringSetAsync(TurnKeys.Turn(name), turn.ToByteArray());
        if (last.Completed is { } answer)
        {
            outbox.Stage(transaction, name.CaseId, Completed(name, turn, answer));
        }

        return await CommitAsync(name, transaction);
    }

    /// <summary>An event with its place and time.</summary>
    public Proto.TurnEvent Stamp(Proto.TurnEvent unstamped, long sequence)
    {
        var stamped = unstamped.Clone();
        stamped.Sequence = sequence;
        stamped.CreateTime = Timestamp.FromDateTimeOffset(time.GetUtcNow());
        return stamped;
    }

    /// <summary>Turns that run, or ended without everybody knowing yet.</summary>
    public async Task<IReadOnlyList<TurnName>> ListUnsettledAsync()
    {
        var members = await Task.WhenAll(TurnKeys.AllUnsettled.Select(key => Database.SetMembersAsync(key)));
        return [.. members.SelectMany(values => values).Select(value => TurnName.TryParse(value.ToString(), out var name) ? name : null).OfType<TurnName>()];
    }

    /// <summary>Nothing is left to do for the turn.</summary>
    public Task SettleAsync(TurnName name) => Database.SetRemoveAsync(TurnKeys.Unsettled(name.CaseId), name.ToString());

    /// <summary>Takes the turn for this worker. False if another has it.</summary>
    public Task<bool> TryTakeLeaseAsync(TurnName name, string lease, TimeSpan duration) =>
        Database.LockTakeAsync(TurnKeys.Lease(name), lease, duration);

    /// <summary>Keeps the turn. False if the lease was lost.</summary>
    public Task<bool> TryRenewLeaseAsync(TurnName name, string lease, TimeSpan duration) =>
        Database.LockExtendAsync(TurnKeys.Lease(name), lease, duration);

    public Task ReleaseLeaseAsync(TurnName name, string lease) => Database.LockReleaseAsync(TurnKeys.Lease(name), lease);

    private static TurnCompleted Completed(TurnName name, Proto.Turn turn, Proto.Answer answer) => new()
    {
        Case = name.Case,
        Turn = turn.Name,
        Conclusion = answer.RootCause,
        Answer = RedactedText.Cut(answer.Summary, MaxAnswerLength),
    };

    private ITransaction Begin(TurnName name, Proto.TurnEvent added)
    {
        var transaction = Database.CreateTransaction();
        transaction.AddCondition(Condition.ListLengthEqual(TurnKeys.Events(name), added.Sequence - 1));
        _ = transaction.ListRightPushAsync(TurnKeys.Events(name), added.ToByteArray());
        return transaction;
    }

    private async Task<bool> CommitAsync(TurnName name, ITransaction transaction)
    {
        if (!await transaction.ExecuteAsync())
        {
            return false;
        }

        await Database.PublishAsync(TurnKeys.Channel(name), RedisValue.EmptyString, CommandFlags.FireAndForget);
        return true;
    }
}
