using FaultMaven.Data.Analysis.Measures;
using FaultMaven.Data.Analysis.Signals;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.Metrics;

/// <summary>
/// Gives each series one verdict: at its limit, on its way there, at another level than before, with a peak or a fall, or within bounds.
/// Noise, short peaks and use of two thirds of a limit are within bounds.
/// </summary>
internal sealed partial class MetricAnalyzer
{
    /// <summary>A resource that stays at this share of its limit counts as used up.</summary>
    private const double Saturated = 0.9;

    /// <summary>With this share or less left of what there was, a resource counts as used up.</summary>
    private const double NearlyNone = 0.05;

    /// <summary>A level that is this many times what it was is another level; more is asked where values vary by nature.</summary>
    private const double ShiftRatio = 1.5;

    private const double SpikeRatio = 4;
    private const double DropRatio = 0.25;
    private const int MaxQuietSignals = 120;

    private readonly MetricSeries _series;
    private readonly MetricMeaning _meaning;
    private readonly KnownLimit? _limit;
    private readonly string _unit;
    private readonly double[] _values;

    private MetricAnalyzer(MetricSeries series, MetricLimits limits)
    {
        _series = series;
        _values = [.. series.Points.Select(point => point.Value)];
        _unit = series.Unit.Length > 0 ? series.Unit : MetricMeaning.UnitOf(series.Name);
        _meaning = MetricMeaning.Of(series.Name, series.Unit, _values.Max());
        _limit = limits.For(series, _meaning);
    }

    private int Last => _values.Length - 1;

    /// <summary>The level at the end: the median of the last three values, so that one odd value decides nothing.</summary>
    private double Ending => SampleStatistics.Median(_values[Math.Max(0, _values.Length - 3)..]);

    public static void Judge(IEnumerable<MetricSeries> series, MetricLimits limits, SignalBuilder signals)
    {
        var quiet = 0;
        foreach (var found in series)
        {
            var counted = AsRate(found);
            if (counted.Points.Count == 0)
            {
                continue;
            }

            var judge = new MetricAnalyzer(counted, limits);
            signals.Saw(counted.Points[0].Time);
            signals.Saw(counted.Points[^1].Time);
            var draft = judge.Absence() ?? judge.Saturation() ?? judge.Exhaustion() ?? judge.Shift() ?? judge.Spike() ?? judge.Drop()
                ?? (quiet++ < MaxQuietSignals ? judge.WithinBounds() : null);
            if (draft is not null)
            {
                signals.Add(draft);
            }
        }
    }

    /// <summary>Counters only ever rise: what matters is by how much.</summary>
    private static MetricSeries AsRate(MetricSeries series) =>
        series.Points.Count > 2
            && (series.Name.EndsWith("_total", StringComparison.Ordinal) || series.Name.EndsWith("_count", StringComparison.Ordinal)
            || series.Name.EndsWith("_sum", StringComparison.Ordinal)
            || series.Name.EndsWith("_bucket", StringComparison.Ordinal))
            ? series.Increases() : series;

    /// <summary>Metrics that are 1 or 0 depending on whether a target answers: <c>up</c>, <c>pg_up</c>, <c>probe_success</c>.</summary>
    private SignalDraft? Absence()
    {
        var words = Names.Words(_series.Name);
        if (words is not ([.., "up"] or ["probe", "success"]) || Array.Exists(_values, value => value is not (0 or 1))
            || _values[Last] != 0)
        {
            return null;
        }

        var first = Array.FindLastIndex(_values, value => value == 1) + 1;
        return New("metric.target_down", Proto.Severity.Error, Proto.SignalState.Active,
            $"{_series.Title} is 0{When(Last)}: the target does not answer its scrapes.", first, [first, Last], [("value", Written(Last))],
            null);
    }

    private SignalDraft? Saturation()
    {
        if (_meaning.Bad == BadDirection.Low)
        {
            return Depletion();
        }

        // Traffic has no limit unless the evidence states one.
        if (_limit is not { Limit: > 0 } known
            || (_meaning.Bad == BadDirection.None && _meaning.Limit is not null && _meaning.Resource != "iops"
            && _meaning.Resource != "throughput"))
        {
            return null;
        }

        var threshold = Saturated * known.Limit;
        var lasting = Math.Min(_values.Length, Math.Max(3, (int)Math.Ceiling(0.15 * _values.Length)));
        var first = known.Since is { } since ? Math.Max(0, _series.Points.FindIndex(point => point.Time > since)) : 0;
        var run = SampleStatistics.LongestRun(_values[first..], value => value >= threshold);
        run.Start += first;
        var peak = IndexOf(_values.Max());
        var facts = new (string, object?)[] { ("value", Written(Last)), ("limit", known.Limit), ("peak", Written(peak)) };
        if (Ending >= threshold && run.Length >= Math.Min(lasting, 3))
        {
            var isFull = Ending >= 0.95 * known.Limit;
            return New("metric.saturated", isFull || _meaning.Resource == "cpu" ? Proto.Severity.Critical
                : Proto.Severity.Error, Proto.SignalState.Active,
                $"{_series.Title} is at {Told(Last)}{When(Last)}, close to or at its limit of {Limit(known.Limit)}; it started at "
                    + $"{Told(0)} and peaked at {Told(peak)}.", run.Start, [Last, peak, 0], facts, known.At);
        }

        // It climbs to the limit, falls, and climbs again: what a leak looks like whose process is killed and restarted.
        var falls = Enumerable.Range(1, Last).Count(i => _values[i - 1] >= threshold && _values[i] <= 0.6 * _values[i - 1]);
        if (_meaning.Resource == "memory" && falls >= 2 && _values.Max() >= 0.95 * known.Limit)
        {
            return New("metric.saturated", Proto.Severity.Error, Proto.SignalState.Active,
                $"{_series.Title} climbed close to its limit of {Limit(known.Limit)} and fell again {falls} times; it peaked at "
                    + $"{Told(peak)}{When(peak)} and is at {Told(Last)}.", peak, [peak, Last, 0], facts, known.At);
        }

        return run.Length >= lasting && run.Start + run.Length < _values.Length
            ? New("metric.saturated", Proto.Severity.Warning, Proto.SignalState.Recovered,
                $"{_series.Title} reached {Told(peak)}{When(peak)}, close to or at its limit of {Limit(known.Limit)}, and returned to "
                    + $"{Told(Last)}{When(Last)}.", run.Start, [peak, Last, 0], facts, known.At)
            : null;
    }

    /// <summary>Of what is free there is next to nothing left, or there was and now is again.</summary>
    private SignalDraft? Depletion()
    {
        if (_values.Length < 2 || _meaning.Resource is "latency" or "error_rate")
        {
            return null;
        }

        var whole = Math.Max(_limit?.Limit ?? 0, _values.Max());
        var lowest = IndexOf(_values.Min());
        if (whole <= 0 || _values.Min() < 0)
        {
            return null;
        }

        var facts =
            new (string, object?)[] { ("value", Written(Last)), ("limit", 0), ("low", Written(lowest)), ("capacity", _limit?.Limit) };
        if (Ending <= NearlyNone * whole && (_values[0] > NearlyNone * whole || _limit is not null))
        {
            return New("metric.saturated", Proto.Severity.Critical, Proto.SignalState.Active,
                $"{_series.Title} fell from {Told(0)} to {Told(Last)}{When(Last)}, close to zero.", lowest, [Last, 0, lowest], facts,
                _limit?.At);
        }

        // It runs out, is freed by a restart, and runs out again.
        var falls = Enumerable.Range(1, Last).Count(i => _values[i] <= NearlyNone * whole && _values[i - 1] > NearlyNone * whole);
        if (_meaning.Resource == "memory" && falls >= 2)
        {
            return New("metric.saturated", Proto.Severity.Error, Proto.SignalState.Active,
                $"{_series.Title} fell close to zero {falls} times, to a low of {Told(lowest)}{When(lowest)}, from {Told(0)}{When(0)}; "
                    + $"it is at {Told(Last)}.", lowest, [lowest, 0, Last], facts, _limit?.At);
        }

        var start = SampleStatistics.Median(_values.Take(3));
        var hasFallen = _values[lowest] <= 0.25 * start && Ending >= Math.Max(2.5 * _values[lowest], 0.5 * start) && lowest > 0
            && lowest < Last;
        return hasFallen
            ? New("metric.exhausting", Proto.Severity.Warning, Proto.SignalState.Recovered,
                $"{_series.Title} fell from {Told(0)} to {Told(lowest)}{When(lowest)} and recovered to {Told(Last)}{When(Last)}.", 0,
                [lowest, Last, 0], facts, _limit?.At)
            : null;
    }

    private SignalDraft? Exhaustion()
    {
        if (_values.Length < 4)
        {
            return null;
        }

        var slope = SampleStatistics.Slope(_values[(_values.Length / 2)..]);
        var start = SampleStatistics.Median(_values.Take(2));
        if (_meaning.Bad == BadDirection.Low && _meaning.Resource is not ("latency" or "error_rate"))
        {
            var falls = Enumerable.Range(1, Last).Count(i => _values[i] <= _values[i - 1]) >= 0.7 * Last;
            var isScarce = Ending <= 0.6 * start && (Ending + (slope * 2 * _values.Length) <= 0 || Ending <= 0.2 * start);
            return falls && isScarce && slope <= 0
                ? New("metric.exhausting", Proto.Severity.Error, Proto.SignalState.Active,
                    $"{_series.Title} fell from {Told(0)}{When(0)} to {Told(Last)}{When(Last)} and keeps falling.", 0, [Last, 0],
                    [("value", Written(Last)), ("limit", 0)], null)
                : null;
        }

        if (_limit is not { Limit: > 0 } known || _meaning.Bad != BadDirection.High || Ending < 0.75 * known.Limit)
        {
            return null;
        }

        return Ending - start >= 0.15 * known.Limit && slope > 0 && Ending + (slope * _values.Length) >= known.Limit
            && _values[Last] >= 0.97 * _values.Max()
            ? New("metric.exhausting", Proto.Severity.Warning, Proto.SignalState.Active,
                $"{_series.Title} rose from {Told(0)}{When(0)} to {Told(Last)}{When(Last)}, towards its limit of {Limit(known.Limit)}, "
                    + $"and keeps rising.", 0, [Last, 0],
                [("value", Written(Last)), ("limit", known.Limit)], known.At)
            : null;
    }

    private SignalDraft WithinBounds()
    {
        var low = IndexOf(_values.Min());
        var high = IndexOf(_values.Max());
        var range = low == high || _values[low] == _values[high] ? $"stayed at {Told(high)}"
            : $"stayed between {Told(low)} and {Told(high)}";
        var limit = _limit is { Limit: > 0 } known && _meaning.Bad == BadDirection.High ? $", below its limit of {Limit(known.Limit)}" : "";
        return New("metric.within_bounds", Proto.Severity.Info, Proto.SignalState.Normal,
            $"{_series.Title} {range}{limit}, within normal bounds; last {Told(Last)}{When(Last)}.", 0, [high, low, Last],
            [("min", Written(low)), ("max", Written(high)), ("value", Written(Last)), ("limit", _limit?.Limit)], _limit?.At);
    }
}
