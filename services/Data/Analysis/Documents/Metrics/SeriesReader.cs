using FaultMaven.Data.Analysis.Signals;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.Metrics;

/// <summary>
/// Finds time series in answers of CloudWatch, Prometheus, Grafana, Datadog and tools that flattened them, and judges them.
/// </summary>
internal sealed class SeriesReader : IDocumentReader
{
    private static readonly string[] s_names =
        ["metric_name", "metricName", "metric", "label", "name", "target", "display_name", "legend", "id"];
    private static readonly string[] s_units = ["unit", "units", "unit_name"];
    private static readonly string[] s_values = ["value", "average", "maximum", "minimum", "sum", "avg", "max", "p99", "v", "y"];
    private static readonly string[] s_times = ["timestamp", "time", "ts", "date", "t", "x", "start_time"];

    public void Read(Node root, SignalBuilder signals, CancellationToken cancellationToken)
    {
        var series = SeriesOf(root, cancellationToken);
        MetricAnalyzer.Judge(series.Where(found => found.Points.Count > 0), MetricLimits.Of(root, series), signals);
    }

    /// <summary>The series in a document.</summary>
    public static IReadOnlyList<MetricSeries> SeriesOf(Node root, CancellationToken cancellationToken)
    {
        var series = new List<MetricSeries>();
        foreach (var (node, name) in root.Walk())
        {
            cancellationToken.ThrowIfCancellationRequested();
            // The load of a database is judged by what the database can serve.
            if (node.IsMap && !Names.IsOneOf(name, "db_load", "load"))
            {
                series.AddRange(Of(node, name));
            }
        }

        return series;
    }

    private static IEnumerable<MetricSeries> Of(Node node, string name)
    {
        if (node.First("timestamps", "times") is { IsList: true } times && node.First("values", "data") is { IsList: true } values)
        {
            yield return Zip(Named(node, name), times, values);
        }
        else if (node.First("metric") is { IsMap: true } labels && node.First("values", "value", "histogram") is { IsList: true } samples)
        {
            yield return Prometheus(node, labels, samples);
        }
        else if (node.First("schema/fields") is { IsList: true } fields && node.First("data/values") is { IsList: true } columns)
        {
            foreach (var series in Frame(node, fields, columns))
            {
                yield return series;
            }
        }
        else if (node.First("datapoints", "data_points", "pointlist", "points", "samples", "series_data") is { IsList: true,
            Items.Count: > 0 } points)
        {
            yield return Points(Named(node, name), points);
        }
        else if (node.First("values", "data") is { IsList: true, Items: [{ Kind: NodeKind.List or NodeKind.Map }, ..] } pairs
            && node.First("metric_name", "metricName", "metric", "label", "target", "name") is { IsScalar: true })
        {
            yield return Points(Named(node, name), pairs);
        }
    }

    private static MetricSeries Named(Node node, string name)
    {
        var named = node.First(s_names) ?? node;
        var dimensions = node.First("dimensions", "labels", "tags", "scope");
        var limit = node.First("limit", "max_limit", "capacity", "quota", "hard_limit");
        return new MetricSeries(named.IsScalar ? named.Text : name, node.TextOf(s_units), InstanceOf(dimensions), named)
        {
            Limit = Values.TryNumber(limit?.Text, out var most) ? most : null,
            LimitAt = limit,
        };
    }

    /// <summary>
    /// Of <c>[{"Name": "DBInstanceIdentifier", "Value": "db-1"}]</c>, <c>{"pod": "web-0"}</c> or <c>host:web-0</c> what was measured.
    /// </summary>
    private static string InstanceOf(Node? dimensions) => dimensions switch
    {
        { IsList: true } =>
            string.Join(", ", dimensions.Items.Select(item => item.IsMap ? item.TextOf("value") : item.Text).Where(text => text.Length > 0)
            .Take(3)),
        { IsMap: true } =>
            string.Join(", ", dimensions.Members.Where(member => member.Value.IsScalar).Select(member => member.Value.Text).Take(3)),
        { IsScalar: true } => dimensions.Text,
        _ => "",
    };

    private static MetricSeries Zip(MetricSeries series, Node times, Node values)
    {
        for (var i = 0; i < Math.Min(times.Items.Count, values.Items.Count); i++)
        {
            series.Add(values.Items[i], times.Items[i]);
        }

        return series.Sorted();
    }

    /// <summary><c>{"metric": {"__name__": "up", "pod": "web-0"}, "values": [[1714557600, "1"], …]}</c>.</summary>
    private static MetricSeries Prometheus(Node node, Node labels, Node samples)
    {
        var named = labels.First("__name__");
        var telling =
            labels.Members.Where(member => member.Name is "pod" or "container" or "instance" or "node" or "host" or "service" or "job"
            or "namespace" or "device" or "mountpoint" or "queue" or "topic")
            .Select(member => member.Value.Text);
        var series = new MetricSeries(named?.Text ?? "value", node.TextOf(s_units), string.Join(", ", telling.Take(3)), named ?? labels);
        var pairs = samples.Items is [{ IsScalar: true }, ..] ? [samples] : samples.Items;
        foreach (var pair in pairs)
        {
            if (pair.Items is [var time, var value, ..])
            {
                series.Add(value, time);
            }
        }

        return series.Sorted();
    }

    private static IEnumerable<MetricSeries> Frame(Node node, Node fields, Node columns)
    {
        var timeIndex = fields.Items.ToList().FindIndex(field => Names.Same(field.TextOf("type"), "time"));
        for (var i = 0; i < Math.Min(fields.Items.Count, columns.Items.Count); i++)
        {
            var field = fields.Items[i];
            if (i == timeIndex || (field.TextOf("type") is { Length: > 0 } type && !Names.Same(type, "number")) || !columns.Items[i].IsList)
            {
                continue;
            }

            var named = field.First("config/displayNameFromDS", "config/displayName") ?? node.First("schema/name") ?? field.First("name")
                ?? field;
            var series = new MetricSeries(named.IsScalar ? named.Text
                : "value", field.TextOf("config/unit", "unit"), InstanceOf(field.First("labels")), named);
            var times = timeIndex >= 0 && timeIndex < columns.Items.Count ? columns.Items[timeIndex].Items : [];
            for (var row = 0; row < columns.Items[i].Items.Count; row++)
            {
                series.Add(columns.Items[i].Items[row], row < times.Count ? times[row] : null);
            }

            yield return series.Sorted();
        }
    }

    /// <summary>Points as maps, as <c>[time, value]</c> (Datadog) or as <c>[value, time]</c> (Grafana's old API).</summary>
    private static MetricSeries Points(MetricSeries series, Node points)
    {
        var unit = series.Unit;
        var result = series;
        foreach (var point in points.Items)
        {
            if (point.IsMap && point.First(s_values) is { IsScalar: true } value)
            {
                if (unit.Length == 0 && point.TextOf(s_units) is { Length: > 0 } told)
                {
                    unit = told;
                    result = series with { Unit = told };
                }

                result.Add(value, point.First(s_times));
            }
            else if (point.Items is [var one, var other])
            {
                var isTimeLast = Values.Time(one.Text) is null && Values.Time(other.Text) is not null;
                result.Add(isTimeLast ? one : other, isTimeLast ? other : one);
            }
            else if (point.IsScalar)
            {
                result.Add(point, null);
            }
        }

        return result.Sorted();
    }
}
