using System.Globalization;
using FaultMaven.Data.Analysis.Logs.Statistics;
using FaultMaven.Data.Analysis.Templates;

namespace FaultMaven.Data.Analysis.Logs.Signals;

/// <summary>Finds what is unusual by numbers alone: bursts, new templates, changes of rate and duration, silences.</summary>
internal sealed partial class LogStatistics
{
    private const int MaxErrors = 20;
    private const int MaxOfAKind = 5;
    private const int MinEntries = 100;
    private const int MinSilences = 50;

    // The last errors of a burst come more thinly than those in it; so many bins at most belong to it.
    private const int MaxEbb = 12;
    private static readonly TimeSpan s_minSilence = TimeSpan.FromMinutes(1);

    private readonly LogStatisticsCollector _collector;
    private readonly LogSignalWriter _writer;
    private readonly MinedTemplates _mined;
    private readonly List<(int Start, int End)> _bursts;
    private readonly int[] _all;
    private readonly LineSurprise _surprise;

    public LogStatistics(LogStatisticsCollector collector, LogSignalWriter writer)
    {
        _collector = collector;
        _writer = writer;
        _mined = collector.MineTemplates();
        _bursts = FindBursts();
        _all = All();
        _surprise = new LineSurprise(collector, _mined);
    }

    /// <summary>Errors by template, the most frequent ones.</summary>
    public IEnumerable<Proto.Signal> Errors()
    {
        var byTemplate = new Dictionary<int, OccurrenceStats>();
        foreach (var (shape, seen) in _collector.Errors)
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
            .Select(pair => _writer.OfErrors(_mined.Templates[pair.Key - 1], pair.Value, _surprise.Of(pair.Key, pair.Value.Worst.Level)));
    }

    /// <summary>Times in which errors came much denser than in the rest of the log.</summary>
    public IEnumerable<Proto.Signal> Bursts()
    {
        foreach (var (start, end) in _bursts.OrderByDescending(burst => Sum(burst.Start, burst.End)).Take(MaxOfAKind))
        {
            var bins = _collector.ErrorBins!;
            var (first, last) = (bins.FirstIn(start)!, bins.LastIn(end)!);
            var count = Sum(start, end);
            var seconds = Math.Max(1, (long)((last.Time ?? bins.StartOf(end)) - (first.Time ?? bins.StartOf(start))).TotalSeconds);
            var seen = new OccurrenceStats(first);
            seen.Add(first, _collector.Harmless);
            seen.Add(last, _collector.Harmless);
            var densest = _collector.DensestErrors.Last;
            var signal =
                _writer.Of("log.burst", seen,
                $"{count} errors within {seconds} s, far more than in the rest of the log, starting with {LogSignalWriter.Quote(first)}");
            signal.Severity = Proto.Severity.Error;
            signal.State = HarmlessAfter(end + Math.Min(end - start + 1, MaxEbb)) ? Proto.SignalState.Recovered : Proto.SignalState.Active;
            signal.Surprise = 0.9;
            signal.Attributes["count"] = count.ToString(CultureInfo.InvariantCulture);
            signal.Attributes["window_seconds"] = seconds.ToString(CultureInfo.InvariantCulture);
            if (densest.Order > first.Order && densest.Order < last.Order)
            {
                _writer.Cite(signal, [densest.Keep()]);
            }

            yield return signal;
        }
    }

    /// <summary>Templates of warnings and errors that were not there before trouble began.</summary>
    public IEnumerable<Proto.Signal> NewTemplates()
    {
        if (_collector.Entries < MinEntries)
        {
            yield break;
        }

        var fresh = Templates()
            .Where(pair =>
            FirstSeenDetector.IsNew(pair.Histories, _collector.Entries, _bursts.Count > 0
            ? _collector.ErrorBins!.FirstIn(_bursts[0].Start)?.Order : null));
        foreach (var (template, histories) in fresh.OrderByDescending(pair => pair.Histories.Sum(history => history.Count))
            .Take(MaxOfAKind))
        {
            var first = histories.MinBy(history => history.First.Order)!.First;
            var last = histories.MaxBy(history => history.Last.Order)!.Last.Keep();
            var seen = new OccurrenceStats(first) { Source = histories[0].Source, Host = histories[0].Host };
            seen.Add(first, _collector.Harmless);
            seen.Add(last, _collector.Harmless);
            var count = histories.Sum(history => history.Count);
            var signal =
                _writer.Of("log.new_template", seen,
                $"New since line {first.StartLine}, {LogSignalWriter.Entries(count)}: {LogSignalWriter.Quote(first)}");
            signal.Severity = Proto.Severity.Warning;
            signal.State = Proto.SignalState.Active;
            signal.Surprise = 0.6 + (0.2 * _surprise.Of(template.Id, histories.Max(history => history.Level)));
            signal.Attributes["count"] = count.ToString(CultureInfo.InvariantCulture);
            LogSignalWriter.SetTemplate(signal, template);
            LogSignalWriter.Set(signal, "level", histories.Max(history => history.Level).ToString().ToLowerInvariant());
            if (IncidentStart() is { } incident && first.Time is { } seenAt)
            {
                signal.Attributes["after_start_seconds"] = ((long)(seenAt - incident).TotalSeconds).ToString(CultureInfo.InvariantCulture);
            }

            yield return signal;
        }
    }

    // Where the first burst began.
    private DateTimeOffset? IncidentStart() => _bursts.Count > 0 ? _collector.ErrorBins!.FirstIn(_bursts[0].Start)?.Time : null;

    /// <summary>LogGaps much longer than usual.</summary>
    public IEnumerable<Proto.Signal> Gaps()
    {
        foreach (var silence in _collector.Gaps.Total >= MinSilences ? _collector.Gaps.Unusual(s_minSilence) : [])
        {
            var seen = new OccurrenceStats(silence.Before);
            seen.Add(silence.Before, _collector.Harmless);
            seen.Add(silence.After, _collector.Harmless);
            var seconds = (long)silence.Length.TotalSeconds;
            var signal =
                _writer.Of("log.gap", seen,
                $"The log is silent for {seconds} s between line {silence.Before.EndLine} and line {silence.After.StartLine}");
            signal.Severity = Proto.Severity.Warning;
            signal.State = Proto.SignalState.Recovered;
            signal.Surprise = 0.6;
            signal.Attributes["seconds"] = seconds.ToString(CultureInfo.InvariantCulture);
            yield return signal;
        }
    }

    private IEnumerable<(Template Template, List<TemplateHistory> Histories)> Templates() => _collector.Histories
        .GroupBy(pair => _mined.TemplateOf(pair.Key))
        .Select(group => (_mined.Templates[group.Key - 1], group.Select(pair => pair.Value).ToList()));

    private static int Fit(AdaptiveBins bins, DateTimeOffset end)
    {
        bins.FitTo(end);
        return Math.Clamp((int)((end - bins.StartOf(0)) / bins.Width), 1, AdaptiveBins.Count);
    }

    // All entries over time.
    private int[] All()
    {
        var all = new int[AdaptiveBins.Count];
        foreach (var level in System.Enum.GetValues<Proto.EntryLevel>())
        {
            if (_collector.BinsOf(level) is { } bins && _collector.EndTime is { } end)
            {
                bins.FitTo(end);
                for (var i = 0; i < all.Length; i++)
                {
                    all[i] += bins.Counts[i];
                }
            }
        }

        return all;
    }

    private bool HarmlessAfter(int bin) => _collector.ErrorBins is { } bins && _collector.EndTime is { } end
        && end - bins.StartOf(bin + 1) > TimeSpan.FromSeconds(30) && end - bins.StartOf(bin + 1) > 0.1 * (end - _collector.StartTime)
        && Sum(bin + 1, AdaptiveBins.Count - 1) <= (AdaptiveBins.Count - bin) * Median(bins.Counts);

    private static int Median(ReadOnlySpan<int> counts)
    {
        var sorted = counts.ToArray();
        Array.Sort(sorted);
        return sorted[sorted.Length / 2];
    }

    private long Sum(int start, int end)
    {
        var sum = 0L;
        for (var i = start; i <= end && i < AdaptiveBins.Count; i++)
        {
            sum += _collector.ErrorBins!.Counts[i];
        }

        return sum;
    }

    private List<(int Start, int End)> FindBursts()
    {
        if (_collector.ErrorBins is not { } bins || _collector.EndTime is not { } end || _collector.Entries < MinEntries / 2)
        {
            return [];
        }

        bins.FitTo(end);
        return ErrorBursts.Find(bins.Counts[..Math.Clamp((int)((end - bins.StartOf(0)) / bins.Width) + 1, 1, AdaptiveBins.Count)]);
    }
}
