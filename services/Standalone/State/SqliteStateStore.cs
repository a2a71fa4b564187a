using System.Runtime.CompilerServices;
using FaultMaven.ServiceDefaults.State;

namespace FaultMaven.Standalone.State;

/// <summary>State in one SQLite file, which no other process may use meanwhile.</summary>
internal sealed class SqliteStateStore : StateStore, IDisposable
{
    private const int BatchSize = 200;

    // No caller has a tenant without a name.
    internal static readonly Partition Shard = new("", "shared");

    /// <summary>How long a follower waits for a notice before it reads without one.</summary>
    private static readonly TimeSpan s_maxWait = TimeSpan.FromMinutes(1);

    private readonly TimeProvider _time;
    private readonly StateWatches _watches = new();
    private readonly StateWriter _writer;
    private readonly StateReaders _readers;
    private int _closed;

    /// <summary>Opens a file, or makes it.</summary>
    /// <exception cref="DataDirectoryException">It cannot be used.</exception>
    public SqliteStateStore(string path, TimeProvider time, ILogger logger)
    {
        _time = time;
        var file = new StateFile(path);
        _writer = new StateWriter(file, _watches, time, logger);
        _readers = new StateReaders(file);
    }

    /// <inheritdoc/>
    public override bool IsShared => false;

    /// <inheritdoc/>
    public override IReadOnlyList<Partition> Shards { get; } = [Shard];

    /// <inheritdoc/>
    public override Partition ShardOf(Partition partition) => Shard;

    /// <inheritdoc/>
    public override Task<IReadOnlyList<StateRecord?>> FindAsync(
        Partition partition, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var now = Now();
        return _readers.ReadAsync<IReadOnlyList<StateRecord?>>(
            connection =>
            {
                if (keys.Count == 1)
                {
                    return [StateReads.Find(connection, partition, keys[0], now)];
                }

                connection.Run("BEGIN");
                StateRecord?[] records = [.. keys.Select(key => StateReads.Find(connection, partition, key, now))];
                connection.Run("COMMIT");
                return records;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public override Task<IReadOnlyList<StateRecord>> ListAsync(
        Partition partition, RecordRange range, int count, CancellationToken cancellationToken)
    {
        var now = Now();
        return _readers.ReadAsync(connection => StateReads.List(connection, partition, range, count, now), cancellationToken);
    }

    /// <inheritdoc/>
    public override Task<long> CountAsync(Partition partition, string prefix, CancellationToken cancellationToken)
    {
        var now = Now();
        return _readers.ReadAsync(connection => StateReads.Count(connection, partition, prefix, now), cancellationToken);
    }

    /// <inheritdoc/>
    public override Task<long> GetLengthAsync(Partition partition, string stream, CancellationToken cancellationToken) =>
        _readers.ReadAsync(connection => StateReads.GetLength(connection, partition, stream), cancellationToken);

    /// <inheritdoc/>
    public override Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(
        Partition partition, string stream, long after, int count, CancellationToken cancellationToken) =>
        _readers.ReadAsync(connection => StateReads.Read(connection, partition, stream, after, count), cancellationToken);

    /// <inheritdoc/>
    public override async IAsyncEnumerable<IReadOnlyList<ReadOnlyMemory<byte>>> FollowAsync(
        Partition partition, string stream, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Before the first read, so that nothing is missed between the two.
        using var watch = _watches.Begin(partition);
        while (true)
        {
            var entries = await ReadAsync(partition, stream, after, BatchSize, cancellationToken);
            yield return entries;
            after += entries.Count;
            if (entries.Count < BatchSize)
            {
                await watch.WaitAsync(s_maxWait, _time, cancellationToken);
            }
        }
    }

    /// <inheritdoc/>
    public override Task<IReadOnlyList<string>> ListTenantsAsync(CancellationToken cancellationToken) =>
        _readers.ReadAsync(StateReads.ListTenants, cancellationToken);

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Partition> ListPartitionsAsync(
        string tenant, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var after = "";
        IReadOnlyList<string> names;
        do
        {
            names = await ListNamesAsync(tenant, after, cancellationToken);
            foreach (var name in names)
            {
                yield return new Partition(tenant, name);
                after = name;
            }
        }
        while (names.Count == BatchSize);
    }

    /// <summary>Commits what waits and closes the file. Calls after it fail.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 0)
        {
            _readers.Dispose();
            _writer.Dispose();
        }
    }

    /// <inheritdoc/>
    protected override Task<long?> CommitCoreAsync(StateTransaction transaction, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(transaction.Partition.Name);
        return _writer.CommitAsync(transaction, ShardOf(transaction.Partition), cancellationToken);
    }

    private Task<IReadOnlyList<string>> ListNamesAsync(string tenant, string after, CancellationToken cancellationToken)
    {
        var now = Now();
        return _readers.ReadAsync(connection => StateReads.ListNames(connection, tenant, after, BatchSize, now), cancellationToken);
    }

    private long Now() => _time.GetUtcNow().ToUnixTimeMilliseconds();
}
