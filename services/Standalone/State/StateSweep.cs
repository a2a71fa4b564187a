namespace FaultMaven.Standalone.State;

/// <summary>
/// Deletes what has expired, gives free pages back to the disk, and empties the write-ahead log, which keeps what was deleted until it is
/// written over. It works in small pieces, so that transactions do not wait long.
/// </summary>
/// <param name="connection">The connection that writes.</param>
internal sealed class StateSweep(StateConnection connection)
{
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private const int RecordsAtOnce = 200;
    private const int PagesAtOnce = 512;

    /// <summary>Free pages that are kept, 4 MB, because the next transactions need some.</summary>
    private const int PagesToKeep = 1024;

    /// <summary>Whether there is a next piece.</summary>
    public bool IsDue { get; set; }

    /// <summary>Whether anything was deleted that the write-ahead log may still have.</summary>
    public bool HasErased { get; set; }

    /// <summary>Does the next piece.</summary>
    public void Go(DateTimeOffset now)
    {
        if (DeleteExpired(now.ToUnixTimeMilliseconds()) == RecordsAtOnce)
        {
            return;
        }

        if (connection.Number("PRAGMA freelist_count") > PagesToKeep + PagesAtOnce)
        {
            connection.Run($"PRAGMA incremental_vacuum({PagesAtOnce})");
            return;
        }

        if (HasErased && connection.Number("PRAGMA wal_checkpoint(TRUNCATE)") == 0)
        {
            HasErased = false;
        }

        IsDue = false;
    }

    private int DeleteExpired(long now)
    {
        connection.Run("BEGIN IMMEDIATE");
        var partitions = new List<long>();
        using (var delete = connection.Prepare(
            $"""
            DELETE FROM records WHERE id IN (SELECT id FROM records WHERE expires <= ?1 ORDER BY expires LIMIT {RecordsAtOnce})
            RETURNING partition
            """))
        {
            delete.Bind(1, now);
            while (delete.Step())
            {
                partitions.Add(delete.Number(0));
            }
        }

        foreach (var partition in partitions.Distinct())
        {
            PartitionWriter.ForgetIfEmpty(connection, partition);
        }

        connection.Run("COMMIT");
        HasErased |= partitions.Count > 0;
        return partitions.Count;
    }
}
