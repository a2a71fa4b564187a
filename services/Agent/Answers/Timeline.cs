using FaultMaven.Agents.Signals;

namespace FaultMaven.Agents.Answers;

/// <summary>What happened when, from the signals.</summary>
internal static class Timeline
{
    private const int MaxEntries = 24;

    public static IEnumerable<Proto.TimelineEntry> Of(CaseSignals signals) => signals.All
        .Where(signal => signal.StartTime is not null && signal.Role() is not SignalRole.Normal)
        .OrderByDescending(signal => signal.Role() is not SignalRole.Oddity)
        .ThenByDescending(signal => signal.Severity)
        .Take(MaxEntries)
        .OrderBy(signal => signal.StartTime.ToDateTimeOffset())
        .ThenBy(signal => signal.Kind, StringComparer.Ordinal)
        .Select(signal => new Proto.TimelineEntry { Time = signal.StartTime, Text = SignalText.Sentence(signal),
            Citations = { signal.Citations } });
}
