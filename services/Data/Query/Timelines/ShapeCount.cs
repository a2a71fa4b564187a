using FaultMaven.Data.Analysis.Logs.Entries;

namespace FaultMaven.Data.Query.Timelines;

/// <summary>How often messages of one shape came. Only buckets that have any take room.</summary>
internal sealed class ShapeCount(Proto.Citation first)
{
    private List<(int Bucket, long Count)>? _cells = [];

    public Proto.Citation First { get; } = first;

    public long Count { get; private set; }

    public long BeforeIncident { get; private set; }

    public Proto.EntryLevel Level { get; private set; }

    public DateTimeOffset? FirstTime { get; private set; }

    public DateTimeOffset? LastTime { get; private set; }

    /// <summary>The buckets that have any, some perhaps more than once; none after <see cref="Forget"/>.</summary>
    public IReadOnlyList<(int Bucket, long Count)> Cells => _cells ?? [];

    /// <returns>True if it takes more room than before.</returns>
    public bool Add(in LogEvent entry, int bucket, bool isBeforeIncident)
    {
        Count++;
        BeforeIncident += isBeforeIncident ? 1 : 0;
        Level = entry.Level > Level ? entry.Level : Level;
        FirstTime = entry.Time < FirstTime || FirstTime is null ? entry.Time ?? FirstTime : FirstTime;
        LastTime = entry.Time > LastTime || LastTime is null ? entry.Time ?? LastTime : LastTime;

        if (bucket < 0 || _cells is null)
        {
            return false;
        }

        // A log is nearly in the order of time, so the bucket is nearly always the last one.
        if (_cells is [.., var last] && last.Bucket == bucket)
        {
            _cells[^1] = (bucket, last.Count + 1);
            return false;
        }

        _cells.Add((bucket, 1));
        return true;
    }

    /// <summary>Gives the room back for good; what is counted from now on is in no bucket.</summary>
    /// <returns>How much it took.</returns>
    public int Forget()
    {
        var freed = Cells.Count;
        _cells = null;

        return freed;
    }
}
