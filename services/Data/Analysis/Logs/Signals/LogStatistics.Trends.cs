using System.Globalization;
using FaultMaven.Data.Analysis.Logs.Statistics;
using Google.Protobuf.WellKnownTypes;

namespace FaultMaven.Data.Analysis.Logs.Signals;

internal sealed partial class LogStatistics
{
    private const int MinTemplateCount = 40;
    private const int MinDurations = 30;

    /// <summary>Templates that became permanently much more or less frequent.</summary>
    public IEnumerable<Proto.Signal> RateChanges()
    {
        var found = new List<(double Ratio, Proto.Signal Signal)>();
        foreach (var (template, histories) in Templates())
        {
            if (histories is not [{ Bins: { } bins, Count: >= MinTemplateCount } history] || _collector.EndTime is not { } end)
            {
                continue;
            }

            var used = Fit(bins, end);
            if (_all.Length < used)
            {
                continue;
            }

            if (ChangePoint.OfRate(bins.Counts[..used], _all.AsSpan(0, used)) is not { } change)
            {
                continue;
            }

            var perMinute = TimeSpan.FromMinutes(1) / bins.Width;
            var seen = new OccurrenceStats(history.First) { Source = history.Source, Host = history.Host };
            seen.Add(history.First, _collector.Harmless);
            seen.Add(history.Last.Keep(), _collector.Harmless);
            var (before, after) = (change.Before * perMinute, change.After * perMinute);
            var signal = _writer.Of("log.rate_change", seen, string.Create(CultureInfo.InvariantCulture,
                $"From {before:0.##} to {after:0.##} a minute since {bins.StartOf(change.At):HH:mm:ss}: "
                    + $"{LogSignalWriter.Quote(history.Last.Keep())}"));
            signal.State = Proto.SignalState.Active;
            signal.StartTime = bins.StartOf(change.At).ToTimestamp();
            // Of what stopped altogether nothing was seen since.
            signal.EndTime = signal.EndTime < signal.StartTime ? end.ToTimestamp() : signal.EndTime;
            signal.Surprise = 0.6;
            signal.Attributes["before"] = before.ToString("0.###", CultureInfo.InvariantCulture);
            signal.Attributes["after"] = after.ToString("0.###", CultureInfo.InvariantCulture);
            LogSignalWriter.SetTemplate(signal, template);
            found.Add((Math.Max(after / Math.Max(before, 0.01), before / Math.Max(after, 0.01)), signal));
        }

        return found.OrderByDescending(pair => pair.Ratio).Take(MaxOfAKind).Select(pair => pair.Signal);
    }

    /// <summary>Templates that came much more often for a while, errors aside: those are bursts.</summary>
    public IEnumerable<Proto.Signal> Surges()
    {
        var found = new List<(double Ratio, Proto.Signal Signal)>();
        foreach (var (template, histories) in Templates())
        {
            var history = histories.MaxBy(history => history.Count)!;
            if (history is not { Bins: { } bins, Count: >= MinTemplateCount, Level: < Proto.EntryLevel.Error }
                || _collector.EndTime is not { } end)
            {
                continue;
            }

            var densest = history.Densest.Last.Keep();
            if (Surge.Find(bins.Counts[..Fit(bins, end)]) is not { } surge || densest.Time < bins.StartOf(surge.Start - 1)
                || densest.Time > bins.StartOf(surge.End + 2))
            {
                continue;
            }

            var seen = new OccurrenceStats(densest) { Source = history.Source, Host = history.Host };
            seen.Add(densest, _collector.Harmless);
            var seconds = (long)((surge.End - surge.Start + 1) * bins.Width).TotalSeconds;
            var usual = surge.Usual * (surge.End - surge.Start + 1);
            var signal = _writer.Of("log.surge", seen, string.Create(CultureInfo.InvariantCulture,
                $"{LogSignalWriter.Entries(surge.Count)} within {seconds} s, where about {usual:0} are usual, around line "
                    + $"{densest.StartLine}: {LogSignalWriter.Quote(densest)}"));
            signal.Severity = history.Level == Proto.EntryLevel.Warning ? Proto.Severity.Warning : Proto.Severity.Info;
            signal.State = surge.End < bins.Counts.Length && bins.StartOf(surge.End + 2) < end ? Proto.SignalState.Recovered
                : Proto.SignalState.Active;
            signal.StartTime = bins.StartOf(surge.Start).ToTimestamp();
            signal.EndTime = bins.StartOf(surge.End + 1).ToTimestamp();
            signal.Surprise = 0.6;
            signal.Attributes["count"] = surge.Count.ToString(CultureInfo.InvariantCulture);
            signal.Attributes["usual"] = usual.ToString("0.#", CultureInfo.InvariantCulture);
            signal.Attributes["window_seconds"] = seconds.ToString(CultureInfo.InvariantCulture);
            LogSignalWriter.SetTemplate(signal, template);
            found.Add((surge.Count / Math.Max(usual, 1), signal));
        }

        return found.OrderByDescending(pair => pair.Ratio).Take(MaxOfAKind).Select(pair => pair.Signal);
    }

    /// <summary>Templates whose durations rose or fell permanently.</summary>
    public IEnumerable<Proto.Signal> LatencyShifts()
    {
        var found = new List<(double Ratio, Proto.Signal Signal)>();
        foreach (var history in _collector.Histories.Values)
        {
            var durations = history.DurationsInOrder;
            if (durations.Count < MinDurations
                || LevelShift.Find([.. durations.Select(duration => duration.Milliseconds)]) is not { } shift)
            {
                continue;
            }

            var (first, last) = (durations[shift.Start].Occurrence, durations[shift.End - 1].Occurrence);
            var seen = new OccurrenceStats(first) { Source = history.Source, Host = history.Host };
            seen.Add(first, _collector.Harmless);
            seen.Add(last, _collector.Harmless);
            var farthest = Farthest(durations, shift);
            var lasts = shift.End == durations.Count;
            var signal = _writer.Of("log.latency_shift", seen, string.Create(CultureInfo.InvariantCulture,
                $"Durations went from {shift.Before:0.#} to {shift.After:0.#} ms (medians) from line {first.StartLine} "
                    + $"{(lasts ? "on" : $"to line {last.EndLine}")}: {LogSignalWriter.Quote(first)}"));
            signal.Severity = shift.After > shift.Before ? Proto.Severity.Warning : Proto.Severity.Info;
            signal.State = lasts ? Proto.SignalState.Active : Proto.SignalState.Recovered;
            signal.Surprise = 0.8;
            signal.Attributes["before_ms"] = shift.Before.ToString("0.###", CultureInfo.InvariantCulture);
            signal.Attributes["after_ms"] = shift.After.ToString("0.###", CultureInfo.InvariantCulture);
            if (farthest.Order != first.Order && farthest.Order != last.Order)
            {
                _writer.Cite(signal, [farthest]);
            }

            found.Add((shift.After / Math.Max(shift.Before, 0.001), signal));
        }

        return found.OrderByDescending(pair => pair.Ratio).Take(MaxOfAKind).Select(pair => pair.Signal);
    }

    private static Occurrence Farthest(IReadOnlyList<(double Milliseconds, Occurrence Occurrence)> durations, LevelShift shift)
    {
        var stretch = durations.Skip(shift.Start).Take(shift.End - shift.Start);
        return (shift.After > shift.Before ? stretch.MaxBy(duration => duration.Milliseconds)
            : stretch.MinBy(duration => duration.Milliseconds)).Occurrence;
    }
}
