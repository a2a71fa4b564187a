namespace FaultMaven.Data.Query.Timelines;

/// <summary>What a time line is to show.</summary>
internal sealed record TimelineQuery
{
    /// <summary>The earliest time; null for that of the first entry.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>The time before which entries are, exclusive; null for any.</summary>
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>How long a bucket is; null to have it chosen.</summary>
    public TimeSpan? BucketWidth { get; init; }

    /// <summary>How many buckets there may be where their width is chosen.</summary>
    public int MaxBuckets { get; init; }

    /// <summary>How many templates are returned.</summary>
    public int MaxTemplates { get; init; }

    /// <summary>When the incident began; null if that is not known.</summary>
    public DateTimeOffset? IncidentTime { get; init; }

    public bool IsBounded => StartTime is not null || EndTime is not null;

    /// <summary>Whether an entry is to be counted. One without a time is, unless a time was asked for.</summary>
    public bool Admits(DateTimeOffset? time) => time is null ? !IsBounded : !(time < StartTime) && !(time >= EndTime);
}
