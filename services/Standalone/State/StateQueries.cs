namespace FaultMaven.Standalone.State;

/// <summary>What is read. Parameters 1 and 2 are the tenant and the name of a partition; what has expired is not there.</summary>
internal static class StateQueries
{
    public const string Find =
        $"SELECT value, version FROM records WHERE {InPartition} AND key = ?3 AND (expires IS NULL OR expires > ?4)";

    public const string List = $"{Records} ORDER BY key LIMIT ?6";

    public const string ListDescending = $"{Records} ORDER BY key DESC LIMIT ?6";

    public const string Count = $"SELECT count(*) FROM records WHERE {InRange}";

    public const string Length = $"SELECT max(position) FROM entries WHERE {InStream}";

    public const string Read = $"SELECT value FROM entries WHERE {InStream} AND position > ?4 ORDER BY position LIMIT ?5";

    /// <summary>Names of partitions of a tenant (1) after one of them (2).</summary>
    public const string Partitions =
        """
        SELECT name FROM partitions AS p WHERE tenant = ?1 AND name > ?2
            AND (EXISTS (SELECT 1 FROM streams WHERE partition = p.id)
                OR EXISTS (SELECT 1 FROM records WHERE partition = p.id AND (expires IS NULL OR expires > ?3)))
        ORDER BY name LIMIT ?4
        """;

    /// <summary>The first tenant after one (1); that of shards is empty.</summary>
    public const string NextTenant = "SELECT tenant FROM partitions WHERE tenant > ?1 ORDER BY tenant LIMIT 1";

    private const string InPartition = "partition = (SELECT id FROM partitions WHERE tenant = ?1 AND name = ?2)";

    private const string InRange = $"{InPartition} AND key >= ?3 AND key < ?4 AND (expires IS NULL OR expires > ?5)";

    private const string Records = $"SELECT key, value, version FROM records WHERE {InRange}";

    private const string InStream = $"stream = (SELECT id FROM streams WHERE {InPartition} AND name = ?3)";
}
