using FaultMaven.ServiceDefaults.State;

namespace FaultMaven.Standalone.State;

/// <summary>A transaction that waits for the writer. It is either begun, once, or cancelled.</summary>
internal sealed class PendingCommit(StateTransaction transaction, Partition shard)
{
    private const int Waiting = 0;
    private const int Begun = 1;
    private const int Cancelled = 2;

    // The writer must not run what its callers do next.
    private readonly TaskCompletionSource<long?> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _state = Waiting;

    public StateTransaction Transaction => transaction;

    /// <summary>Where <see cref="StateTransaction.Shard"/> is written.</summary>
    public Partition Shard => shard;

    /// <summary>The version, or null if a condition did not hold.</summary>
    public Task<long?> Done => _done.Task;

    /// <summary>What <see cref="Done"/> will be once the transaction is on the disk.</summary>
    public long? Version { get; set; }

    /// <summary>About how many bytes it writes.</summary>
    public long Size { get; } = SizeOf(transaction) + SizeOf(transaction.Shard);

    public bool TryBegin() => Interlocked.CompareExchange(ref _state, Begun, Waiting) == Waiting;

    public void TryCancel(CancellationToken cancellationToken)
    {
        if (Interlocked.CompareExchange(ref _state, Cancelled, Waiting) == Waiting)
        {
            _done.TrySetCanceled(cancellationToken);
        }
    }

    public void Complete() => _done.TrySetResult(Version);

    public void Fail(Exception exception) => _done.TrySetException(exception);

    private static long SizeOf(PartitionChanges changes)
    {
        var size = 0L;
        foreach (var change in changes.Changes)
        {
            size += change switch
            {
                StateChange.Put put => put.Value.Length,
                StateChange.Enqueue enqueue => enqueue.Value.Length,
                StateChange.Append append => append.Entries.Sum(entry => (long)entry.Length),
                _ => 0,
            };
        }

        return size;
    }
}
