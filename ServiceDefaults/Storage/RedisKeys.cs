using System.Globalization;
using System.IO.Hashing;
using System.Text;
using StackExchange.Redis;

namespace FaultMaven.ServiceDefaults.Storage;

/// <summary>
/// Names keys so that all of one partition (a case, say) share a cluster slot, together with the outbox of that slot: transactions across
/// them work on a cluster too, while partitions spread over <see cref="Slots"/> of its slots.
/// </summary>
public static class RedisKeys
{
    /// <summary>Over how many hash tags the partitions of a service spread.</summary>
    public const int Slots = 16;

    /// <summary>A key of a partition: <c>{data:07}:0197…:evidence</c>.</summary>
    public static RedisKey For(string service, string partition, params ReadOnlySpan<string> parts)
    {
        var key = new StringBuilder(Tag(service, SlotOf(partition))).Append(':').Append(partition);
        foreach (var part in parts)
        {
            key.Append(':').Append(part);
        }

        return key.ToString();
    }

    /// <summary>A key that all partitions of one slot share, such as an outbox: <c>{data:07}:outbox</c>.</summary>
    public static RedisKey InSlotOf(string service, string partition, string name) => InSlot(service, SlotOf(partition), name);

    /// <summary>Every key that <see cref="InSlotOf"/> can give.</summary>
    public static IReadOnlyList<RedisKey> InEverySlot(string service, string name) =>
        [.. Enumerable.Range(0, Slots).Select(slot => InSlot(service, slot, name))];

    private static RedisKey InSlot(string service, int slot, string name) => $"{Tag(service, slot)}:{name}";

    private static int SlotOf(string partition) => (int)(XxHash32.HashToUInt32(Encoding.UTF8.GetBytes(partition)) % Slots);

    private static string Tag(string service, int slot) => string.Create(CultureInfo.InvariantCulture, $"{{{service}:{slot:00}}}");
}
