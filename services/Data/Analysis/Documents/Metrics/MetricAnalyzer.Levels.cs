using FaultMaven.Data.Analysis.Measures;
using FaultMaven.Data.Analysis.Signals;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.Metrics;

/// <content>Levels, peaks and falls, judged against the series' own past.</content>
internal sealed partial class MetricAnalyzer
{
    private SignalDraft? Shift() => _meaning.Bad == BadDirection.Low ? null : Ramp() ?? Step();

    /// <summary>The second half of the series is far from where it began: a rise or a fall, sudden or slow.</summary>
    private SignalDraft? Ramp()
    {
        if (_values.Length < 5)
        {
            return null;
        }

        var before = SampleStatistics.Median(_values.Take(Math.Clamp(_values.Length / 6, 2, 10)));
        var after = SampleStatistics.Median(_values.Skip(_values.Length - Math.Clamp(_values.Length / 4, 3, 10)));
        var half = before + (0.5 * (after - before));
        var later = _values[(_values.Length / 2)..];
        var beyond = later.Count(value => after > before ? value >= half : value <= half);
        var isSteady = Enumerable.Range(1, Last)
            .Count(i => after > before ? _values[i] >= _values[i - 1] : _values[i] <= _values[i - 1]) >= 0.9 * Last;
        if (Math.Abs(after - before) < 6 * SampleStatistics.LocalNoise(_values) || (beyond < 0.9 * later.Length && !isSteady))
        {
            return null;
        }

        return Level(before, after);
    }

    /// <summary>Two levels, the second of which holds to the end.</summary>
    private SignalDraft? Step()
    {
        var split = SampleStatistics.ChangePoint(_values);
        if (split == 0)
        {
            return null;
        }

        var before = SampleStatistics.Median(_values.Take(split));
        var after = SampleStatistics.Median(_values.Skip(Math.Max(split, _values.Length - 5)));
        var isUp = after > before;
        var separation = SampleStatistics.Separation(_values.Take(split), _values[split..]);
        var isLasting = isUp ? Ending >= before + (0.5 * (after - before)) : Ending <= before - (0.5 * (before - after));
        return Math.Abs(after - before) >= 4 * SampleStatistics.Noise(_values.Take(split), before) && isLasting
            && (isUp ? separation >= 0.95 : separation <= 0.05)
            ? Level(before, after)
            : null;
    }

    private SignalDraft? Level(double before, double after)
    {
        var isUp = after > before;
        // It left where it was with the first value after which none is near that again.
        var step = after - before;
        var near = before
            + (Math.Sign(step) * Math.Max(0.05 * Math.Abs(step), Math.Min(0.2 * Math.Abs(step), 2 * SampleStatistics.LocalNoise(_values))));
        var since = Math.Min(Last, Array.FindLastIndex(_values, value => isUp ? value <= near : value >= near) + 1);
        var needed = _meaning.Resource is "cpu" or "memory" or "connections" or "iops" or "storage" or "threads" or "load" ? ShiftRatio : 2;
        var (low, high) = isUp ? (before, after) : (after, before);
        if (high < needed * Math.Max(low, _meaning.Floor) || high - low < 1e-9)
        {
            return null;
        }

        // What is bad when high and has come down for good has recovered.
        var isRelief = !isUp && _meaning.Bad == BadDirection.High && _meaning.Resource is not ("cpu" or "connections" or "memory");
        var isDrop = !isUp && !isRelief && after <= DropRatio * before;
        var ratio = high / Math.Max(low, Math.Max(_meaning.Floor / 2, 1e-9));
        var from = Math.Max(0, since - 1);
        var farthest = IndexOf(isUp ? _values[from..].Max() : _values[from..].Min());
        return New(
            isDrop ? "metric.drop" : "metric.shift", isRelief ? Proto.Severity.Info : ShiftSeverity(isUp, ratio), isRelief
                ? Proto.SignalState.Recovered : Proto.SignalState.Active,
            $"{_series.Title} {(isUp ? "rose" : "fell")} from {Told(from)}{When(from)} to {Told(Last)}{When(Last)} and stayed there"
                + $"{(farthest == Last ? "" : $"; the {(isUp ? "highest" : "lowest")} value was {Told(farthest)}")}.",
            since, [Last, from, farthest],
            isDrop ? [("baseline", Written(from)), ("low", Written(farthest))]
                : [("before", Written(from)), ("after", Written(Last)), ("peak", Written(farthest))],
            null);
    }

    private Proto.Severity ShiftSeverity(bool isUp, double ratio)
    {
        if (_limit is { Limit: > 0 } known && isUp && Ending < 0.8 * known.Limit)
        {
            return Proto.Severity.Info;
        }

        return _meaning.Bad == BadDirection.None ? ratio >= 3 ? Proto.Severity.Warning : Proto.Severity.Info
            : !isUp ? Proto.Severity.Info
            : ratio >= 4 ? Proto.Severity.Error : Proto.Severity.Warning;
    }

    private SignalDraft? Spike()
    {
        if (_meaning.Bad == BadDirection.Low || _values.Length < 5)
        {
            return null;
        }

        // The calm quarter is the baseline, so that a peak that lasts half of the time is still a peak.
        var usual = SampleStatistics.Quantile(_values, 0.25);
        var median = SampleStatistics.Median(_values);
        var noise = SampleStatistics.Noise(_values.Where(value => value <= median), usual);
        var threshold = Math.Max(SpikeRatio * Math.Max(usual, _meaning.Floor), usual + (6 * noise));
        // A rise from nothing at all is only telling if it is more than a few.
        threshold = Math.Max(threshold, _meaning.Floor == 0 && usual == 0 ? 10 : 0);
        if (_limit is { Limit: > 0 } known && _meaning.Bad == BadDirection.High && _values.Max() < 0.8 * known.Limit)
        {
            return null;
        }

        var run = SampleStatistics.LongestRun(_values, value => value > threshold);
        var above = _values.Count(value => value > threshold);
        // Many separate peaks are how such a metric is.
        if (run.Length == 0 || (above > 3 * run.Length && above > 0.2 * _values.Length))
        {
            return null;
        }

        var peak = IndexOf(_values.Max());
        var hasEnded = _values[Last] <= threshold;
        var isHarmless = _meaning.Bad == BadDirection.None || (hasEnded && run.Length <= 1);
        return New("metric.spike", isHarmless ? Proto.Severity.Info : Proto.Severity.Warning, hasEnded ? Proto.SignalState.Recovered
            : Proto.SignalState.Active,
            $"{_series.Title} peaked at {Told(peak)}{When(peak)}{(hasEnded ? $" and returned to {Told(Last)}{When(Last)}" : "")}; it "
                + $"started at {Told(0)}.", run.Start, [peak, Last, 0],
            [("baseline", Written(IndexOfNearest(usual))), ("peak", Written(peak))], null);
    }

    private SignalDraft? Drop()
    {
        if (_meaning.Bad == BadDirection.Low || _meaning.Resource is "latency" or "replication_lag" or "error_rate" or "queue"
            or "restarts" or "gc" or "load" || _values.Length < 5)
        {
            return null;
        }

        var usual = SampleStatistics.Quantile(_values, 0.75);
        var median = SampleStatistics.Median(_values);
        var noise = SampleStatistics.Noise(_values.Where(value => value >= median), usual);
        var threshold = Math.Min(DropRatio * usual, usual - (6 * noise));
        var run = SampleStatistics.LongestRun(_values, value => value <= threshold);
        if (usual <= _meaning.Floor || run.Length == 0 || run.Start == 0
            || _values.Count(value => value <= threshold) > 0.4 * _values.Length)
        {
            return null;
        }

        var lowest = IndexOf(_values.Min());
        var hasEnded = _values[Last] > threshold;
        var isOutage = _values[lowest] <= 0.05 * usual && _meaning.Resource is "connections" or "throughput" or "iops" or "network";
        return New("metric.drop", isOutage ? Proto.Severity.Error : Proto.Severity.Info, hasEnded ? Proto.SignalState.Recovered
            : Proto.SignalState.Active,
            $"{_series.Title} dropped to {Told(lowest)}{When(lowest)} from {Told(Math.Max(0, run.Start - 1))}"
                + $"{(hasEnded ? $" and returned to {Told(Last)}{When(Last)}" : "")}.", run.Start,
            [lowest, Math.Max(0, run.Start - 1), Last], [("baseline", Written(IndexOfNearest(usual))), ("low", Written(lowest))], null);
    }

    private SignalDraft New(
        string kind, Proto.Severity severity, Proto.SignalState state, string summary, int since, int[] telling,
        (string, object?)[] attributes, LineRange? limitAt)
    {
        var places = new List<LineRange?> { Whole(telling[0]), _series.NameAt };
        // Where the values are far apart, each value in the summary is cited.
        places.AddRange(telling.Select(index => (LineRange?)_series.Points[index].At));
        places.AddRange(telling.Take(2).Select(index => _series.Points[index].TimeAt));
        return new SignalDraft(kind, $"metric/{_series.Name}", summary, [.. places, limitAt])
        {
            Severity = severity,
            State = state,
            Surprise = severity >= Proto.Severity.Error ? 0.8 : severity == Proto.Severity.Warning ? 0.5 : 0.1,
            Start = _series.Points[since].Time ?? _series.Points[0].Time,
            End = _series.Points[^1].Time,
            Attributes =
                [("metric", _series.Name), ("resource", _meaning.Resource), ("unit", _unit), ("instance", _series.Instance),
                .. Statistics(), .. attributes],
        };
    }

    /// <summary>
    /// What is usual for the series; the high percentiles only where there are values enough to tell them from the highest.
    /// </summary>
    private IEnumerable<(string Name, object? Value)> Statistics()
    {
        if (_values.Length < 3)
        {
            yield break;
        }

        yield return ("mean", Rounded(_values.Average()));
        foreach (var (name, share, least) in ((string, double, int)[])[("p95", 0.95, 20), ("p99", 0.99, 100)])
        {
            if (_values.Length > least)
            {
                yield return (name, Rounded(_values.Order().ElementAt((int)Math.Ceiling(share * _values.Length) - 1)));
            }
        }

        static string Rounded(double value) => value.ToString("G6", System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>All values, if they stand close together; else the one at <paramref name="telling"/>.</summary>
    private LineRange? Whole(int telling)
    {
        var first = _series.Points.Min(point => point.At.First);
        var last = _series.Points.Max(point => point.At.Last);
        return last - first <= 60 ? new LineRange(first, last, _series.Points[telling].At.First) : _series.Points[telling].At;
    }

    private int IndexOf(double value) => Array.IndexOf(_values, value);

    private int IndexOfNearest(double value)
    {
        var best = 0;
        for (var i = 1; i < _values.Length; i++)
        {
            best = Math.Abs(_values[i] - value) < Math.Abs(_values[best] - value) ? i : best;
        }

        return best;
    }

    private string Written(int index) => _series.Points[Math.Max(0, index)].Written;

    private string Told(int index) => Amount.Of(Written(index), _values[Math.Max(0, index)], _unit);

    private string Limit(double limit) =>
        Amount.Of(limit.ToString("0.######", System.Globalization.CultureInfo.InvariantCulture), limit, _unit);

    private string When(int index) => _series.Points[Math.Max(0, index)].Time is { } time ? $" at {time:yyyy-MM-ddTHH:mm:ssZ}" : "";
}
