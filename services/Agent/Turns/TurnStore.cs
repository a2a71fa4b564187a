using System.Diagnostics;
using System.IO.Hashing;
using FaultMaven.Protos.Events.V1;
using FaultMaven.Protos.Names;
using FaultMaven.ServiceDefaults.Messaging;
using FaultMaven.ServiceDefaults.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using StackExchange.Redis;
using State = FaultMaven.Protos.Agent.V1.Turn.Types.State;

namespace FaultMaven.Agents.Turns;

/// <summary>
/// Keeps turns and their events. A writer states how many events it has seen, so of two writers at the same place one fails.
/// </summary>
internal sealed class TurnStore(IConnectionMultiplexer redis, [FromKeyedServices(ResourceNames.Agent)] Outbox outbox, TimeProvider time)
{
    private IDatabase Database => redis.GetDatabase();

    /// <summary>The turn that a request id was used for, and the digest of its question. Null if the id was not used.</summary>
    public async Task<(string TurnId, string Digest)?> FindRequestAsync(string caseId, string requestId) =>
        ((string?)await Database.HashGetAsync(TurnKeys.Requests(caseId), requestId))?.Split(' ') is [var turn, var digest] ? (turn, digest)
            : null;

    /// <summary>Records what a request id is used for. If it was used before, nothing changes.</summary>
    public Task ReserveAsync(string caseId, string requestId, string turnId, string digest) =>
        Database.HashSetAsync(TurnKeys.Requests(caseId), requestId, $"{turnId} {digest}", When.NotExists);

    /// <summary>Stores a new turn, as part of the current trace. If the turn exists already, nothing changes.</summary>
    public async Task CreateAsync(TurnName name, Proto.Turn turn)
    {
        var transaction = Database.CreateTransaction();
        transaction.AddCondition(Condition.KeyNotExists(TurnKeys.Turn(name)));
        _ = transaction.StringSetAsync(TurnKeys.Turn(name), ToBytes(turn));
        _ = transaction.ListRightPushAsync(TurnKeys.Index(name.Case.Id), name.Id);
        _ = transaction.SetAddAsync(TurnKeys.Unsettled(name.Case.Id), name.ToString());
        if (Activity.Current?.Id is { } trace)
        {
            _ = transaction.StringSetAsync(TurnKeys.Trace(name), trace);
        }

        await transaction.ExecuteAsync();
    }

    /// <summary>The trace that the turn was created in, as a <c>traceparent</c>. Null if there was none.</summary>
    public async Task<string?> FindTraceAsync(TurnName name) => await Database.StringGetAsync(TurnKeys.Trace(name));

    public async Task<Proto.Turn?> FindAsync(TurnName name) => ToTurn(await Database.StringGetAsync(TurnKeys.Turn(name)));

    /// <summary>What a worker needs to run a turn or to continue it. Null if the turn does not exist.</summary>
    public async Task<StoredTurn?> LoadAsync(TurnName name)
    {
        var turn = Database.StringGetAsync(TurnKeys.Turn(name));
        var recorded = Database.ListLengthAsync(TurnKeys.Events(name));
        var prepared = Database.StringGetAsync(TurnKeys.Prepared(name));
        await Task.WhenAll(turn, recorded, prepared);
        return ToTurn(await turn) is { } found
            ? new(found, await recorded, (byte[]?)await prepared is { } bytes ? Proto.TurnEvent.Parser.ParseFrom(bytes) : null)
            : null;
    }

    /// <summary>Turns of a case, oldest first. The list only grows, so a turn keeps its place in it.</summary>
    /// <param name="caseId">The case.</param>
    /// <param name="start">The place of the first; negative counts from the end.</param>
    /// <param name="count">At most this many.</param>
    public async Task<IReadOnlyList<Proto.Turn>> ListAsync(string caseId, long start, int count)
    {
        var ids = await Database.ListRangeAsync(TurnKeys.Index(caseId), start, start + count - 1);
        var turns = await Task.WhenAll(ids.Select(id => FindAsync(new TurnName(new CaseName(caseId), id.ToString()))));
        return [.. turns.OfType<Proto.Turn>()];
    }

    /// <summary>How many events a turn has.</summary>
    public Task<long> CountEventsAsync(TurnName name) => Database.ListLengthAsync(TurnKeys.Events(name));

    /// <summary>Whether a running turn has its answer already and is about to end with it.</summary>
    public Task<bool> IsAnsweredAsync(TurnName name) => Database.KeyExistsAsync(TurnKeys.Prepared(name));

    /// <summary>
    /// Appends events if the turn has exactly <paramref name="recorded"/> before them and <paramref name="lease"/> still holds.
    /// </summary>
    /// <param name="name">The turn.</param>
    /// <param name="turn">The turn as it is after these events.</param>
    /// <param name="recorded">How many events the turn has.</param>
    /// <param name="added">The events, stamped.</param>
    /// <param name="prepared">
    /// The event with the answer that the turn is about to give; null while it has none. Session then gets the answer for its case.
    /// </param>
    /// <param name="lease">The lease of the worker that runs it.</param>
    /// <returns>False if another writer was faster, the lease is lost or the turn was deleted; nothing has changed then.</returns>
    public Task<bool> TryAppendAsync(
        TurnName name, Proto.Turn turn, long recorded, IReadOnlyList<Proto.TurnEvent> added, Proto.TurnEvent? prepared, string lease)
    {
        var transaction = Begin(name, recorded, added);
        transaction.AddCondition(Condition.StringEqual(TurnKeys.Lease(name), lease));
        _ = transaction.StringSetAsync(TurnKeys.Turn(name), ToBytes(turn));
        if (prepared?.Completed is { } answer)
        {
            _ = transaction.StringSetAsync(TurnKeys.Prepared(name), prepared.ToByteArray());
            outbox.Stage(transaction, name.Case.Id, new TurnCompleted
            {
                Case = $"{name.Case}",
                Turn = turn.Name,
                Conclusion = answer.RootCause,
                Answer = RedactedText.Cut(answer.Summary, CaseMessages.MaxLength),
            });
        }

        return CommitAsync(name, transaction);
    }

    /// <summary>Ends a turn by its last events and settles it.</summary>
    /// <param name="name">The turn.</param>
    /// <param name="turn">The turn as it is before its last event.</param>
    /// <param name="added">Its last events, stamped; the very last is <c>completed</c> or <c>failed</c>.</param>
    /// <param name="state">The state it ends in.</param>
    /// <param name="lease">The lease of the worker that ends it. Null if a caller ends it, which fails once an answer is prepared.</param>
    /// <returns>False if another writer was faster, the lease is lost or the turn was deleted; nothing has changed then.</returns>
    public Task<bool> TryEndAsync(TurnName name, Proto.Turn turn, IReadOnlyList<Proto.TurnEvent> added, State state, string? lease)
    {
        var last = added[^1];
        var ended = turn.Clone();
        ended.State = state;
        ended.EndTime = last.CreateTime;
        ended.Answer = last.Completed;
        ended.Error = last.Failed?.Error;

        var transaction = Begin(name, added[0].Sequence - 1, added);
        transaction.AddCondition(lease is null ? Condition.KeyNotExists(TurnKeys.Prepared(name))
            : Condition.StringEqual(TurnKeys.Lease(name), lease));
        _ = transaction.StringSetAsync(TurnKeys.Turn(name), ToBytes(ended));
        _ = transaction.KeyDeleteAsync([TurnKeys.Prepared(name), TurnKeys.Attempts(name), TurnKeys.Trace(name)]);
        _ = transaction.SetRemoveAsync(TurnKeys.Unsettled(name.Case.Id), name.ToString());
        return CommitAsync(name, transaction);
    }

    /// <summary>An event with its place and time.</summary>
    public Proto.TurnEvent Stamp(Proto.TurnEvent unstamped, long sequence)
    {
        var stamped = unstamped.Clone();
        stamped.Sequence = sequence;
        stamped.CreateTime = Timestamp.FromDateTimeOffset(time.GetUtcNow());
        return stamped;
    }

    /// <summary>Turns that run, or whose end is not recorded everywhere yet.</summary>
    public async Task<IReadOnlyList<TurnName>> ListUnsettledAsync()
    {
        var members = await Task.WhenAll(TurnKeys.AllUnsettled.Select(key => Database.SetMembersAsync(key)));
        return [.. members.SelectMany(values => values)
            .Select(value => TurnName.TryParse(value.ToString(), out var name) ? name : (TurnName?)null).OfType<TurnName>()];
    }

    /// <summary>Nothing is left to do for the turn.</summary>
    public async Task SettleAsync(TurnName name)
    {
        await Database.SetRemoveAsync(TurnKeys.Unsettled(name.Case.Id), name.ToString());
        await Database.KeyDeleteAsync([TurnKeys.Prepared(name), TurnKeys.Attempts(name)]);
    }

    /// <summary>Counts an attempt to run the turn, before it begins: an attempt that ends the process counts too.</summary>
    /// <returns>Which attempt it is, from 1.</returns>
    public Task<long> BeginAttemptAsync(TurnName name) => Database.StringIncrementAsync(TurnKeys.Attempts(name));

    /// <summary>Takes an attempt back that ended for a reason outside the turn.</summary>
    public async Task ForgetAttemptAsync(TurnName name)
    {
        // The turn may have been deleted meanwhile; then there is nothing to count.
        var transaction = Database.CreateTransaction();
        transaction.AddCondition(Condition.KeyExists(TurnKeys.Attempts(name)));
        _ = transaction.StringDecrementAsync(TurnKeys.Attempts(name));
        await transaction.ExecuteAsync();
    }

    /// <summary>Takes the turn for this worker. False if another has it.</summary>
    public Task<bool> TryTakeLeaseAsync(TurnName name, string lease, TimeSpan duration) =>
        Database.LockTakeAsync(TurnKeys.Lease(name), lease, duration);

    /// <summary>Keeps the turn. False if the lease was lost.</summary>
    public Task<bool> TryRenewLeaseAsync(TurnName name, string lease, TimeSpan duration) =>
        Database.LockExtendAsync(TurnKeys.Lease(name), lease, duration);

    public Task ReleaseLeaseAsync(TurnName name, string lease) => Database.LockReleaseAsync(TurnKeys.Lease(name), lease);

    /// <summary>Deletes all turns of a case. A worker that runs one of them loses it at its next write.</summary>
    /// <returns>The turns that there were.</returns>
    public async Task<IReadOnlyList<TurnName>> DeleteCaseAsync(string caseId)
    {
        var names = (await Database.ListRangeAsync(TurnKeys.Index(caseId)))
            .Select(id => new TurnName(new CaseName(caseId), id.ToString())).ToList();
        var transaction = Database.CreateTransaction();
        foreach (var name in names)
        {
            _ = transaction.KeyDeleteAsync(TurnKeys.AllOf(name));
            _ = transaction.SetRemoveAsync(TurnKeys.Unsettled(caseId), name.ToString());
        }

        _ = transaction.KeyDeleteAsync([TurnKeys.Index(caseId), TurnKeys.Requests(caseId)]);
        await transaction.ExecuteAsync();
        foreach (var name in names)
        {
            await AnnounceAsync(name);
        }

        return names;
    }

    private ITransaction Begin(TurnName name, long recorded, IReadOnlyList<Proto.TurnEvent> added)
    {
        var transaction = Database.CreateTransaction();
        transaction.AddCondition(Condition.KeyExists(TurnKeys.Turn(name)));
        transaction.AddCondition(Condition.ListLengthEqual(TurnKeys.Events(name), recorded));
        if (added.Count > 0)
        {
            _ = transaction.ListRightPushAsync(TurnKeys.Events(name), [.. added.Select(next => (RedisValue)next.ToByteArray())]);
        }

        return transaction;
    }

    private async Task<bool> CommitAsync(TurnName name, ITransaction transaction)
    {
        if (!await transaction.ExecuteAsync())
        {
            return false;
        }

        await AnnounceAsync(name);
        return true;
    }

    private Task<long> AnnounceAsync(TurnName name) =>
        Database.PublishAsync(TurnKeys.Channel(name), RedisValue.EmptyString, CommandFlags.FireAndForget);

    // The etag is a hash of the stored turn, so it is not stored itself.
    private static byte[] ToBytes(Proto.Turn turn)
    {
        var stored = turn.Clone();
        stored.Etag = "";
        return stored.ToByteArray();
    }

    private static Proto.Turn? ToTurn(RedisValue value)
    {
        if ((byte[]?)value is not { } bytes)
        {
            return null;
        }

        var turn = Proto.Turn.Parser.ParseFrom(bytes);
        turn.Etag = Convert.ToHexStringLower(XxHash3.Hash(bytes));
        return turn;
    }
}

/// <summary>A turn as a worker finds it.</summary>
/// <param name="Turn">The turn.</param>
/// <param name="Recorded">How many events it has.</param>
/// <param name="Prepared">The event with the answer that it is about to give; null if it has none yet.</param>
internal sealed record StoredTurn(Proto.Turn Turn, long Recorded, Proto.TurnEvent? Prepared);
