using System.Runtime.CompilerServices;
using FaultMaven.ServiceDefaults.State;

namespace FaultMaven.Standalone.State;

/// <summary>
/// The store of a file as it was when the connection began to read. It changes nothing. Whoever writes to the file does not wait for it,
/// but the file's log cannot be cut while it is there.
/// </summary>
/// <param name="connection">A connection in a transaction that has read.</param>
/// <param name="now">When that was: what had expired by then is not there.</param>
internal sealed class StateSnapshot(StateConnection connection, DateTimeOffset now) : StateStore
{
    private const int BatchSize = 200;

    private readonly long _now = now.ToUnixTimeMilliseconds();
    private readonly Lock _lock = new();

    /// <inheritdoc/>
    public override bool IsShared => false;

    /// <inheritdoc/>
    public override IReadOnlyList<Partition> Shards { get; } = [SqliteStateStore.Shard];

    /// <summary>All partitions of all tenants, shards included.</summary>
    public IEnumerable<Partition> ListPartitions()
    {
        var last = 0L;
        List<(long Id, Partition Partition)> found;
        do
        {
            found = ListPartitions(last);
            foreach (var (id, partition) in found)
            {
                yield return partition;
                last = id;
            }
        }
        while (found.Count == BatchSize);
    }

    /// <inheritdoc/>
    public override Partition ShardOf(Partition partition) => SqliteStateStore.Shard;

    /// <inheritdoc/>
    public override Task<IReadOnlyList<StateRecord?>> FindAsync(
        Partition partition, IReadOnlyList<string> keys, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<StateRecord?>>(
            () => [.. keys.Select(key => StateReads.Find(connection, partition, key, _now))], cancellationToken);

    /// <inheritdoc/>
    public override Task<IReadOnlyList<StateRecord>> ListAsync(
        Partition partition, RecordRange range, int count, CancellationToken cancellationToken) =>
        ReadAsync(() => StateReads.List(connection, partition, range, count, _now), cancellationToken);

    /// <inheritdoc/>
    public override Task<long> CountAsync(Partition partition, string prefix, CancellationToken cancellationToken) =>
        ReadAsync(() => StateReads.Count(connection, partition, prefix, _now), cancellationToken);

    /// <inheritdoc/>
    public override Task<long> GetLengthAsync(Partition partition, string stream, CancellationToken cancellationToken) =>
        ReadAsync(() => StateReads.GetLength(connection, partition, stream), cancellationToken);

    /// <inheritdoc/>
    public override Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(
        Partition partition, string stream, long after, int count, CancellationToken cancellationToken) =>
        ReadAsync(() => StateReads.Read(connection, partition, stream, after, count), cancellationToken);

    /// <inheritdoc/>
    public override IAsyncEnumerable<IReadOnlyList<ReadOnlyMemory<byte>>> FollowAsync(
        Partition partition, string stream, long after, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Nothing is ever added to a snapshot.");

    /// <inheritdoc/>
    public override Task<IReadOnlyList<string>> ListTenantsAsync(CancellationToken cancellationToken) =>
        ReadAsync(() => StateReads.ListTenants(connection), cancellationToken);

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Partition> ListPartitionsAsync(
        string tenant, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var partition in ListPartitions().Where(partition => partition.Tenant == tenant))
        {
            yield return await Task.FromResult(partition).WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    protected override Task<long?> CommitCoreAsync(StateTransaction transaction, CancellationToken cancellationToken) =>
        throw new NotSupportedException("A snapshot does not change.");

    private List<(long Id, Partition Partition)> ListPartitions(long after)
    {
        lock (_lock)
        {
            using var list = connection.Prepare("SELECT id, tenant, name FROM partitions WHERE id > ?1 ORDER BY id LIMIT ?2");
            list.Bind(1, after).Bind(2, BatchSize);
            var found = new List<(long, Partition)>();
            while (list.Step())
            {
                found.Add((list.Number(0), new Partition(list.Text(1), list.Text(2))));
            }

            return found;
        }
    }

    private Task<T> ReadAsync<T>(Func<T> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return Task.FromResult(read());
        }
    }
}
