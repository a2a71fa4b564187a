using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using FaultMaven.ServiceDefaults.Storage;
using StackExchange.Redis;

namespace FaultMaven.ServiceDefaults.State.Redis;

/// <summary>
/// The state of a service in Redis 6.2 or later, or Valkey, with or without a cluster. A transaction is one script; the server's clock
/// says what has expired, so those of replicas need not agree. See <see cref="RedisPartition"/> for where things are.
/// </summary>
internal sealed partial class RedisStateStore(string service, IConnectionMultiplexer redis, TimeProvider time) : StateStore
{
    // Sorts after all that UTF-8 can contain.
    private const byte AfterUtf8 = 0xff;

    private const int PageSize = 500;

    public override bool IsShared => true;

    public override IReadOnlyList<Partition> Shards => RedisPartition.Shards;

    private readonly RedisLayout _layout = new(service, redis);

    private IDatabase Database => redis.GetDatabase();

    public override Partition ShardOf(Partition partition) => RedisPartition.ShardOf(partition);

    public override async Task<IReadOnlyList<StateRecord?>> FindAsync(
        Partition partition, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var at = KeysOf(partition);
        var values = (RedisResult[])(await RunAsync(
            ReadScripts.Find, [at.Values, at.Deadlines], [.. keys.Select(key => (RedisValue)key)], cancellationToken))!;
        return [.. keys.Zip(values, (key, value) => value.IsNull ? null : Record(key, value))];
    }

    public override async Task<IReadOnlyList<StateRecord>> ListAsync(
        Partition partition, RecordRange range, int count, CancellationToken cancellationToken)
    {
        var at = KeysOf(partition);
        var (lower, upper) = BoundsOf(range);
        var found = (RedisResult[])(await RunAsync(
            ReadScripts.List, [at.Values, at.Deadlines, at.Order], [lower, upper, count, range.IsDescending ? 1 : 0], cancellationToken))!;
        return [.. found.Chunk(2).Select(pair => Record((string)pair[0]!, pair[1]))];
    }

    public override async Task<long> CountAsync(Partition partition, string prefix, CancellationToken cancellationToken)
    {
        var at = KeysOf(partition);
        return (long)await RunAsync(ReadScripts.Count, [at.Order, at.Deadlines], [prefix], cancellationToken);
    }

    public override async Task<long> GetLengthAsync(Partition partition, string stream, CancellationToken cancellationToken) =>
        (long)await TranslateAsync(GetLengthAsync(KeysOf(partition), stream).WaitAsync(cancellationToken));

    public override async Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(
        Partition partition, string stream, long after, int count, CancellationToken cancellationToken)
    {
        var entries = (RedisResult[])(await RunAsync(
            ReadScripts.Read, [KeysOf(partition).Values], [stream, after, count], cancellationToken))!;
        return Array.ConvertAll(entries, entry => (ReadOnlyMemory<byte>)(byte[])entry!);
    }

    public override async Task<IReadOnlyList<string>> ListTenantsAsync(CancellationToken cancellationToken)
    {
        var tenants = await Task.WhenAll(Shards.Select(shard => ListTenantsAsync(new RedisSlot(service, shard.Name), cancellationToken)));
        return [.. tenants.SelectMany(some => some).Distinct(StringComparer.Ordinal)];
    }

    public override async IAsyncEnumerable<Partition> ListPartitionsAsync(
        string tenant, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(tenant);
        foreach (var shard in Shards)
        {
            var slot = new RedisSlot(service, shard.Name);
            var (lower, upper) = BoundsOf(new RecordRange(RedisPartition.Prefix(tenant)));
            RedisResult[] found;
            do
            {
                found = (RedisResult[])(await RunAsync(
                    ReadScripts.ListPartitions, [slot.Partitions, slot.Due], [lower, upper, PageSize], cancellationToken))!;
                foreach (var pair in found.Chunk(2))
                {
                    var id = (string)pair[0]!;
                    lower = Bound('(', id);
                    var partition = RedisPartition.Parse(id);
                    if ((int)pair[1] == 0 || await HoldsAnythingAsync(partition, cancellationToken))
                    {
                        yield return partition;
                    }
                }
            }
            while (found.Length == 2 * PageSize);
        }
    }

    protected override async Task<long?> CommitCoreAsync(StateTransaction transaction, CancellationToken cancellationToken)
    {
        var message = new CommitMessage(service, transaction);
        cancellationToken.ThrowIfCancellationRequested();

        try
        {
            // Not cancelled once it is sent: the caller must know whether it was committed.
            return (long?)await RunAsync(CommitScript.Text, message.Keys, message.Values, CancellationToken.None);
        }
        catch (RedisServerException exception) when (exception.Message.StartsWith(CommitScript.NotANumber, StringComparison.Ordinal))
        {
            throw new FormatException("A record that is added to is not a number.", exception);
        }
        catch (RedisServerException exception) when (exception.Message.StartsWith(CommitScript.Overflow, StringComparison.Ordinal))
        {
            throw new OverflowException("A counter would not fit into 64 bits.", exception);
        }
    }

    private static (RedisValue Lower, RedisValue Upper) BoundsOf(RecordRange range)
    {
        RedisValue lower = Bound('[', range.Prefix);
        RedisValue upper = Bound('(', range.Prefix, AfterUtf8);
        if (range.After is not { } after)
        {
            return (lower, upper);
        }

        // A key outside of the range does not widen it.
        var isInside = Compare(after, range.Prefix) is var order && (range.IsDescending
            ? order < 0 || after.StartsWith(range.Prefix, StringComparison.Ordinal)
            : order >= 0);
        return !isInside ? (lower, upper) : range.IsDescending ? (lower, Bound('(', after)) : (Bound('(', after), upper);
    }

    private static int Compare(string left, string right) =>
        Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right));

    private static byte[] Bound(char bracket, string key, params ReadOnlySpan<byte> end) =>
        [(byte)bracket, .. Encoding.UTF8.GetBytes(key), .. end];

    private static StateRecord Record(string key, RedisResult value)
    {
        var bytes = (byte[])value!;
        return new StateRecord(key, bytes.AsMemory(sizeof(long)), BinaryPrimitives.ReadInt64BigEndian(bytes));
    }

    private static async Task<T> TranslateAsync<T>(Task<T> call)
    {
        await TranslateAsync((Task)call);
        return await call;
    }

    private static async Task TranslateAsync(Task call)
    {
        try
        {
            await call;
        }
        catch (RedisLayoutException exception)
        {
            throw new StateStoreException(StoreFailureKind.Away, exception.Message, exception);
        }
        catch (Exception exception) when (StoreFailure.Of(exception) is { } kind)
        {
            throw new StateStoreException(kind, $"Redis failed: {exception.Message}", exception);
        }
    }

    private async Task<List<string>> ListTenantsAsync(RedisSlot slot, CancellationToken cancellationToken)
    {
        var tenants = new List<string>();

        // Shards have no tenant.
        var last = "";
        while (true)
        {
            RedisValue lower = Bound('(', RedisPartition.Prefix(last), AfterUtf8);
            var found = (RedisResult[])(await RunAsync(
                ReadScripts.ListPartitions, [slot.Partitions, slot.Due], [lower, "+", 1], cancellationToken))!;
            if (found is [])
            {
                return tenants;
            }

            last = RedisPartition.Parse((string)found[0]!).Tenant;
            tenants.Add(last);
        }
    }

    private async Task<bool> HoldsAnythingAsync(Partition partition, CancellationToken cancellationToken)
    {
        var at = KeysOf(partition);
        return (int)await RunAsync(ReadScripts.HoldsAnything, [at.Values, at.Deadlines], [], cancellationToken) == 1;
    }

    private RedisPartition KeysOf(Partition partition) => new(service, partition);

    /// <summary>Makes sure that a newer version has not written the store.</summary>
    /// <exception cref="StateStoreException">It has, or Redis does not answer.</exception>
    public Task EnsureKnownAsync() => TranslateAsync(_layout.EnsureKnownAsync().AsTask());

    private async Task<RedisValue> GetLengthAsync(RedisPartition at, string stream)
    {
        await _layout.EnsureKnownAsync();
        return await Database.HashGetAsync(at.Values, "\0" + stream);
    }

    private Task<RedisResult> RunAsync(string script, RedisKey[] keys, RedisValue[] values, CancellationToken cancellationToken) =>
        TranslateAsync(EvaluateAsync(script, keys, values).WaitAsync(cancellationToken));

    private async Task<RedisResult> EvaluateAsync(string script, RedisKey[] keys, RedisValue[] values)
    {
        await _layout.EnsureKnownAsync();
        return await Database.ScriptEvaluateAsync(script, keys, values);
    }
}
