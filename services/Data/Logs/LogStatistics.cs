using System.Globalization;
using FaultMaven.Data.Templates;
using Google.Protobuf.WellKnownTypes;
using Proto = FaultMaven.Protos.Data.V1;

namespace FaultMaven.Data.Logs;

/// <summary>Finds what is unusual by numbers alone: bursts, new templates, changes of rate and duration, silences.</summary>
internal sealed class LogStatistics
{
    private const int MaxErrors = 20;
    private const int MaxOfAKind = 5;
    private const int MinBurst = 5;
    private const int MinEntries = 100;
    private const int MinTemplateCount = 40;
    private const int MinDurations = 30;
    private const int MinSilences = 50;
    private static readonly TimeSpan s_minSilence = TimeSpan.FromMinutes(1);

    private readonly LogSurvey _survey;
    private readonly LogSignalWriter _writer;
    private readonly MinedTemplates _mined;
    private readonly List<(int Start, int End)> _bursts;

    public LogStatistics(LogSurvey survey, LogSignalWriter writer)
    {
        _survey = survey;
        _writer = writer;
        _mined = survey.MineTemplates();
        _bursts = FindBursts();
    }

    /// <summary>Errors by template, the most frequent ones.</summary>
    public IEnumerable<Proto.Signal> Errors()
    {
        var byTemplate = new Dictionary<int, Occurrences>();
        foreach (var (shape, seen) in _survey.Errors)
        {
            var template = _mined.TemplateOf(shape);
            if (byTemplate.TryGetValue(template, out var known))
            {
                known.Add(seen);
            }
            else
            {
                byTemplate.Add(template, seen);
            }
        }

        return byTemplate.OrderByDescending(pair => pair.Value.Worst.Level).ThenByDescending(pair => pair.Value.Count).Take(MaxErrors)
            .Select(pair => _writer.OfErrors(_mined.Templates[pair.Key - 1].Text, pair.Value));
    }

    /// <summary>Times in which errors came much denser than in the rest of the log.</summary>
    public IEnumerable<Proto.Signal> Bursts()
    {
        foreach (var (start, end) in _bursts.OrderByDescending(burst => Sum(burst.Start, burst.End)).Take(MaxOfAKind))
        {
            var bins = _survey.ErrorBins!;
            var (first, last) = (bins.FirstIn(start)!, bins.LastIn(end)!);
            var count = Sum(start, end);
            var seconds = Math.Max(1, (long)((last.Time ?? bins.StartOf(end)) - (first.Time ?? bins.StartOf(start))).TotalSeconds);
            var seen = new Occurrences(first);
            seen.Add(first, _survey.Harmless);
            seen.Add(last, _survey.Harmless);
            var signal = _writer.Of("log.burst", seen, $"{count} errors within {seconds} s, much denser than in the rest of the log, beginning with {LogSignalWriter.Quote(first)}");
            signal.Severity = Proto.Severity.Error;
            signal.State = HarmlessAfter(end) ? Proto.SignalState.Recovered : Proto.SignalState.Active;
            signal.Surprise = 0.9;
            signal.Attributes["count"] = count.ToString(CultureInfo.InvariantCulture);
            signal.Attributes["window_seconds"] = seconds.ToString(CultureInfo.InvariantCulture);
            yield return signal;
        }
    }

    /// <summary>Templates of warnings and errors that were not there before trouble began.</summary>
    public IEnumerable<Proto.Signal> NewTemplates()
    {
        if (_bursts.Count == 0 || _survey.Entries < MinEntries || _survey.ErrorBins!.FirstIn(_bursts[0].Start) is not { } trouble || trouble.Order < _survey.Entries / 5)
        {
            yield break;
        }

        var fresh = Templates().Where(pair => pair.Histories.Min(history => history.First.Order) >= trouble.Order && pair.Histories.Max(history => history.Level) >= LogLevel.Warning
            && pair.Histories.Sum(history => history.Count) >= 3);
        foreach (var (template, histories) in fresh.OrderByDescending(pair => pair.Histories.Sum(history => history.Count)).Take(MaxOfAKind))
        {
            var first = histories.MinBy(history => history.First.Order)!.First;
            var last = histories.MaxBy(history => history.Last.Order)!.Last.Keep();
            var seen = new Occurrences(first) { Source = histories[0].Source, Host = histories[0].Host };
            seen.Add(first, _survey.Harmless);
            seen.Add(last, _survey.Harmless);
            var count = histories.Sum(history => history.Count);
            var signal = _writer.Of("log.new_template", seen, $"New since line {first.StartLine}, {LogSignalWriter.Entries(count)}: {LogSignalWriter.Quote(first)}");
            signal.Severity = Proto.Severity.Warning;
            signal.State = Proto.SignalState.Active;
            signal.Surprise = 0.7;
            signal.Attributes["count"] = count.ToString(CultureInfo.InvariantCulture);
            LogSignalWriter.Set(signal, "template", template.Text);
            LogSignalWriter.Set(signal, "level", histories.Max(history => history.Level).ToString().ToLowerInvariant());
            yield return signal;
        }
    }

    /// <summary>Templates that became lastingly much more or less frequent.</summary>
    public IEnumerable<Proto.Signal> RateChanges()
    {
        var found = new List<(double Ratio, Proto.Signal Signal)>();
        foreach (var (template, histories) in Templates())
        {
            if (histories is not [{ Bins: { } bins, Count: >= MinTemplateCount } history] || _survey.EndTime is not { } end)
            {
                continue;
            }

            bins.FitTo(end);
            var used = Math.Clamp((int)((end - bins.StartOf(0)) / bins.Width), 1, AdaptiveBins.Count);
            if (ChangePoint.OfRate(bins.Counts[..used]) is not { } change)
            {
                continue;
            }

            var perMinute = TimeSpan.FromMinutes(1) / bins.Width;
            var seen = new Occurrences(history.First) { Source = history.Source, Host = history.Host };
            seen.Add(history.First, _survey.Harmless);
            seen.Add(history.Last.Keep(), _survey.Harmless);
            var (before, after) = (change.Before * perMinute, change.After * perMinute);
            var signal = _writer.Of("log.rate_change", seen, string.Create(CultureInfo.InvariantCulture,
                $"From {before:0.#} to {after:0.#} a minute since {bins.StartOf(change.At):HH:mm:ss}: {LogSignalWriter.Quote(history.Last.Keep())}"));
            signal.State = Proto.SignalState.Active;
            signal.StartTime = bins.StartOf(change.At).ToTimestamp();
            signal.Surprise = 0.6;
            signal.Attributes["before"] = before.ToString("0.###", CultureInfo.InvariantCulture);
            signal.Attributes["after"] = after.ToString("0.###", CultureInfo.InvariantCulture);
            LogSignalWriter.Set(signal, "template", template.Text);
            found.Add((Math.Max(after / Math.Max(before, 0.01), before / Math.Max(after, 0.01)), signal));
        }

        return found.OrderByDescending(pair => pair.Ratio).Take(MaxOfAKind).Select(pair => pair.Signal);
    }

    /// <summary>Templates whose durations grew or shrank lastingly.</summary>
    public IEnumerable<Proto.Signal> LatencyShifts()
    {
        var found = new List<(double Ratio, Proto.Signal Signal)>();
        foreach (var history in _survey.Histories.Values)
        {
            var durations = history.DurationsInOrder;
            if (durations.Count < MinDurations || ChangePoint.OfLevel([.. durations.Select(duration => duration.Milliseconds)]) is not { } change)
            {
                continue;
            }

            var first = durations[change.At].Sighting;
            var seen = new Occurrences(first) { Source = history.Source, Host = history.Host };
            seen.Add(first, _survey.Harmless);
            seen.Add(durations[^1].Sighting, _survey.Harmless);
            var signal = _writer.Of("log.latency_shift", seen, string.Create(CultureInfo.InvariantCulture,
                $"Durations went from {change.Before:0.#} to {change.After:0.#} ms (medians) from line {first.StartLine} on: {LogSignalWriter.Quote(first)}"));
            signal.Severity = change.After > change.Before ? Proto.Severity.Warning : Proto.Severity.Info;
            signal.State = Proto.SignalState.Active;
            signal.Surprise = 0.8;
            signal.Attributes["before_ms"] = change.Before.ToString("0.###", CultureInfo.InvariantCulture);
            signal.Attributes["after_ms"] = change.After.ToString("0.###", CultureInfo.InvariantCulture);
            found.Add((change.After / Math.Max(change.Before, 0.001), signal));
        }

        return found.OrderByDescending(pair => pair.Ratio).Take(MaxOfAKind).Select(pair => pair.Signal);
    }

    /// <summary>Silences much longer than usual.</summary>
    public IEnumerable<Proto.Signal> Gaps()
    {
        var usual = _survey.Silences.Usual();
        foreach (var silence in _survey.Silences.Longest.Where(silence => _survey.Silences.Total >= MinSilences && silence.Length >= s_minSilence && silence.Length >= 10 * usual))
        {
            var seen = new Occurrences(silence.Before);
            seen.Add(silence.Before, _survey.Harmless);
            seen.Add(silence.After, _survey.Harmless);
            var seconds = (long)silence.Length.TotalSeconds;
            var signal = _writer.Of("log.gap", seen, $"The log is silent for {seconds} s between line {silence.Before.EndLine} and line {silence.After.StartLine}");
            signal.Severity = Proto.Severity.Warning;
            signal.State = Proto.SignalState.Recovered;
            signal.Surprise = 0.6;
            signal.Attributes["seconds"] = seconds.ToString(CultureInfo.InvariantCulture);
            yield return signal;
        }
    }

    private IEnumerable<(Template Template, List<TemplateHistory> Histories)> Templates() => _survey.Histories
        .GroupBy(pair => _mined.TemplateOf(pair.Key))
        .Select(group => (_mined.Templates[group.Key - 1], group.Select(pair => pair.Value).ToList()));

    private bool HarmlessAfter(int bin) => _survey.ErrorBins is { } bins && _survey.EndTime is { } end
        && end - bins.StartOf(bin + 1) > TimeSpan.FromSeconds(30) && end - bins.StartOf(bin + 1) > 0.1 * (end - _survey.StartTime)
        && Sum(bin + 1, AdaptiveBins.Count - 1) <= (AdaptiveBins.Count - bin) * Usual(bins.Counts);

    private long Sum(int start, int end)
    {
        var sum = 0L;
        for (var i = start; i <= end && i < AdaptiveBins.Count; i++)
        {
            sum += _survey.ErrorBins!.Counts[i];
        }

        return sum;
    }

    private static double Usual(ReadOnlySpan<int> counts)
    {
        var sorted = counts.ToArray();
        Array.Sort(sorted);
        return sorted[sorted.Length / 2];
    }

    // Neighbouring bins that hold at least five times the errors of a usual bin, and more than chance allows.
    private List<(int Start, int End)> FindBursts()
    {
        if (_survey.ErrorBins is not { } bins || _survey.EndTime is not { } end || _survey.Entries < MinEntries / 2)
        {
            return [];
        }

        bins.FitTo(end);
        var used = Math.Clamp((int)((end - bins.StartOf(0)) / bins.Width) + 1, 1, AdaptiveBins.Count);
        var counts = bins.Counts[..used];
        var usual = Usual(counts);
        var limit = Math.Max(MinBurst, Math.Max(5 * usual, usual + (6 * Math.Sqrt(usual))));
        var bursts = new List<(int Start, int End)>();
        for (var i = 0; i < used; i++)
        {
            // Bins may be narrow: three of them together count as one.
            var dense = counts[i] > 0 && counts[i] + (i > 0 ? counts[i - 1] : 0) + (i + 1 < used ? counts[i + 1] : 0) >= limit;
            if (dense && bursts.Count > 0 && i - bursts[^1].End <= 3)
            {
                bursts[^1] = (bursts[^1].Start, i);
            }
            else if (dense)
            {
                bursts.Add((i, i));
            }
        }

        // Errors all along are no burst.
        bursts.RemoveAll(burst => (burst.End - burst.Start + 1) * 2 > used && used > 4);
        return bursts;
    }
}
