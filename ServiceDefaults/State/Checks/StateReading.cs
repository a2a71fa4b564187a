using System.Runtime.CompilerServices;

namespace FaultMaven.ServiceDefaults.State.Checks;

/// <summary>Reads all there is, a batch at a time.</summary>
public static class StateReading
{
    private const int BatchSize = 200;

    /// <summary>All records of a partition whose keys begin with <paramref name="prefix"/>, in order.</summary>
    public static async IAsyncEnumerable<StateRecord> ReadRecordsAsync(
        this StateStore store, Partition partition, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? after = null;
        while (await store.ListAsync(partition, new RecordRange(prefix, after), BatchSize, cancellationToken) is { Count: > 0 } records)
        {
            foreach (var record in records)
            {
                yield return record;
            }

            after = records[^1].Key;
        }
    }

    /// <summary>All entries of a stream, in order.</summary>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadEntriesAsync(
        this StateStore store, Partition partition, string stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var read = 0L;
        while (await store.ReadAsync(partition, stream, read, BatchSize, cancellationToken) is { Count: > 0 } entries)
        {
            foreach (var entry in entries)
            {
                yield return entry;
            }

            read += entries.Count;
        }
    }
}
