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

    /// <summary>The outbox that lives in the same slot as the keys of a partition.</summary>
    internal static RedisKey Outbox(string service, string partition) => Outbox(service, SlotOf(partition));

    /// <summary>The outbox of a slot, 0 to <see cref="Slots"/> − 1.</summary>
    internal static RedisKey Outbox(string service, int slot) => $"{Tag(service, slot)}:outbox";

    private static int SlotOf(string partition) => (int)(XxHash32.HashToUInt32(Encoding.UTF8.GetBytes(partition)) % Slots);

    private static string Tag(string service, int slot) => string.Create(CultureInfo.InvariantCulture, $"{{{service}:{slot:00}}}");
}
