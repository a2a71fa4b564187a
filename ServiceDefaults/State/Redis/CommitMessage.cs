using System.Buffers.Binary;
using StackExchange.Redis;

namespace FaultMaven.ServiceDefaults.State.Redis;

/// <summary>A transaction as <see cref="CommitScript"/> takes it.</summary>
internal sealed class CommitMessage
{
    private readonly List<RedisKey> _keys;
    private readonly List<RedisValue> _values = [];

    public CommitMessage(string service, StateTransaction transaction)
    {
        var partition = new RedisPartition(service, transaction.Partition);
        var slot = partition.Slot;
        _keys = [slot.Sequence, slot.Partitions, slot.Due];
        var shard = transaction.Shard is { Conditions: [], Changes: [] } ? null : new RedisPartition(service, partition.Shard);

        // A shard's own transaction has one partition, in which the changes of the shard follow its others.
        IReadOnlyList<(RedisPartition Keys, IReadOnlyList<StateCondition> Conditions, IReadOnlyList<StateChange> Changes)> parts =
            shard is null ? [(partition, transaction.Conditions, transaction.Changes)]
            : shard.Id == partition.Id ? [(partition, [.. transaction.Conditions, .. transaction.Shard.Conditions],
                [.. transaction.Changes, .. transaction.Shard.Changes])]
            : [(partition, transaction.Conditions, transaction.Changes), (shard, transaction.Shard.Conditions, transaction.Shard.Changes)];

        foreach (var (keys, _, _) in parts)
        {
            _keys.AddRange([keys.Values, keys.Order, keys.Deadlines]);
            Write(keys.Id, keys.Notices);
        }

        var resolved = parts.Select(part => CounterChanges.Resolve(part.Changes)).ToList();
        foreach (var (part, changes) in parts.Zip(resolved))
        {
            var sums = changes.OfType<StateChange.Add>().ToList();
            Write(part.Conditions.Count + sums.Count);
            foreach (var condition in part.Conditions)
            {
                Write(condition);
            }

            foreach (var sum in sums)
            {
                Write("sum", sum.Key, sum.Delta);
            }
        }

        foreach (var changes in resolved)
        {
            Write(changes.Count);
            foreach (var change in changes)
            {
                Write(change);
            }
        }
    }

    public RedisKey[] Keys => [.. _keys];

    public RedisValue[] Values => [.. _values];

    private void Write(StateCondition condition)
    {
        switch (condition)
        {
            case StateCondition.Absent:
                Write("absent", condition.Key);
                break;
            case StateCondition.Present:
                Write("present", condition.Key);
                break;
            case StateCondition.HasVersion { Version: var version }:
                var bytes = new byte[sizeof(long)];
                BinaryPrimitives.WriteInt64BigEndian(bytes, version);
                Write("version", condition.Key, bytes);
                break;
            case StateCondition.HasValue { Value: var value }:
                Write("value", condition.Key, value);
                break;
            case StateCondition.HasLength { Length: var length }:
                Write("length", condition.Key, length);
                break;
            default:
                throw new NotSupportedException($"{condition}");
        }
    }

    private void Write(StateChange change)
    {
        switch (change)
        {
            case StateChange.Put put:
                Write("put", put.Key, put.Value, Milliseconds(put.Lifetime));
                break;
            case StateChange.Enqueue enqueue:
                Write("enqueue", enqueue.Prefix, enqueue.Value);
                break;
            case StateChange.Add add:
                Write("add", add.Key);
                break;
            case StateChange.Delete delete:
                Write("delete", delete.Key);
                break;
            case StateChange.DeleteAll delete:
                Write("deleteAll", delete.Prefix);
                break;
            case StateChange.Keep keep:
                Write("keep", keep.Prefix, Milliseconds(keep.Lifetime));
                break;
            case StateChange.Append append:
                Write("append", append.Stream, append.Entries.Count);
                foreach (var entry in append.Entries)
                {
                    Write(entry);
                }

                break;
            case StateChange.DeleteStream delete:
                Write("deleteStream", delete.Stream);
                break;
            case StateChange.DeletePartition:
                Write("deletePartition");
                break;
            default:
                throw new NotSupportedException($"{change}");
        }
    }

    private void Write(params ReadOnlySpan<RedisValue> values) => _values.AddRange(values);

    private static RedisValue Milliseconds(TimeSpan? lifetime) =>
        lifetime is { } time ? (long)Math.Ceiling(time.TotalMilliseconds) : RedisValue.EmptyString;
}
