using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.Metrics;

/// <summary>
/// Reads series out of a table: one column a metric (<c>time,cpu_percent,latency_ms</c>), or one row a value
/// (<c>time,metric,value</c>). Columns of words, such as a host, tell series apart.
/// </summary>
internal static class MetricTable
{
    private const int MaxSeries = 500;

    public static IReadOnlyList<MetricSeries> Read(SourceText text, CsvShape table, CancellationToken cancellationToken)
    {
        var series = new Dictionary<string, MetricSeries>();
        Layout? layout = null;
        var headerLine = 0;
        foreach (var (fields, at) in Csv.Rows(text, table.Separator))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (headerLine == 0)
            {
                headerLine = at.First;
                continue;
            }

            layout ??= Layout.Of(table.Header, fields);
            Take(fields, at.First, layout, series, headerLine);
        }

        return [.. series.Values];
    }

    private static void Take(IReadOnlyList<string> fields, int line, Layout layout, Dictionary<string, MetricSeries> series, int headerLine)
    {
        var time = layout.Time >= 0 && layout.Time < fields.Count ? Values.Time(fields[layout.Time]) : null;
        var labels =
            string.Join(", ", layout.Labels.Where(column => column < fields.Count && fields[column].Length > 0)
            .Select(column => fields[column]));
        if (layout.Name >= 0)
        {
            if (layout.Name < fields.Count && layout.Value < fields.Count)
            {
                Series(fields[layout.Name], "", line).Add(fields[layout.Value], time, line);
            }

            return;
        }

        foreach (var (column, name, unit) in layout.Metrics)
        {
            if (column < fields.Count)
            {
                Series(name, unit, headerLine).Add(fields[column], time, line);
            }
        }

        MetricSeries Series(string name, string unit, int nameLine)
        {
            var key = $"{name}\n{labels}";
            return series.TryGetValue(key, out var known) || series.Count >= MaxSeries
                ? known ?? series.Values.First()
                : series[key] = new MetricSeries(name, unit, labels, new LineRange(nameLine, nameLine));
        }
    }

    /// <summary>Which column holds what.</summary>
    private sealed record Layout(int Time, int Name, int Value, IReadOnlyList<int> Labels,
        IReadOnlyList<(int Column, string Name, string Unit)> Metrics)
    {
        public static Layout Of(IReadOnlyList<string> header, IReadOnlyList<string> first)
        {
            var time =
                Find(header, name => Names.IsOneOf(name, "time", "timestamp", "date", "datetime", "ts", "@timestamp", "_time", "time_utc"));
            time = time >= 0 ? time : Find(first, field => Values.Time(field) is not null);
            var name =
                Find(header, name =>
                Names.IsOneOf(name, "metric", "metric_name", "name", "series", "measurement", "_measurement", "_field"));
            var value = Find(header, name => Names.IsOneOf(name, "value", "_value", "val", "average", "avg", "maximum"));
            var isLong = name >= 0 && value >= 0 && name < first.Count && !Values.TryNumber(first[name], out _);
            var labels = Enumerable.Range(0, header.Count)
                .Where(column => column != time && !(isLong && (column == name || column == value))
                && (isLong
                    ? Names.IsOneOf(header[column], "host", "instance", "pod", "service", "node", "container", "label", "labels",
                    "dimension", "tags")
                    : column < first.Count && Values.Quantity(first[column].TrimEnd('%')) is null && first[column].Length > 0)).ToList();
            var metrics = Enumerable.Range(0, header.Count).Where(column => column != time && !labels.Contains(column))
                .Select(column => (column, UnitOf(header[column], out var unit), unit)).ToList();
            return new Layout(time, isLong ? name : -1, value, labels, metrics);
        }

        /// <summary><c>memory (MB)</c> and <c>cpu [%]</c> carry their unit.</summary>
        private static string UnitOf(string header, out string unit)
        {
            var open = header.AsSpan().IndexOfAny('(', '[');
            unit = open > 0 && header[^1] is ')' or ']' ? header[(open + 1)..^1].Trim() : header.EndsWith('%') ? "%" : "";
            return unit.Length > 0 && open > 0 ? header[..open].Trim() : header;
        }

        private static int Find(IReadOnlyList<string> fields, Func<string, bool> holds)
        {
            for (var i = 0; i < fields.Count; i++)
            {
                if (holds(fields[i]))
                {
                    return i;
                }
            }

            return -1;
        }
    }
}
