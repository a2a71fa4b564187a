namespace FaultMaven.ServiceDefaults.State.Redis;

internal sealed partial class RedisStateStore
{
    /// <summary>Deletes the records that have expired, in batches between which the server does other things.</summary>
    /// <returns>How many there were.</returns>
    public async Task<long> SweepAsync(CancellationToken cancellationToken)
    {
        var count = 0L;
        foreach (var shard in Shards)
        {
            var due = new RedisSlot(service, shard.Name).Due;
            string[] ids;
            do
            {
                ids = (string[])(await RunAsync(ReadScripts.FindDue, [due], [PageSize], cancellationToken))!;
                foreach (var id in ids)
                {
                    count += await SweepAsync(new RedisPartition(service, RedisPartition.Parse(id)), cancellationToken);
                }
            }
            while (ids.Length > 0);
        }

        return count;
    }

    private async Task<long> SweepAsync(RedisPartition at, CancellationToken cancellationToken) =>
        (long)await RunAsync(
            ReadScripts.Sweep, [at.Values, at.Deadlines, at.Order, at.Slot.Partitions, at.Slot.Due], [at.Id], cancellationToken);
}
