using FaultMaven.ServiceDefaults.Storage;
using StackExchange.Redis;

namespace FaultMaven.ServiceDefaults.Messaging;

/// <summary>The keys of one slot of an outbox.</summary>
/// <param name="Waiting">A list of entries, oldest first.</param>
/// <param name="Attempts">A hash: how often each entry failed, by its id.</param>
/// <param name="Dead">A hash of <see cref="DeadLetter"/>s by id.</param>
internal sealed record OutboxKeys(RedisKey Waiting, RedisKey Attempts, RedisKey Dead)
{
    private const string WaitingName = "outbox";

    /// <summary>The keys of every slot.</summary>
    public static IReadOnlyList<OutboxKeys> InEverySlot(string service) =>
    [
        .. RedisKeys.InEverySlot(service, WaitingName)
            .Select(waiting => new OutboxKeys(waiting, $"{waiting}:attempts", $"{waiting}:dead")),
    ];

    /// <summary>The list that an event of a partition goes to.</summary>
    public static RedisKey WaitingOf(string service, string partition) => RedisKeys.InSlotOf(service, partition, WaitingName);
}
