namespace FaultMaven.ServiceDefaults.State;

/// <summary>
/// Changes of a partition that are made together or not at all, if their conditions hold. It is used once, by one thread.
/// </summary>
/// <param name="partition">The partition.</param>
public sealed class StateTransaction(Partition partition) : PartitionChanges(partition)
{
    private readonly List<Action> _afterCommit = [];
    private Func<CancellationToken, Task>? _ifRefused;

    /// <summary>
    /// Changes of what the partition shares with others: an outbox, or a list of partitions with unfinished work. Which partitions share
    /// it is the store's choice (see <see cref="StateStore.Shards"/>); it is written in the same transaction.
    /// </summary>
    public PartitionChanges Shard { get; } = new ShardChanges();

    /// <summary>Deletes all records and streams of the partition, which were there before or were put by an earlier change.</summary>
    public void DeletePartition() => AddChange(new StateChange.DeletePartition());

    /// <summary>Has <paramref name="action"/> called once the transaction is committed; it must not throw.</summary>
    public void AfterCommit(Action action) => _afterCommit.Add(action);

    /// <summary>Has <paramref name="action"/> called if a condition does not hold, before the caller is told.</summary>
    internal void IfRefused(Func<CancellationToken, Task> action) => _ifRefused = action;

    internal Task OnRefusedAsync(CancellationToken cancellationToken) => _ifRefused?.Invoke(cancellationToken) ?? Task.CompletedTask;

    internal void OnCommitted() => _afterCommit.ForEach(action => action());

    private sealed class ShardChanges() : PartitionChanges(default);
}
