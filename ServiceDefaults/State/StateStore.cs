namespace FaultMaven.ServiceDefaults.State;

/// <summary>
/// Where a service keeps its state: records in the order of their keys and streams that are only appended to, both by partition.
/// What a transaction has committed survives the end of the process, however it ends. Methods fail with
/// <see cref="StateStoreException"/> if the store does not do what it is asked.
/// </summary>
public abstract class StateStore
{
    /// <summary>Whether other processes may have the same state open at the same time.</summary>
    public abstract bool IsShared { get; }

    /// <summary>
    /// What partitions share, see <see cref="StateTransaction.Shard"/>. Each shard can be read and written as a partition itself.
    /// </summary>
    public abstract IReadOnlyList<Partition> Shards { get; }

    /// <summary>The one of <see cref="Shards"/> that transactions on a partition write to; for a shard, itself.</summary>
    public abstract Partition ShardOf(Partition partition);

    /// <summary>The record under a key, or null.</summary>
    public async Task<StateRecord?> FindAsync(Partition partition, string key, CancellationToken cancellationToken) =>
        (await FindAsync(partition, [key], cancellationToken))[0];

    /// <summary>The records under some keys, in their order, at one moment; null where there is none.</summary>
    public abstract Task<IReadOnlyList<StateRecord?>> FindAsync(
        Partition partition, IReadOnlyList<string> keys, CancellationToken cancellationToken);

    /// <summary>The first <paramref name="count"/> records of a range, at one moment.</summary>
    public abstract Task<IReadOnlyList<StateRecord>> ListAsync(
        Partition partition, RecordRange range, int count, CancellationToken cancellationToken);

    /// <summary>How many records have keys that begin with <paramref name="prefix"/>; empty for all.</summary>
    public abstract Task<long> CountAsync(Partition partition, string prefix, CancellationToken cancellationToken);

    /// <summary>How many entries a stream has.</summary>
    public abstract Task<long> GetLengthAsync(Partition partition, string stream, CancellationToken cancellationToken);

    /// <summary>Entries of a stream, in order.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="stream">The stream; one that does not exist has no entries.</param>
    /// <param name="after">How many entries to pass over.</param>
    /// <param name="count">At most this many.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public abstract Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(
        Partition partition, string stream, long after, int count, CancellationToken cancellationToken);

    /// <summary>
    /// The entries of a stream in batches, those to come included, each once and in order, without end, whichever process appends.
    /// </summary>
    /// <param name="partition">The partition.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="after">How many entries the caller has seen.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>
    /// Batches. An empty one says that the partition may have changed and there is nothing new, so that the caller can check whether to
    /// go on.
    /// </returns>
    public abstract IAsyncEnumerable<IReadOnlyList<ReadOnlyMemory<byte>>> FollowAsync(
        Partition partition, string stream, long after, CancellationToken cancellationToken);

    /// <summary>
    /// The tenants that have partitions, in no order. One whose records have all expired may be there; those that come or go meanwhile
    /// may be there or not.
    /// </summary>
    public abstract Task<IReadOnlyList<string>> ListTenantsAsync(CancellationToken cancellationToken);

    /// <summary>All partitions of a tenant that hold anything, in no order; those made or deleted meanwhile may be there or not.</summary>
    public abstract IAsyncEnumerable<Partition> ListPartitionsAsync(string tenant, CancellationToken cancellationToken);

    /// <summary>Makes the changes of a transaction if its conditions hold.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="cancellationToken">
    /// Stops waiting for a transaction that has not begun. One that has begun is awaited, so that the caller
    /// knows whether it was committed.
    /// </param>
    /// <returns>
    /// The version that all records which it put now have; null if a condition did not hold, and nothing was changed.
    /// </returns>
    public async Task<long?> CommitAsync(StateTransaction transaction, CancellationToken cancellationToken)
    {
        var version = await CommitCoreAsync(transaction, cancellationToken);
        if (version is not null)
        {
            transaction.OnCommitted();
        }
        else
        {
            await transaction.OnRefusedAsync(cancellationToken);
        }

        return version;
    }

    /// <inheritdoc cref="CommitAsync"/>
    protected abstract Task<long?> CommitCoreAsync(StateTransaction transaction, CancellationToken cancellationToken);
}
