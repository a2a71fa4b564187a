using FaultMaven.Protos.Names;
using FaultMaven.ServiceDefaults.Requests;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.ServiceDefaults.Tenants;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace FaultMaven.ServiceDefaults.Messaging;

/// <summary>
/// What an outbox holds in the shards of its service's store: waiting entries in their order, how often each was tried in vain, and
/// <see cref="DeadLetter"/>s, both by the entry's id.
/// </summary>
internal sealed class OutboxStore(Outbox outbox, StateStore state) : ITenantHolder
{
    /// <summary>What the keys of dead letters begin with, in the shards of the store.</summary>
    public const string DeadPrefix = "outbox/dead/";

    private const string AttemptsPrefix = "outbox/attempts/";
    private const int BatchSize = 200;

    /// <summary>The name of the outbox.</summary>
    public OutboxName Name { get; } = new(outbox.Service);

    /// <summary>Where entries wait. Those of one partition are all in the same shard.</summary>
    public IReadOnlyList<Partition> Shards => state.Shards;

    /// <summary>How many entries wait, in each shard.</summary>
    public async Task<IReadOnlyList<long>> CountWaitingAsync(CancellationToken cancellationToken) =>
        await Task.WhenAll(Shards.Select(shard => state.CountAsync(shard, Outbox.WaitingPrefix, cancellationToken)));

    /// <summary>Entries of a shard that wait, oldest first.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="after">The last entry that was seen; null for the first.</param>
    /// <param name="count">At most this many.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<IReadOnlyList<StateRecord>> ReadWaitingAsync(
        Partition shard, StateRecord? after, int count, CancellationToken cancellationToken) =>
        state.ListAsync(shard, new RecordRange(Outbox.WaitingPrefix, after?.Key), count, cancellationToken);

    /// <summary>Removes an entry that was published.</summary>
    public Task RemoveAsync(Partition shard, StateRecord entry, CancellationToken cancellationToken)
    {
        var transaction = new StateTransaction(shard);
        transaction.Delete(entry.Key);
        transaction.Delete(AttemptsPrefix + OutboxEntry.IdOf(entry.Value));
        return state.CommitAsync(transaction, cancellationToken);
    }

    /// <summary>Counts a failed attempt. Returns how many there were.</summary>
    public async Task<int> CountAttemptAsync(Partition shard, StateRecord entry, CancellationToken cancellationToken)
    {
        var key = AttemptsPrefix + OutboxEntry.IdOf(entry.Value);
        var transaction = new StateTransaction(shard);
        transaction.IfPresent(entry.Key);
        transaction.Add(key, 1);
        await state.CommitAsync(transaction, cancellationToken);

        // Gone if another replica has published it meanwhile.
        return (int)((await state.FindAsync(shard, key, cancellationToken))?.Number ?? 1);
    }

    /// <summary>Takes an entry out of the queue and keeps it as a dead letter, unless another replica has taken it out.</summary>
    public Task BuryAsync(Partition shard, StateRecord entry, DeadLetter letter, CancellationToken cancellationToken)
    {
        var transaction = new StateTransaction(shard);
        transaction.IfPresent(entry.Key);
        transaction.Delete(entry.Key);
        transaction.Delete(AttemptsPrefix + letter.Id);
        transaction.Put(DeadPrefix + letter.Id, letter.ToBytes());
        return state.CommitAsync(transaction, cancellationToken);
    }

    /// <summary>All dead letters, by id.</summary>
    public async Task<IReadOnlyList<DeadLetter>> ListDeadAsync(CancellationToken cancellationToken)
    {
        var shards = await Task.WhenAll(Shards.Select(shard => ListDeadAsync(shard, cancellationToken)));
        return [.. shards.SelectMany(letters => letters).OrderBy(letter => letter.Id, StringComparer.Ordinal)];
    }

    /// <summary>How many dead letters there are.</summary>
    public async Task<long> CountDeadAsync(CancellationToken cancellationToken) =>
        (await Task.WhenAll(Shards.Select(shard => state.CountAsync(shard, DeadPrefix, cancellationToken)))).Sum();

    /// <summary>
    /// Puts a dead letter at the end of the queue again, with all its attempts before it. Null if it does not exist or is not visible.
    /// </summary>
    /// <param name="id">Its id.</param>
    /// <param name="isVisible">Whether the caller may know of it.</param>
    /// <param name="answer">What the caller is answered.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<DeadLetter?> ReplayAsync(
        string id, Predicate<DeadLetter> isVisible, Func<DeadLetter, IMessage> answer, CancellationToken cancellationToken) =>
        TakeDeadAsync(
            id,
            isVisible,
            (transaction, letter) =>
            {
                transaction.Enqueue(Outbox.WaitingPrefix, letter.Value);
                transaction.Answer(answer(letter));
                transaction.AfterCommit(outbox.WakeDispatcher);
            },
            cancellationToken);

    /// <summary>Drops a dead letter. Null if it does not exist or is not visible.</summary>
    public Task<DeadLetter?> DropAsync(string id, Predicate<DeadLetter> isVisible, CancellationToken cancellationToken) =>
        TakeDeadAsync(id, isVisible, (transaction, _) => transaction.Answer(new Empty()), cancellationToken);

    /// <summary>Deletes the events of a tenant that wait, and its dead letters.</summary>
    public async Task<ForgottenItems> ForgetAsync(string tenant, CancellationToken cancellationToken)
    {
        var count = 0L;
        foreach (var shard in Shards)
        {
            count += await ForgetAsync(shard, Outbox.WaitingPrefix, entry => OutboxEntry.TryRead(entry.Value), tenant, cancellationToken);
            count += await ForgetAsync(
                shard, DeadPrefix, letter => OutboxEntry.TryRead(DeadLetter.Read(letter.Value).Value), tenant, cancellationToken);
        }

        return new(Files: 0, Events: count);
    }

    private async Task<long> ForgetAsync(
        Partition shard, string prefix, Func<StateRecord, OutboxEntry?> read, string tenant, CancellationToken cancellationToken)
    {
        var count = 0L;
        string? after = null;
        while (await state.ListAsync(shard, new RecordRange(prefix, after), BatchSize, cancellationToken) is { Count: > 0 } found)
        {
            var transaction = new StateTransaction(shard);
            foreach (var record in found)
            {
                if (read(record) is { } entry && entry.Identity.Principal.Tenant == tenant)
                {
                    transaction.Delete(record.Key);
                    transaction.Delete(AttemptsPrefix + entry.Id.ToString("N"));
                    count++;
                }
            }

            await state.CommitAsync(transaction, cancellationToken);
            after = found[^1].Key;
        }

        return count;
    }

    private async Task<List<DeadLetter>> ListDeadAsync(Partition shard, CancellationToken cancellationToken)
    {
        var letters = new List<DeadLetter>();
        string? after = null;
        while (await state.ListAsync(shard, new RecordRange(DeadPrefix, after), BatchSize, cancellationToken) is { Count: > 0 } found)
        {
            letters.AddRange(found.Select(record => DeadLetter.Read(record.Value)));
            after = found[^1].Key;
        }

        return letters;
    }

    private async Task<DeadLetter?> TakeDeadAsync(
        string id, Predicate<DeadLetter> isVisible, Action<StateTransaction, DeadLetter> then, CancellationToken cancellationToken)
    {
        var key = DeadPrefix + id;
        foreach (var shard in Shards)
        {
            if (await state.FindAsync(shard, key, cancellationToken) is not { } dead)
            {
                continue;
            }

            var letter = DeadLetter.Read(dead.Value);
            if (!isVisible(letter))
            {
                return null;
            }

            var transaction = new StateTransaction(shard);
            transaction.IfUnchanged(key, dead);
            transaction.Delete(key);
            then(transaction, letter);
            if (await state.CommitAsync(transaction, cancellationToken) is not null)
            {
                return letter;
            }
        }

        return null;
    }
}
