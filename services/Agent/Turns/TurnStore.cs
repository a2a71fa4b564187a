using System.Diagnostics;
using System.IO.Hashing;
using System.Text;
using FaultMaven.Protos.Events.V1;
using FaultMaven.Protos.Names;
using FaultMaven.ServiceDefaults.Messaging;
using FaultMaven.ServiceDefaults.Requests;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.ServiceDefaults.Tenants;
using FaultMaven.ServiceDefaults.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using State = FaultMaven.Protos.Agent.V1.Turn.Types.State;

namespace FaultMaven.Agents.Turns;

/// <summary>
/// Keeps turns and their events. A writer states how many events it has seen, so of two writers at the same place one fails.
/// </summary>
internal sealed class TurnStore(
    [FromKeyedServices(ResourceNames.Agent)] StateStore store, [FromKeyedServices(ResourceNames.Agent)] Outbox outbox, TimeProvider time)
    : ITenantHolder
{
    private const int BatchSize = 500;

    /// <summary>Stores a new turn, as part of the current trace, and gives it with its etag. Null if there is one of this name.</summary>
    public async Task<Proto.Turn?> CreateAsync(TurnName name, Proto.Turn turn)
    {
        var transaction = new StateTransaction(TurnKeys.PartitionOf(name));
        transaction.IfAbsent(TurnKeys.Turn(name));
        var bytes = ToBytes(turn);
        transaction.Put(TurnKeys.Turn(name), bytes);
        var created = ToTurn(bytes);
        transaction.Answer(created);
        transaction.Append(TurnKeys.Index, [Encoding.UTF8.GetBytes(name.Id)]);
        transaction.Shard.Put(TurnKeys.Unsettled(name), QueuedTurn.OfCaller(name).ToBytes());
        if (Activity.Current?.Id is { } trace)
        {
            transaction.Put(TurnKeys.Trace(name), trace);
        }

        return await TryCommitAsync(transaction) ? created : null;
    }

    /// <summary>The trace that the turn was created in, as a <c>traceparent</c>. Null if there was none.</summary>
    public async Task<string?> FindTraceAsync(TurnName name) =>
        (await FindAsync(TurnKeys.PartitionOf(name), TurnKeys.Trace(name)))?.Text;

    public async Task<Proto.Turn?> FindAsync(TurnName name) => ToTurn(await FindAsync(TurnKeys.PartitionOf(name), TurnKeys.Turn(name)));

    /// <summary>What a worker needs to run a turn or to continue it. Null if the turn does not exist.</summary>
    public async Task<StoredTurn?> LoadAsync(TurnName name)
    {
        // Only the worker that has the lease adds events, so the two reads agree.
        var found = await store.FindAsync(
            TurnKeys.PartitionOf(name), [TurnKeys.Turn(name), TurnKeys.Prepared(name)], CancellationToken.None);
        var prepared = found[1] is { } record ? Proto.TurnEvent.Parser.ParseFrom(record.Value.Span) : null;
        return ToTurn(found[0]) is { } turn ? new(turn, await CountEventsAsync(name), prepared) : null;
    }

    /// <summary>Turns of a case, oldest first. The list only grows, so a turn keeps its place in it.</summary>
    /// <param name="caseId">The case.</param>
    /// <param name="start">The place of the first; negative counts from the end.</param>
    /// <param name="count">At most this many.</param>
    public async Task<IReadOnlyList<Proto.Turn>> ListAsync(string caseId, long start, int count)
    {
        var partition = TurnKeys.PartitionOf(caseId);
        if (start < 0)
        {
            start = Math.Max(0, await store.GetLengthAsync(partition, TurnKeys.Index, CancellationToken.None) + start);
        }

        var names = await ReadNamesAsync(caseId, start, count);
        var turns = await store.FindAsync(partition, [.. names.Select(TurnKeys.Turn)], CancellationToken.None);
        return [.. turns.Select(ToTurn).OfType<Proto.Turn>()];
    }

    /// <summary>How many events a turn has.</summary>
    public Task<long> CountEventsAsync(TurnName name) =>
        store.GetLengthAsync(TurnKeys.PartitionOf(name), TurnKeys.Events(name), CancellationToken.None);

    /// <summary>The events after a place in batches, those to come included; see <see cref="StateStore.FollowAsync"/>.</summary>
    public IAsyncEnumerable<IReadOnlyList<ReadOnlyMemory<byte>>> FollowEventsAsync(
        TurnName name, long after, CancellationToken cancellationToken) =>
        store.FollowAsync(TurnKeys.PartitionOf(name), TurnKeys.Events(name), after, cancellationToken);

    /// <summary>Whether a running turn has its answer already and is about to end with it.</summary>
    public async Task<bool> IsAnsweredAsync(TurnName name) =>
        await FindAsync(TurnKeys.PartitionOf(name), TurnKeys.Prepared(name)) is not null;

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
        transaction.IfEqual(TurnKeys.Lease(name), lease);
        transaction.Put(TurnKeys.Turn(name), ToBytes(turn));
        if (prepared?.Completed is { } answer)
        {
            transaction.Put(TurnKeys.Prepared(name), prepared.ToByteArray());
            outbox.Stage(transaction, new TurnCompleted
            {
                Case = $"{name.Case}",
                Turn = turn.Name,
                Conclusion = answer.RootCause,
                Answer = RedactedText.Cut(answer.Summary, CaseMessages.MaxLength),
            });
        }

        return TryCommitAsync(transaction);
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
        if (lease is null)
        {
            transaction.IfAbsent(TurnKeys.Prepared(name));
        }
        else
        {
            transaction.IfEqual(TurnKeys.Lease(name), lease);
        }

        var bytes = ToBytes(ended);
        transaction.Put(TurnKeys.Turn(name), bytes);
        if (lease is null)
        {
            transaction.Answer(ToTurn(bytes));
        }

        transaction.Delete(TurnKeys.Trace(name));
        Settle(transaction, name);
        return TryCommitAsync(transaction);
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
    public async Task<IReadOnlyList<QueuedTurn>> ListUnsettledAsync()
    {
        var shards = await Task.WhenAll(store.Shards.Select(ListUnsettledAsync));
        return [.. shards.SelectMany(turns => turns)];
    }

    /// <summary>Nothing is left to do for the turn.</summary>
    public Task SettleAsync(TurnName name)
    {
        var transaction = new StateTransaction(TurnKeys.PartitionOf(name));
        Settle(transaction, name);
        return store.CommitAsync(transaction, CancellationToken.None);
    }

    /// <summary>Counts an attempt to run the turn, before it begins: an attempt that ends the process counts too.</summary>
    /// <returns>Which attempt it is, from 1.</returns>
    public async Task<long> BeginAttemptAsync(TurnName name)
    {
        var transaction = new StateTransaction(TurnKeys.PartitionOf(name));
        transaction.Add(TurnKeys.Attempts(name), 1);
        await store.CommitAsync(transaction, CancellationToken.None);

        // Gone if the turn has ended meanwhile; then it is the first of whatever comes.
        return (await FindAsync(transaction.Partition, TurnKeys.Attempts(name)))?.Number ?? 1;
    }

    /// <summary>Takes an attempt back that ended for a reason outside the turn.</summary>
    public Task ForgetAttemptAsync(TurnName name)
    {
        // The turn may have been deleted meanwhile; then there is nothing to count.
        var transaction = new StateTransaction(TurnKeys.PartitionOf(name));
        transaction.IfPresent(TurnKeys.Attempts(name));
        transaction.Add(TurnKeys.Attempts(name), -1);
        return store.CommitAsync(transaction, CancellationToken.None);
    }

    /// <summary>Takes the turn for this worker. False if another has it.</summary>
    public Task<bool> TryTakeLeaseAsync(TurnName name, string lease, TimeSpan duration) =>
        store.TryTakeLeaseAsync(TurnKeys.PartitionOf(name), TurnKeys.Lease(name), lease, duration, CancellationToken.None);

    /// <summary>Keeps the turn. False if the lease was lost.</summary>
    public Task<bool> TryRenewLeaseAsync(TurnName name, string lease, TimeSpan duration) =>
        store.TryRenewLeaseAsync(TurnKeys.PartitionOf(name), TurnKeys.Lease(name), lease, duration, CancellationToken.None);

    public Task ReleaseLeaseAsync(TurnName name, string lease) =>
        store.ReleaseLeaseAsync(TurnKeys.PartitionOf(name), TurnKeys.Lease(name), lease, CancellationToken.None);

    /// <summary>Deletes all turns of a case. A worker that runs one of them loses it at its next write.</summary>
    /// <returns>The turns that there were.</returns>
    public async Task<IReadOnlyList<TurnName>> DeleteCaseAsync(string caseId)
    {
        var names = new List<TurnName>();
        while (await ReadNamesAsync(caseId, names.Count, BatchSize) is { Count: > 0 } more)
        {
            names.AddRange(more);
        }

        // What is created meanwhile stays unsettled until a worker finds that it is gone.
        var transaction = new StateTransaction(TurnKeys.PartitionOf(caseId));
        transaction.DeletePartition();
        foreach (var name in names)
        {
            transaction.Shard.Delete(TurnKeys.Unsettled(name));
        }

        await store.CommitAsync(transaction, CancellationToken.None);
        return names;
    }

    /// <summary>Has no worker find the turns of a tenant any more; those that run are lost at their next write.</summary>
    public async Task<ForgottenItems> ForgetAsync(string tenant, CancellationToken cancellationToken)
    {
        foreach (var shard in store.Shards)
        {
            var transaction = new StateTransaction(shard);
            transaction.DeleteAll(TurnKeys.UnsettledOf(tenant));
            await store.CommitAsync(transaction, cancellationToken);
        }

        return default;
    }

    private static StateTransaction Begin(TurnName name, long recorded, IReadOnlyList<Proto.TurnEvent> added)
    {
        var transaction = new StateTransaction(TurnKeys.PartitionOf(name));
        transaction.IfPresent(TurnKeys.Turn(name));
        transaction.IfLength(TurnKeys.Events(name), recorded);
        if (added.Count > 0)
        {
            transaction.Append(TurnKeys.Events(name), [.. added.Select(next => (ReadOnlyMemory<byte>)next.ToByteArray())]);
        }

        return transaction;
    }

    private static void Settle(StateTransaction transaction, TurnName name)
    {
        transaction.Delete(TurnKeys.Prepared(name));
        transaction.Delete(TurnKeys.Attempts(name));
        transaction.Shard.Delete(TurnKeys.Unsettled(name));
    }

    private async Task<bool> TryCommitAsync(StateTransaction transaction) =>
        await store.CommitAsync(transaction, CancellationToken.None) is not null;

    private Task<StateRecord?> FindAsync(Partition partition, string key) => store.FindAsync(partition, key, CancellationToken.None);

    private async Task<IReadOnlyList<TurnName>> ReadNamesAsync(string caseId, long start, int count)
    {
        var ids = await store.ReadAsync(TurnKeys.PartitionOf(caseId), TurnKeys.Index, start, count, CancellationToken.None);
        return [.. ids.Select(id => new TurnName(new CaseName(caseId), Encoding.UTF8.GetString(id.Span)))];
    }

    private async Task<List<QueuedTurn>> ListUnsettledAsync(Partition shard)
    {
        var turns = new List<QueuedTurn>();
        string? after = null;
        while (await store.ListAsync(shard, new RecordRange(TurnKeys.UnsettledPrefix, after), BatchSize, CancellationToken.None)
            is { Count: > 0 } found)
        {
            turns.AddRange(found.Select(record => QueuedTurn.TryRead(record.Value, out var turn) ? turn : null).OfType<QueuedTurn>());
            after = found[^1].Key;
        }

        return turns;
    }

    // The etag is a hash of the stored turn, so it is not stored itself.
    private static byte[] ToBytes(Proto.Turn turn)
    {
        var stored = turn.Clone();
        stored.Etag = "";
        return stored.ToByteArray();
    }

    private static Proto.Turn? ToTurn(StateRecord? record) => record is null ? null : ToTurn(record.Value.Span);

    private static Proto.Turn ToTurn(ReadOnlySpan<byte> bytes)
    {
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
