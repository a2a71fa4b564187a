using System.Globalization;
using System.Text;
using System.Text.Json;
using FaultMaven.ServiceDefaults.State;

namespace FaultMaven.StateWriter;

/// <summary>One condition or change.</summary>
/// <param name="Kind">Which, see <see cref="PlannedTransaction.Build"/>.</param>
/// <param name="Key">The key, the prefix or the stream.</param>
/// <param name="Text">The value, if it has one.</param>
/// <param name="Number">A version, a length, a count or what is added.</param>
public sealed record PlannedOperation(string Kind, string Key, string Text = "", long Number = 0);

/// <summary>
/// A transaction that writes down itself: what was committed, and in what order, can be read from the shard, whatever became of the
/// process that wrote it.
/// </summary>
/// <param name="Id">Of this transaction alone. All values that it puts begin with it.</param>
/// <param name="Partition">Where.</param>
/// <param name="Conditions">Conditions on the partition.</param>
/// <param name="Changes">Changes of the partition.</param>
/// <param name="Shard">Changes of the shard.</param>
public sealed record PlannedTransaction(
    string Id, Partition Partition, PlannedOperation[] Conditions, PlannedOperation[] Changes, PlannedOperation[] Shard)
{
    /// <summary>The stream of the shard that has all transactions which were committed.</summary>
    public const string Log = "log";

    private static readonly TimeSpan s_longTime = TimeSpan.FromDays(100);

    /// <summary>Reads what <see cref="Build"/> wrote down.</summary>
    public static PlannedTransaction Read(ReadOnlyMemory<byte> entry) => JsonSerializer.Deserialize<PlannedTransaction>(entry.Span)!;

    /// <summary>Which transaction put a value; null for a counter.</summary>
    public static string? WriterOf(string value) => value.Split(':') is [var id, _, ..] ? id : null;

    /// <summary>The transaction.</summary>
    public StateTransaction Build()
    {
        var transaction = new StateTransaction(Partition);
        foreach (var operation in Conditions.Concat(Changes))
        {
            Describe(transaction, operation);
        }

        foreach (var operation in Shard)
        {
            Describe(transaction.Shard, operation);
        }

        transaction.Shard.Append(Log, [JsonSerializer.SerializeToUtf8Bytes(this)]);
        return transaction;
    }

    private static void Describe(PartitionChanges changes, PlannedOperation operation)
    {
        var (kind, key, text, number) = operation;
        switch (kind)
        {
            case "absent":
                changes.IfAbsent(key);
                break;
            case "present":
                changes.IfPresent(key);
                break;
            case "equal":
                changes.IfEqual(key, text);
                break;
            case "unchanged":
                changes.IfUnchanged(key, new StateRecord(key, Encoding.UTF8.GetBytes(text), number));
                break;
            case "length":
                changes.IfLength(key, number);
                break;
            case "put":
                changes.Put(key, text);
                break;
            case "put for a while":
                changes.Put(key, text, s_longTime);
                break;
            case "append":
                changes.Append(key, [.. Enumerable.Range(0, (int)number).Select(i => Entry(text, i))]);
                break;
            case "add":
                changes.Add(key, number);
                break;
            case "enqueue":
                changes.Enqueue(key, Encoding.UTF8.GetBytes(text));
                break;
            case "delete":
                changes.Delete(key);
                break;
            case "delete all":
                changes.DeleteAll(key);
                break;
            case "keep":
                changes.Keep(key, s_longTime);
                break;
            case "delete stream":
                changes.DeleteStream(key);
                break;
            case "delete partition":
                ((StateTransaction)changes).DeletePartition();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(operation), kind, "Not an operation.");
        }
    }

    private static ReadOnlyMemory<byte> Entry(string text, int index) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{index}:{text}"));
}
