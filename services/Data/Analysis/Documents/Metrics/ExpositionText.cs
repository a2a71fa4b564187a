using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.Metrics;

/// <summary>
/// Reads the text format of Prometheus and OpenMetrics, several scrapes after another too: <c>http_requests_total{code="200"} 1027
/// 1395066363000</c>, <c>http_requests_total{code="200"} 1027 1395066363.5 # {trace_id="4bf92f35"} 1.0</c>. Exemplars are left out.
/// </summary>
internal static class ExpositionText
{
    private const int MaxSeries = 2000;

    public static IReadOnlyList<MetricSeries> Read(SourceText text, CancellationToken cancellationToken)
    {
        var series = new Dictionary<string, MetricSeries>();
        for (var number = 1; number <= text.LineCount; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var line = text.Line(number).Trim();
            if (line.IsEmpty || line[0] == '#')
            {
                continue;
            }

            var brace = line.IndexOfAny('{', ' ') is var mark and >= 0 && line[mark] == '{' ? mark : -1;
            var close = brace < 0 ? -1 : CloseOf(line, brace);
            var end = brace < 0 ? line.IndexOf(' ') : close + 1;
            if (end <= 0 || end >= line.Length)
            {
                continue;
            }

            var name = (brace > 0 ? line[..brace] : line[..end]).ToString();

            // Buckets of a histogram are not read one by one.
            if (name.EndsWith("_bucket", StringComparison.Ordinal))
            {
                continue;
            }

            var rest = line[end..].Trim();
            var exemplar = rest.IndexOf(" #", StringComparison.Ordinal);
            rest = exemplar < 0 ? rest : rest[..exemplar].TrimEnd();
            var space = rest.IndexOf(' ');
            var value = space < 0 ? rest : rest[..space];
            var time = space < 0 ? null : Values.Time(rest[(space + 1)..]);
            var key = line[..end].ToString();
            if (!series.TryGetValue(key, out var known) && series.Count < MaxSeries)
            {
                known = series[key] = new MetricSeries(name, "", brace > 0 ? LabelsOf(line[(brace + 1)..close])
                    : "", new LineRange(number, number));
            }

            known?.Add(value.ToString(), time, number);
        }

        return [.. series.Values];
    }

    /// <summary>Where the labels end that begin at <paramref name="open"/>: <c>{path="/{id}"}</c>; -1 if they do not end.</summary>
    private static int CloseOf(ReadOnlySpan<char> line, int open)
    {
        var isQuoted = false;
        for (var i = open + 1; i < line.Length; i++)
        {
            if (isQuoted && line[i] == '\\')
            {
                i++;
            }
            else if (line[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (line[i] == '}' && !isQuoted)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The values of <c>host="a",mode="idle"</c>.</summary>
    private static string LabelsOf(ReadOnlySpan<char> labels)
    {
        var values = new List<string>();
        while (values.Count < 3)
        {
            var open = labels.IndexOf('"');
            var length = open < 0 ? -1 : labels[(open + 1)..].IndexOf('"');
            if (length < 0)
            {
                break;
            }

            values.Add(labels.Slice(open + 1, length).ToString());
            labels = labels[(open + length + 2)..];
        }

        return string.Join(", ", values);
    }
}
