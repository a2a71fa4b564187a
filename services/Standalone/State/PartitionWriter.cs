using System.Globalization;
using System.Text;
using FaultMaven.ServiceDefaults.State;

namespace FaultMaven.Standalone.State;

/// <summary>Checks the conditions and makes the changes of one transaction on one partition, inside a transaction of SQLite.</summary>
/// <param name="connection">The connection that writes.</param>
/// <param name="partition">The partition.</param>
/// <param name="version">What the records that are put get.</param>
/// <param name="now">Milliseconds since 1970.</param>
internal sealed class PartitionWriter(StateConnection connection, Partition partition, long version, long now)
{
    private long? _id;
    private bool _isIdKnown;
    private int _enqueued;
    private bool _mayBeEmpty;

    public bool Holds(StateCondition condition)
    {
        if (condition is StateCondition.HasLength length)
        {
            return (FindStream(length.Key) is { } stream ? LengthOf(stream) : 0) == length.Length;
        }

        using var find = Find(condition.Key);
        var isThere = find.Step();
        return condition switch
        {
            StateCondition.Absent => !isThere,
            StateCondition.Present => isThere,
            StateCondition.HasVersion expected => isThere && find.Number(1) == expected.Version,
            StateCondition.HasValue expected => isThere && find.Blob(0).SequenceEqual(expected.Value.Span),
            _ => throw new ArgumentOutOfRangeException(nameof(condition), condition, "Not a condition."),
        };
    }

    public void Make(StateChange change)
    {
        switch (change)
        {
            case StateChange.Put put:
                Put(put.Key, put.Value.Span, put.Lifetime);
                break;
            case StateChange.Enqueue enqueue:
                Put($"{enqueue.Prefix}{version:x16}{_enqueued++:x8}", enqueue.Value.Span, null);
                break;
            case StateChange.Add add:
                Add(add.Key, add.Delta);
                break;
            case StateChange.Delete delete:
                Run("DELETE FROM records WHERE partition = ?1 AND key = ?2", Encoding.UTF8.GetBytes(delete.Key));
                break;
            case StateChange.DeleteAll delete:
                var range = KeyRange.Of(delete.Prefix);
                Run("DELETE FROM records WHERE partition = ?1 AND key >= ?2 AND key < ?3", range.From, range.Before);
                break;
            case StateChange.Keep keep:
                Keep(KeyRange.Of(keep.Prefix), keep.Lifetime);
                break;
            case StateChange.Append append:
                Append(append);
                break;
            case StateChange.DeleteStream delete:
                DeleteStream(delete.Stream);
                break;
            case StateChange.DeletePartition:
                DeletePartition();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(change), change, "Not a change.");
        }
    }

    /// <summary>Forgets the partition if nothing is left of it. True if anything was deleted.</summary>
    public bool Finish()
    {
        if (_mayBeEmpty && Id is { } id)
        {
            ForgetIfEmpty(connection, id);
        }

        return _mayBeEmpty;
    }

    public static void ForgetIfEmpty(StateConnection connection, long partition)
    {
        using var forget = connection.Prepare(
            """
            DELETE FROM partitions WHERE id = ?1
                AND NOT EXISTS (SELECT 1 FROM records WHERE partition = ?1) AND NOT EXISTS (SELECT 1 FROM streams WHERE partition = ?1)
            """);
        forget.Bind(1, partition).Run();
    }

    private long? Id
    {
        get
        {
            if (!_isIdKnown)
            {
                using var find = connection.Prepare("SELECT id FROM partitions WHERE tenant = ?1 AND name = ?2");
                _id = find.Bind(1, partition.Tenant).Bind(2, partition.Name).Step() ? find.Number(0) : null;
                _isIdKnown = true;
            }

            return _id;
        }
    }

    private long MadeId
    {
        get
        {
            if (Id is { } id)
            {
                return id;
            }

            using var make = connection.Prepare("INSERT INTO partitions (tenant, name) VALUES (?1, ?2)");
            make.Bind(1, partition.Tenant).Bind(2, partition.Name).Run();
            _id = connection.LastId;
            return _id.Value;
        }
    }

    private Statement Find(string key) => connection
        .Prepare("SELECT value, version FROM records WHERE partition = ?1 AND key = ?2 AND (expires IS NULL OR expires > ?3)")
        .Bind(1, Id).Bind(2, Encoding.UTF8.GetBytes(key)).Bind(3, now);

    private long? ExpiryOf(TimeSpan? lifetime) =>
        lifetime is { } time ? now + (long)Math.Ceiling(time.TotalMilliseconds) : null;

    private void Put(string key, ReadOnlySpan<byte> value, TimeSpan? lifetime)
    {
        using var put = connection.Prepare(
            """
            INSERT INTO records (partition, key, version, expires, value) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (partition, key) DO UPDATE SET version = excluded.version, expires = excluded.expires, value = excluded.value
            """);
        put.Bind(1, MadeId).Bind(2, Encoding.UTF8.GetBytes(key)).Bind(3, version).Bind(4, ExpiryOf(lifetime)).Bind(5, value).Run();
    }

    private void Add(string key, long delta)
    {
        long sum;
        using (var find = Find(key))
        {
            var value = find.Step() ? long.Parse(find.Blob(0), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0;
            sum = checked(value + delta);
        }

        Put(key, Encoding.UTF8.GetBytes(sum.ToString(CultureInfo.InvariantCulture)), null);
    }

    private void Keep(KeyRange range, TimeSpan? lifetime)
    {
        using var keep = connection.Prepare(
            """
            UPDATE records SET expires = ?4
            WHERE partition = ?1 AND key >= ?2 AND key < ?3 AND (expires IS NULL OR expires > ?5)
            """);
        keep.Bind(1, Id).Bind(2, range.From).Bind(3, range.Before).Bind(4, ExpiryOf(lifetime)).Bind(5, now).Run();
    }

    private long? FindStream(string name)
    {
        using var find = connection.Prepare("SELECT id FROM streams WHERE partition = ?1 AND name = ?2");
        return find.Bind(1, Id).Bind(2, Encoding.UTF8.GetBytes(name)).Step() ? find.Number(0) : null;
    }

    private long MakeStream(string name)
    {
        using var make = connection.Prepare("INSERT INTO streams (partition, name) VALUES (?1, ?2)");
        make.Bind(1, MadeId).Bind(2, Encoding.UTF8.GetBytes(name)).Run();
        return connection.LastId;
    }

    private long LengthOf(long stream)
    {
        using var length = connection.Prepare("SELECT max(position) FROM entries WHERE stream = ?1");
        return length.Bind(1, stream).Step() ? length.Number(0) : 0;
    }

    private void Append(StateChange.Append append)
    {
        if (append.Entries.Count == 0)
        {
            return;
        }

        var stream = FindStream(append.Stream) ?? MakeStream(append.Stream);
        var position = LengthOf(stream);
        foreach (var entry in append.Entries)
        {
            using var add = connection.Prepare("INSERT INTO entries (stream, position, value) VALUES (?1, ?2, ?3)");
            add.Bind(1, stream).Bind(2, ++position).Bind(3, entry.Span).Run();
        }
    }

    private void DeleteStream(string name)
    {
        if (FindStream(name) is { } stream)
        {
            Run("DELETE FROM entries WHERE stream = ?1", stream);
            Run("DELETE FROM streams WHERE id = ?1", stream);
        }
    }

    private void DeletePartition()
    {
        if (Id is { } id)
        {
            Run("DELETE FROM entries WHERE stream IN (SELECT id FROM streams WHERE partition = ?1)", id);
            Run("DELETE FROM streams WHERE partition = ?1", id);
            Run("DELETE FROM records WHERE partition = ?1", id);
            Run("DELETE FROM partitions WHERE id = ?1", id);
            _id = null;
        }
    }

    // Run: a deletion by the partition's id, or by that of something in it.
    private void Run(string sql, byte[] key, byte[]? before = null)
    {
        using var delete = connection.Prepare(sql);
        delete.Bind(1, Id).Bind(2, key);
        if (before is not null)
        {
            delete.Bind(3, before);
        }

        delete.Run();
        _mayBeEmpty = true;
    }

    private void Run(string sql, long id)
    {
        using var delete = connection.Prepare(sql);
        delete.Bind(1, id).Run();
        _mayBeEmpty = true;
    }
}
