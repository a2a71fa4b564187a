using System.Runtime.CompilerServices;
using System.Text;
using FaultMaven.ServiceDefaults.State;

namespace FaultMaven.Standalone.State;

/// <summary>State in one SQLite file, which no other process may use meanwhile.</summary>
internal sealed class SqliteStateStore : StateStore, IDisposable
{
    private const int BatchSize = 200;

    // No caller has a tenant without a name.
    private static readonly Partition s_shard = new("", "shared");

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
    public override IReadOnlyList<Partition> Shards { get; } = [s_shard];

    /// <inheritdoc/>
    public override Partition ShardOf(Partition partition) => s_shard;

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
                    return [Find(connection, partition, keys[0], now)];
                }

                connection.Run("BEGIN");
                StateRecord?[] records = [.. keys.Select(key => Find(connection, partition, key, now))];
                connection.Run("COMMIT");
                return records;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public override Task<IReadOnlyList<StateRecord>> ListAsync(
        Partition partition, RecordRange range, int count, CancellationToken cancellationToken)
    {
        var keys = KeyRange.Of(range);
        var now = Now();
        return _readers.ReadAsync<IReadOnlyList<StateRecord>>(
            connection =>
            {
                using var list = connection.Prepare(
                    range.IsDescending ? StateQueries.ListDescending : StateQueries.List);
                Bind(list, partition).Bind(3, keys.From).Bind(4, keys.Before).Bind(5, now).Bind(6, count);
                var records = new List<StateRecord>();
                while (list.Step())
                {
                    records.Add(new StateRecord(Encoding.UTF8.GetString(list.Blob(0)), list.Blob(1).ToArray(), list.Number(2)));
                }

                return records;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public override Task<long> CountAsync(Partition partition, string prefix, CancellationToken cancellationToken)
    {
        var keys = KeyRange.Of(prefix);
        var now = Now();
        return _readers.ReadAsync(
            connection =>
            {
                using var count = connection.Prepare(StateQueries.Count);
                Bind(count, partition).Bind(3, keys.From).Bind(4, keys.Before).Bind(5, now).Step();
                return count.Number(0);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public override Task<long> GetLengthAsync(Partition partition, string stream, CancellationToken cancellationToken) =>
        _readers.ReadAsync(
            connection =>
            {
                using var length = connection.Prepare(StateQueries.Length);
                Bind(length, partition).Bind(3, Encoding.UTF8.GetBytes(stream)).Step();
                return length.Number(0);
            },
            cancellationToken);

    /// <inheritdoc/>
    public override Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(
        Partition partition, string stream, long after, int count, CancellationToken cancellationToken) =>
        _readers.ReadAsync<IReadOnlyList<ReadOnlyMemory<byte>>>(
            connection =>
            {
                using var read = connection.Prepare(StateQueries.Read);
                Bind(read, partition).Bind(3, Encoding.UTF8.GetBytes(stream)).Bind(4, after).Bind(5, count);
                var entries = new List<ReadOnlyMemory<byte>>();
                while (read.Step())
                {
                    entries.Add(read.Blob(0).ToArray());
                }

                return entries;
            },
            cancellationToken);

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

    private static StateRecord? Find(StateConnection connection, Partition partition, string key, long now)
    {
        using var find = connection.Prepare(StateQueries.Find);
        return Bind(find, partition).Bind(3, Encoding.UTF8.GetBytes(key)).Bind(4, now).Step()
            ? new StateRecord(key, find.Blob(0).ToArray(), find.Number(1))
            : null;
    }

    private static Statement Bind(Statement statement, Partition partition) =>
        statement.Bind(1, partition.Tenant).Bind(2, partition.Name);

    private Task<IReadOnlyList<string>> ListNamesAsync(string tenant, string after, CancellationToken cancellationToken)
    {
        var now = Now();
        return _readers.ReadAsync<IReadOnlyList<string>>(
            connection =>
            {
                using var list = connection.Prepare(StateQueries.Partitions);
                list.Bind(1, tenant).Bind(2, after).Bind(3, now).Bind(4, BatchSize);
                var names = new List<string>();
                while (list.Step())
                {
                    names.Add(list.Text(0));
                }

                return names;
            },
            cancellationToken);
    }

    private long Now() => _time.GetUtcNow().ToUnixTimeMilliseconds();
}
