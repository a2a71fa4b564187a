using System.Globalization;
using System.Text;
using FaultMaven.ServiceDefaults.State;

namespace FaultMaven.State.Tests.Model;

/// <summary>What a store does, in a few dictionaries.</summary>
internal sealed class ModelStore
{
    private readonly Dictionary<Partition, ModelPartition> _partitions = [];

    /// <summary>How much time has passed.</summary>
    public TimeSpan Now { get; set; }

    public IReadOnlyDictionary<Partition, ModelPartition> Partitions => _partitions;

    public ModelPartition this[Partition partition]
    {
        get
        {
            if (!_partitions.TryGetValue(partition, out var found))
            {
                _partitions.Add(partition, found = new ModelPartition(this));
            }

            return found;
        }
    }

    /// <summary>Makes the changes if the conditions hold.</summary>
    public bool Commit(StateTransaction transaction, Partition shard)
    {
        var (own, shared) = (this[transaction.Partition], this[shard]);
        if (!transaction.Conditions.All(own.Holds) || !transaction.Shard.Conditions.All(shared.Holds))
        {
            return false;
        }

        own.Make(transaction.Changes);
        shared.Make(transaction.Shard.Changes);
        return true;
    }
}

/// <summary>A record of the model. Its version is null from the commit until the store has said which it is.</summary>
internal sealed record ModelRecord(byte[] Value, TimeSpan? Expires, long? Version);

/// <summary>A partition of the model.</summary>
internal sealed class ModelPartition(ModelStore store)
{
    private readonly SortedDictionary<string, ModelRecord> _records = new(Comparer<string>.Create(Compare));
    private readonly Dictionary<string, List<byte[]>> _streams = [];

    // All that the store ever chose, by prefix.
    private readonly Dictionary<string, List<string>> _queued = [];

    /// <summary>Values that were enqueued, whose keys the store chooses.</summary>
    public List<(string Prefix, ModelRecord Record)> Enqueued { get; } = [];

    public IEnumerable<KeyValuePair<string, ModelRecord>> Records =>
        _records.Where(record => record.Value.Expires is not { } end || end > store.Now);

    public IEnumerable<string> Streams => _streams.Keys;

    public bool IsEmpty => !Records.Any() && _streams.Count == 0;

    public ModelRecord? Find(string key) => Records.FirstOrDefault(record => record.Key == key).Value;

    public IReadOnlyList<byte[]> Read(string stream) => _streams.GetValueOrDefault(stream) ?? [];

    public bool Holds(StateCondition condition) => condition switch
    {
        StateCondition.Absent => Find(condition.Key) is null,
        StateCondition.Present => Find(condition.Key) is not null,
        StateCondition.HasVersion expected => Find(condition.Key)?.Version == expected.Version,
        StateCondition.HasValue expected => Find(condition.Key)?.Value.AsSpan().SequenceEqual(expected.Value.Span) is true,
        StateCondition.HasLength expected => Read(condition.Key).Count == expected.Length,
        _ => throw new ArgumentOutOfRangeException(nameof(condition)),
    };

    public void Make(IEnumerable<StateChange> changes)
    {
        foreach (var change in changes)
        {
            Make(change);
        }
    }

    /// <summary>Takes the keys that the store chose, and the version.</summary>
    public void Learn(IReadOnlyList<StateRecord> stored, long version)
    {
        foreach (var (prefix, record) in Enqueued)
        {
            var key = stored.First(r => r.Version == version && r.Key.StartsWith(prefix, StringComparison.Ordinal)
                && !_records.ContainsKey(r.Key)).Key;
            Assert.DoesNotContain(_queued.GetValueOrDefault(prefix, []), earlier => Compare(earlier, key) >= 0);
            _queued.TryAdd(prefix, []);
            _queued[prefix].Add(key);
            _records.Add(key, record with { Version = version });
        }

        Enqueued.Clear();
        SetVersion(version);
    }

    /// <summary>Takes the version of what was put last.</summary>
    public void SetVersion(long version)
    {
        foreach (var (key, put) in _records.Where(r => r.Value.Version is null).ToList())
        {
            _records[key] = put with { Version = version };
        }
    }

    private static int Compare(string? one, string? other) =>
        Encoding.UTF8.GetBytes(one!).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(other!));

    private void Make(StateChange change)
    {
        switch (change)
        {
            case StateChange.Put put:
                _records[put.Key] = new ModelRecord(put.Value.ToArray(), store.Now + put.Lifetime, null);
                break;
            case StateChange.Enqueue enqueue:
                Enqueued.Add((enqueue.Prefix, new ModelRecord(enqueue.Value.ToArray(), null, null)));
                break;
            case StateChange.Add add:
                var number = Find(add.Key) is { } counter ? long.Parse(counter.Value, CultureInfo.InvariantCulture) : 0;
                _records[add.Key] = new ModelRecord(Encoding.UTF8.GetBytes($"{number + add.Delta}"), null, null);
                break;
            case StateChange.Delete delete:
                _records.Remove(delete.Key);
                break;
            case StateChange.DeleteAll delete:
                Remove(delete.Prefix);
                break;
            case StateChange.Keep keep:
                foreach (var (key, record) in Records.Where(r => r.Key.StartsWith(keep.Prefix, StringComparison.Ordinal)).ToList())
                {
                    _records[key] = record with { Expires = store.Now + keep.Lifetime };
                }

                for (var i = 0; i < Enqueued.Count; i++)
                {
                    var (prefix, record) = Enqueued[i];
                    if (prefix.StartsWith(keep.Prefix, StringComparison.Ordinal))
                    {
                        Enqueued[i] = (prefix, record with { Expires = store.Now + keep.Lifetime });
                    }
                }

                break;
            case StateChange.Append { Entries.Count: > 0 } append:
                _streams.TryAdd(append.Stream, []);
                _streams[append.Stream].AddRange(append.Entries.Select(entry => entry.ToArray()));
                break;
            case StateChange.DeleteStream delete:
                _streams.Remove(delete.Stream);
                break;
            case StateChange.DeletePartition:
                Remove("");
                _streams.Clear();
                break;
        }
    }

    private void Remove(string prefix)
    {
        Enqueued.RemoveAll(item => item.Prefix.StartsWith(prefix, StringComparison.Ordinal));
        foreach (var key in _records.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)).ToList())
        {
            _records.Remove(key);
        }
    }
}
