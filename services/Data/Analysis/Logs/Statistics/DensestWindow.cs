namespace FaultMaven.Data.Analysis.Logs.Statistics;

/// <summary>Finds, of many entries, the few in a row that came in the shortest time.</summary>
internal sealed class DensestWindow
{
    private const int Few = 16;

    private readonly long[] _times = new long[Few];
    private int _next;
    private long _shortest = long.MaxValue;

    /// <summary>The last of them; the first entry of all if there were too few.</summary>
    public LatestOccurrence Last { get; } = new();

    public void Add(DateTimeOffset time, LatestOccurrence occurrence)
    {
        var before = _times[_next];
        _times[_next] = time.UtcTicks;
        _next = (_next + 1) % Few;
        if (Last.Order < 0 || (before > 0 && time.UtcTicks >= before && time.UtcTicks - before < _shortest))
        {
            _shortest = before > 0 ? time.UtcTicks - before : long.MaxValue;
            Last.Set(occurrence);
        }
    }
}
