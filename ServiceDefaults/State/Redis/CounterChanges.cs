using System.Globalization;
using System.Text;

namespace FaultMaven.ServiceDefaults.State.Redis;

/// <summary>
/// What is added to counters, brought into a form of which the outcome can be found before the first change: each addition is to the
/// value before the transaction, or is what it comes to if an earlier change put or deleted the record.
/// </summary>
internal static class CounterChanges
{
    public static IReadOnlyList<StateChange> Resolve(IReadOnlyList<StateChange> changes) =>
        changes.Any(change => change is StateChange.Add)
            ? [.. changes.Select((change, index) => change is StateChange.Add add ? Resolve(add, changes.Take(index)) : change)]
            : changes;

    private static StateChange Resolve(StateChange.Add add, IEnumerable<StateChange> earlier)
    {
        var total = add.Delta;
        foreach (var change in earlier.Reverse())
        {
            switch (change)
            {
                case StateChange.Add other when other.Key == add.Key:
                    total = checked(total + other.Delta);
                    break;
                case StateChange.Put put when put.Key == add.Key:
                    return Put(add.Key, checked(total + Parse(put.Value.Span)));
                case StateChange.Delete delete when delete.Key == add.Key:
                case StateChange.DeleteAll all when add.Key.StartsWith(all.Prefix, StringComparison.Ordinal):
                case StateChange.DeletePartition:
                    return Put(add.Key, total);
                default:
                    break;
            }
        }

        return new StateChange.Add(add.Key, total);
    }

    private static StateChange.Put Put(string key, long value) =>
        new(key, Encoding.UTF8.GetBytes(value.ToString(CultureInfo.InvariantCulture)), Lifetime: null);

    private static long Parse(ReadOnlySpan<byte> value) => long.Parse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
