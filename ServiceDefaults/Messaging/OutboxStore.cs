using FaultMaven.Protos.Names;
using StackExchange.Redis;

namespace FaultMaven.ServiceDefaults.Messaging;

/// <summary>What an outbox holds, in Redis.</summary>
internal sealed class OutboxStore(Outbox outbox, IConnectionMultiplexer redis)
{
    /// <summary>The name of the outbox.</summary>
    public OutboxName Name { get; } = new(outbox.Service);

    /// <summary>The keys of every slot.</summary>
    public IReadOnlyList<OutboxKeys> Slots { get; } = OutboxKeys.InEverySlot(outbox.Service);

    private IDatabase Database => redis.GetDatabase();

    /// <summary>How many entries wait, in each slot.</summary>
    public async Task<IReadOnlyList<long>> CountWaitingAsync(CancellationToken cancellationToken) =>
        await Task.WhenAll(Slots.Select(slot => Database.ListLengthAsync(slot.Waiting))).WaitAsync(cancellationToken);

    /// <summary>Entries of a slot from a place on, oldest first.</summary>
    public async Task<RedisValue[]> ReadWaitingAsync(OutboxKeys slot, long offset, int count, CancellationToken cancellationToken) =>
        await Database.ListRangeAsync(slot.Waiting, offset, offset + count - 1).WaitAsync(cancellationToken);

    /// <summary>Removes an entry that was published.</summary>
    public Task RemoveAsync(OutboxKeys slot, RedisValue value, CancellationToken cancellationToken)
    {
        var transaction = Database.CreateTransaction();
        _ = transaction.ListRemoveAsync(slot.Waiting, value, 1);
        _ = transaction.HashDeleteAsync(slot.Attempts, OutboxEntry.IdOf(value));
        return transaction.ExecuteAsync().WaitAsync(cancellationToken);
    }

    /// <summary>Counts a failed attempt. Returns how many there were.</summary>
    public async Task<int> CountAttemptAsync(OutboxKeys slot, RedisValue value, CancellationToken cancellationToken) =>
        (int)await Database.HashIncrementAsync(slot.Attempts, OutboxEntry.IdOf(value)).WaitAsync(cancellationToken);

    /// <summary>Takes an entry out of the queue and keeps it as a dead letter.</summary>
    public Task BuryAsync(OutboxKeys slot, RedisValue value, DeadLetter letter, CancellationToken cancellationToken)
    {
        var transaction = Database.CreateTransaction();
        _ = transaction.ListRemoveAsync(slot.Waiting, value, 1);
        _ = transaction.HashDeleteAsync(slot.Attempts, letter.Id);
        _ = transaction.HashSetAsync(slot.Dead, letter.Id, letter.ToValue());
        return transaction.ExecuteAsync().WaitAsync(cancellationToken);
    }

    /// <summary>All dead letters, by id.</summary>
    public async Task<IReadOnlyList<DeadLetter>> ListDeadAsync(CancellationToken cancellationToken)
    {
        var slots = await Task.WhenAll(Slots.Select(slot => Database.HashGetAllAsync(slot.Dead))).WaitAsync(cancellationToken);
        var letters = slots.SelectMany(entries => entries).Select(entry => DeadLetter.Read(entry.Value));
        return [.. letters.OrderBy(letter => letter.Id, StringComparer.Ordinal)];
    }

    /// <summary>How many dead letters there are.</summary>
    public async Task<long> CountDeadAsync(CancellationToken cancellationToken) =>
        (await Task.WhenAll(Slots.Select(slot => Database.HashLengthAsync(slot.Dead))).WaitAsync(cancellationToken)).Sum();

    /// <summary>Puts a dead letter at the end of the queue again, with all its attempts before it. Null if it does not exist.</summary>
    public async Task<DeadLetter?> ReplayAsync(string id, CancellationToken cancellationToken)
    {
        var replayed = await TakeDeadAsync(
            id,
            (transaction, slot, letter) => _ = transaction.ListRightPushAsync(slot.Waiting, letter.Value),
            cancellationToken);
        if (replayed is not null)
        {
            outbox.WakeDispatcher();
        }

        return replayed;
    }

    /// <summary>Drops a dead letter. Null if it does not exist.</summary>
    public Task<DeadLetter?> DropAsync(string id, CancellationToken cancellationToken) =>
        TakeDeadAsync(id, (_, _, _) => { }, cancellationToken);

    private async Task<DeadLetter?> TakeDeadAsync(
        string id, Action<ITransaction, OutboxKeys, DeadLetter> then, CancellationToken cancellationToken)
    {
        foreach (var slot in Slots)
        {
            var value = await Database.HashGetAsync(slot.Dead, id).WaitAsync(cancellationToken);
            if (value.IsNull)
            {
                continue;
            }

            var transaction = Database.CreateTransaction();
            transaction.AddCondition(Condition.HashExists(slot.Dead, id));
            _ = transaction.HashDeleteAsync(slot.Dead, id);
            var letter = DeadLetter.Read(value);
            then(transaction, slot, letter);
            if (await transaction.ExecuteAsync().WaitAsync(cancellationToken))
            {
                return letter;
            }
        }

        return null;
    }
}
