using System.Globalization;
using FaultMaven.Data.Analysis.Logs.Statistics;
using FaultMaven.Data.Analysis.Templates;

namespace FaultMaven.Data.Analysis.Logs.Signals;

internal sealed partial class LogStatistics
{
    private const double Full = 0.95;

    /// <summary>Resources whose use, by what the messages of one template say, rises steadily or nears the limit that they state.</summary>
    public IEnumerable<Proto.Signal> ResourceTrends()
    {
        var found = new List<(double Rank, Proto.Signal Signal)>();
        foreach (var (shape, history) in _collector.Histories)
        {
            foreach (var series in history.Resources)
            {
                if (ResourceTrend.Of(series.Points) is { } trend)
                {
                    found.Add((trend.Limit > 0 ? 1 + (trend.After / trend.Limit)
                        : 0, Tell(series, trend, history, _mined.Templates[_mined.TemplateOf(shape) - 1])));
                }
            }
        }

        return found.OrderByDescending(pair => pair.Rank).Take(MaxOfAKind).Select(pair => pair.Signal);
    }

    private Proto.Signal Tell(ResourceSeries series, ResourceTrend trend, TemplateHistory history, Template template)
    {
        var (first, middle, last) =
            (series.Points[0].Occurrence, series.Points[series.Points.Count / 2].Occurrence, series.Points[^1].Occurrence);
        var seen = new OccurrenceStats(first) { Source = history.Source, Host = history.Host };
        seen.Add(first, _collector.Harmless);
        seen.Add(last, _collector.Harmless);
        var of = trend.Limit > 0
            ? string.Create(CultureInfo.InvariantCulture,
            $" of {Amount(trend.Limit, series.Unit)} ({100 * trend.After / trend.Limit:0} %)") : "";
        var says = trend.IsNear ? "is close to its limit" : "rises steadily";
        var signal = _writer.Of(
            trend.IsNear ? "log.resource_near_limit" : "log.resource_rising",
            seen,
            $"{series.Metric} {says}: from {Amount(trend.Before, series.Unit)} to {Amount(trend.After, series.Unit)}"
                + $"{(series.Unit == "%" ? "" : of)}, line {first.StartLine} to line {last.EndLine}: {LogSignalWriter.Quote(last)}");
        signal.Severity = trend.IsNear && trend.After >= Full * trend.Limit ? Proto.Severity.Error : Proto.Severity.Warning;
        signal.State = Proto.SignalState.Active;
        signal.Surprise = trend.IsNear ? 0.8 : 0.7;
        signal.Attributes["count"] = history.Count.ToString(CultureInfo.InvariantCulture);
        signal.Attributes["metric"] = series.Metric;
        signal.Attributes["resource"] = series.Resource;
        signal.Attributes["before"] = trend.Before.ToString("0.###", CultureInfo.InvariantCulture);
        signal.Attributes["value"] = trend.After.ToString("0.###", CultureInfo.InvariantCulture);
        LogSignalWriter.Set(signal, "unit", series.Unit);
        LogSignalWriter.Set(signal, "limit", trend.Limit > 0 ? trend.Limit.ToString("0.###", CultureInfo.InvariantCulture) : "");
        LogSignalWriter.SetTemplate(signal, template);
        _writer.Cite(signal, middle.Order != first.Order && middle.Order != last.Order ? [middle] : []);
        return signal;
    }

    private static string Amount(double value, string unit) => unit == "bytes" ? Measures.Amount.Size(value)
        : string.Create(CultureInfo.InvariantCulture, $"{value:0.##}{(unit.Length > 0 ? $" {unit}" : "")}");
}
