using System.Globalization;
using System.IO.Hashing;
using System.Text;
using StackExchange.Redis;

namespace FaultMaven.ServiceDefaults.State.Redis;

/// <summary>
/// The keys of a partition. They share a hash tag with those of its shard, so that a transaction stays in one slot of a cluster, while
/// partitions spread over <see cref="ShardCount"/> slots.
/// </summary>
internal sealed class RedisPartition
{
    /// <summary>
    /// Over how many hash tags the partitions of a service spread. Another number would not find what was written with this one.
    /// </summary>
    public const int ShardCount = 16;

    /// <summary>The tenant of shards; no caller's is empty.</summary>
    private const string ShardTenant = "";

    private const char Separator = '\0';

    public RedisPartition(string service, Partition partition)
    {
        if (partition.Tenant != ShardTenant)
        {
            ArgumentException.ThrowIfNullOrEmpty(partition.Tenant, nameof(partition));
            ArgumentOutOfRangeException.ThrowIfNotEqual(partition.Tenant.Contains(Separator), false, nameof(partition));
        }

        ArgumentException.ThrowIfNullOrEmpty(partition.Name, nameof(partition));
        Id = Prefix(partition.Tenant) + partition.Name;
        Shard = ShardOf(partition);
        Slot = new RedisSlot(service, Shard.Name);
        var tag = Slot.Tag;
        Values = $"{tag}:values:{Id}";
        Order = $"{tag}:order:{Id}";
        Deadlines = $"{tag}:deadlines:{Id}";
        Notices = $"{tag}:notices:{Id}";
    }

    /// <summary>The shards of every service.</summary>
    public static IReadOnlyList<Partition> Shards { get; } =
    [
        .. Enumerable.Range(0, ShardCount).Select(
            shard => new Partition(ShardTenant, shard.ToString("00", CultureInfo.InvariantCulture))),
    ];

    /// <summary>The name of the partition in <see cref="RedisSlot.Partitions"/> and <see cref="RedisSlot.Due"/>.</summary>
    public string Id { get; }

    /// <summary>The shard that the partition belongs to.</summary>
    public Partition Shard { get; }

    /// <summary>What the partitions of that shard share.</summary>
    public RedisSlot Slot { get; }

    /// <summary>
    /// A hash: values of records with their version, 8 bytes, in front, by key; lengths of streams by NUL and the stream; entries by
    /// NUL, stream, NUL and position from 1 on. Keys and streams contain no NUL.
    /// </summary>
    public RedisKey Values { get; }

    /// <summary>A sorted set of the keys of records, each with score 0: in the order of their bytes.</summary>
    public RedisKey Order { get; }

    /// <summary>A sorted set of the keys of records that expire by when they do, in ms of Unix time.</summary>
    public RedisKey Deadlines { get; }

    /// <summary>The channel on which a transaction says that it changed a stream.</summary>
    public string Notices { get; }

    /// <summary>What the ids of a tenant's partitions begin with.</summary>
    public static string Prefix(string tenant) => tenant + Separator;

    /// <summary>The partition that an <see cref="Id"/> is of.</summary>
    public static Partition Parse(string id)
    {
        var end = id.IndexOf(Separator, StringComparison.Ordinal);
        return new Partition(id[..end], id[(end + 1)..]);
    }

    /// <summary>The shard that a partition belongs to; a shard belongs to itself.</summary>
    public static Partition ShardOf(Partition partition)
    {
        if (partition.Tenant != ShardTenant)
        {
            return Shards[(int)(XxHash32.HashToUInt32(Encoding.UTF8.GetBytes(Prefix(partition.Tenant) + partition.Name)) % ShardCount)];
        }

        return Shards.Contains(partition)
            ? partition
            : throw new ArgumentException("Only shards have no tenant.", nameof(partition));
    }
}
