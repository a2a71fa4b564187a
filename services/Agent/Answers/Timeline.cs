using FaultMaven.Agents.Signals;

namespace FaultMaven.Agents.Answers;

/// <summary>What happened when, from the signals; what several of them say of the same lines is one entry.</summary>
internal static class Timeline
{
    private const int MaxEntries = 24;

    // They say of lines that they are many or new; where another signal says what is in them, that is the entry.
    private static readonly string[] s_least =
        ["change.before_trouble", "log.errors", "log.burst", "log.surge", "log.new_template", "log.rate_change"];

    public static IEnumerable<Proto.TimelineEntry> Of(CaseSignals signals) => signals.All
        .Where(signal => signal.StartTime is not null && signal.Role() is not SignalRole.Normal)
        .GroupBy(signal => signal.Citations.FirstOrDefault() is { } place ? (place.Evidence, place.StartLine) : (signal.Name, 0))
        .Select(same => same.OrderBy(Rank).ThenByDescending(signal => signal.Severity).First())
        .OrderByDescending(signal => signal.Role() is not SignalRole.Oddity)
        .ThenByDescending(signal => signal.Severity)
        .Take(MaxEntries)
        .OrderBy(signal => signal.StartTime.ToDateTimeOffset())
        .ThenBy(signal => signal.Kind, StringComparer.Ordinal)
        .Select(signal => new Proto.TimelineEntry { Time = signal.StartTime, Text = SignalText.Sentence(signal),
            Citations = { signal.Citations } });

    private static int Rank(Data.Signal signal) => Array.IndexOf(s_least, signal.Kind) is >= 0 and var rank ? rank + 2
        : signal.Role() == SignalRole.Statement ? 1
        : 0;
}
