using StackExchange.Redis;

namespace FaultMaven.ServiceDefaults.State.Redis;

/// <summary>The keys that all partitions of a shard share.</summary>
internal sealed class RedisSlot(string service, string shard)
{
    /// <summary>What all keys of the shard begin with; a cluster places a key by what is in braces.</summary>
    public string Tag { get; } = $"{{{service}:{shard}}}";

    /// <summary>The last version that a transaction was given.</summary>
    public RedisKey Sequence => $"{Tag}:sequence";

    /// <summary>The version of how keys and values are laid out, in decimal; the first shard has that of all.</summary>
    public RedisKey Layout => $"{Tag}:layout";

    /// <summary>
    /// A sorted set of the ids of the partitions that hold anything, each with score 0: those of a tenant are next to each other.
    /// </summary>
    public RedisKey Partitions => $"{Tag}:partitions";

    /// <summary>A sorted set of the ids of partitions with records that expire, by when the first of them does.</summary>
    public RedisKey Due => $"{Tag}:due";
}
