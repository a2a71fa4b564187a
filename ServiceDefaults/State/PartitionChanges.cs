using System.Text;

namespace FaultMaven.ServiceDefaults.State;

/// <summary>
/// Conditions and changes of a transaction on the records and streams of one partition. All conditions are checked before the first
/// change; changes are made in the order in which they were added.
/// </summary>
public class PartitionChanges
{
    /// <summary>How long a key or the name of a stream may be, in UTF-8.</summary>
    public const int MaxKeyLength = 512;

    private readonly List<StateCondition> _conditions = [];
    private readonly List<StateChange> _changes = [];

    private protected PartitionChanges(Partition partition) => Partition = partition;

    /// <summary>The partition.</summary>
    public Partition Partition { get; }

    /// <summary>What must hold for the transaction to be committed.</summary>
    public IReadOnlyList<StateCondition> Conditions => _conditions;

    /// <summary>What the transaction changes.</summary>
    public IReadOnlyList<StateChange> Changes => _changes;

    /// <summary>Commits only if there is no record under the key.</summary>
    public void IfAbsent(string key) => _conditions.Add(new StateCondition.Absent(Checked(key)));

    /// <summary>Commits only if there is a record under the key.</summary>
    public void IfPresent(string key) => _conditions.Add(new StateCondition.Present(Checked(key)));

    /// <summary>Commits only if the record is the one that was read; null for none.</summary>
    public void IfUnchanged(string key, StateRecord? read) =>
        _conditions.Add(read is null ? new StateCondition.Absent(Checked(key)) : new StateCondition.HasVersion(Checked(key), read.Version));

    /// <summary>Commits only if the record has this value.</summary>
    public void IfEqual(string key, ReadOnlyMemory<byte> value) => _conditions.Add(new StateCondition.HasValue(Checked(key), value));

    /// <summary>Commits only if the record has this text, in UTF-8, as its value.</summary>
    public void IfEqual(string key, string text) => IfEqual(key, Encoding.UTF8.GetBytes(text));

    /// <summary>Commits only if the stream has exactly this many entries.</summary>
    public void IfLength(string stream, long length) => _conditions.Add(new StateCondition.HasLength(Checked(stream), length));

    /// <summary>Puts a value under a key, in the place of what is there.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="lifetime">After which the record is gone; null for never.</param>
    public void Put(string key, ReadOnlyMemory<byte> value, TimeSpan? lifetime = null) =>
        _changes.Add(new StateChange.Put(Checked(key), value, Checked(lifetime)));

    /// <summary>Puts text, in UTF-8, under a key.</summary>
    /// <inheritdoc cref="Put(string, ReadOnlyMemory{byte}, TimeSpan?)"/>
    public void Put(string key, string text, TimeSpan? lifetime = null) => Put(key, Encoding.UTF8.GetBytes(text), lifetime);

    /// <summary>
    /// Puts a value under a key of the store's choice that begins with <paramref name="prefix"/> and sorts after all that were put so
    /// before, by any transaction: a queue.
    /// </summary>
    public void Enqueue(string prefix, ReadOnlyMemory<byte> value) => _changes.Add(new StateChange.Enqueue(Checked(prefix), value));

    /// <summary>
    /// Adds to a counter, which is a record with a decimal number as its value; one that is absent is 0. It does not expire.
    /// The transaction fails with <see cref="FormatException"/> if the record is not a number and with <see cref="OverflowException"/> if
    /// the sum is out of range; nothing is changed then.
    /// </summary>
    public void Add(string key, long delta) => _changes.Add(new StateChange.Add(Checked(key), delta));

    /// <summary>Deletes a record, if it is there.</summary>
    public void Delete(string key) => _changes.Add(new StateChange.Delete(Checked(key)));

    /// <summary>Deletes all records whose keys begin with <paramref name="prefix"/>, which must not be empty.</summary>
    public void DeleteAll(string prefix) => _changes.Add(new StateChange.DeleteAll(Checked(prefix)));

    /// <summary>Gives all records whose keys begin with <paramref name="prefix"/> a new lifetime from now on; null for no end.</summary>
    public void Keep(string prefix, TimeSpan? lifetime) => _changes.Add(new StateChange.Keep(Checked(prefix), Checked(lifetime)));

    /// <summary>Adds entries to the end of a stream.</summary>
    public void Append(string stream, IReadOnlyList<ReadOnlyMemory<byte>> entries) =>
        _changes.Add(new StateChange.Append(Checked(stream), entries));

    /// <summary>Deletes a stream with all its entries, if it is there; the next one of that name begins with its first entry.</summary>
    public void DeleteStream(string stream) => _changes.Add(new StateChange.DeleteStream(Checked(stream)));

    private protected void AddChange(StateChange change) => _changes.Add(change);

    private static string Checked(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Encoding.UTF8.GetByteCount(key), MaxKeyLength, nameof(key));
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Contains('\0'), false, nameof(key));
        return key;
    }

    private static TimeSpan? Checked(TimeSpan? lifetime)
    {
        if (lifetime is { } time)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.FromMilliseconds(1), nameof(lifetime));
        }

        return lifetime;
    }
}
