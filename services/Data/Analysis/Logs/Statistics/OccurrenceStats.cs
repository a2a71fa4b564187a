namespace FaultMaven.Data.Analysis.Logs.Statistics;

/// <summary>Entries that say the same: how many, and the first, worst and last of them.</summary>
internal sealed class OccurrenceStats(Occurrence first)
{
    public long Count { get; private set; }

    /// <summary>The logger, process or service that wrote the first of them; empty if unknown.</summary>
    public string Source { get; init; } = "";

    /// <summary>The machine whose kernel wrote the first of them; empty if it is not a kernel's.</summary>
    public string Host { get; init; } = "";

    public Occurrence First { get; private set; } = first;

    public Occurrence Worst { get; private set; } = first;

    public Occurrence Last { get; private set; } = first;

    public DateTimeOffset? StartTime { get; private set; }

    public DateTimeOffset? EndTime { get; private set; }

    /// <summary>How many harmless entries the log had when the last of these came.</summary>
    public long HarmlessBefore { get; private set; }

    /// <summary>Adds what <paramref name="later"/> saw; it may have begun earlier.</summary>
    public void Add(OccurrenceStats later)
    {
        Count += later.Count;
        First = later.First.Order < First.Order ? later.First : First;
        HarmlessBefore = later.Last.Order > Last.Order ? later.HarmlessBefore : HarmlessBefore;
        Last = later.Last.Order > Last.Order ? later.Last : Last;
        Worst = later.Worst.Level > Worst.Level ? later.Worst : Worst;
        StartTime = StartTime < later.StartTime ? StartTime : later.StartTime ?? StartTime;
        EndTime = EndTime > later.EndTime ? EndTime : later.EndTime ?? EndTime;
    }

    public void Add(Occurrence occurrence, long harmless)
    {
        Count++;
        Last = occurrence;
        HarmlessBefore = harmless;
        Worst = occurrence.Level > Worst.Level ? occurrence : Worst;
        if (occurrence.Time is { } time)
        {
            StartTime = StartTime is { } start && start < time ? start : time;
            EndTime = EndTime is { } end && end > time ? end : time;
        }
    }
}
