using FaultMaven.Data.Analysis.Documents.Metrics;
using FaultMaven.Data.Sources;
using FaultMaven.Data.Store;
using Google.Protobuf.WellKnownTypes;

namespace FaultMaven.Data.Query.Metrics;

/// <summary>Reads the metrics of a case over time from its evidence, as many points as a picture needs.</summary>
internal sealed class MetricSeriesQuery(EvidenceListing listing, IBlobStore blobs)
{
    private const string Kinds = "metric.";

    /// <summary>The series of a case, those with a remarkable signal first, then in the order of the evidence.</summary>
    /// <param name="parent">The case.</param>
    /// <param name="metric">Only metrics of this name; empty for all.</param>
    /// <param name="maxSeries">How many at most.</param>
    /// <param name="maxPoints">How many points of each at most.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<IReadOnlyList<Proto.MetricSeries>> ReadAsync(
        CaseName parent, string metric, int maxSeries, int maxPoints, CancellationToken cancellationToken)
    {
        var remarkable = (await listing.ListSignalsAsync(parent, cancellationToken))
            .Where(signal => signal.Kind.StartsWith(Kinds, StringComparison.Ordinal) && signal.State != Proto.SignalState.Normal)
            .Select(signal => signal.Subject)
            .ToHashSet(StringComparer.Ordinal);
        var series = new List<Proto.MetricSeries>();
        await foreach (var evidence in listing.ReadAllAsync(parent, cancellationToken))
        {
            if (evidence.Type == Proto.EvidenceType.Metrics
                && EvidenceName.TryParse(evidence.Name, out var name)
                && await blobs.TryOpenReadAsync(name, evidence.ContentSha256, cancellationToken) is { } stream)
            {
                using var reader = new StoredTextReader(stream);
                series.AddRange(SeriesOf(SourceText.Read([], reader), cancellationToken)
                    .Where(found => metric.Length == 0 || found.Name == metric)
                    .Select(found => ToProto(found, evidence, maxPoints))
                    .Where(found => found.Points.Count > 1));
            }
        }

        return [.. series.OrderByDescending(found => remarkable.Contains($"metric/{found.Metric}")).Take(maxSeries)];
    }

    private static IReadOnlyList<MetricSeries> SeriesOf(SourceText text, CancellationToken cancellationToken) =>
        !StructuredDocument.IsJson(text.Text) ? MetricTextAnalyzer.SeriesOf(text, cancellationToken)
        : StructuredDocument.Read(text) is { } root
            ? [.. SeriesReader.SeriesOf(root, cancellationToken).Select(found => found.Sorted())]
        : [];

    private static Proto.MetricSeries ToProto(MetricSeries series, Proto.Evidence evidence, int maxPoints)
    {
        var timed = series.Points.Where(point => point.Time is not null && double.IsFinite(point.Value)).ToList();
        return new()
        {
            Metric = series.Name,
            Instance = series.Instance,
            Unit = series.Unit,
            Points =
            {
                Thinned(timed, maxPoints).Select(point => new Proto.MetricPoint
                {
                    Time = Timestamp.FromDateTimeOffset(point.Time!.Value),
                    Value = point.Value,
                    Line = point.At.First,
                }),
            },
            PointCount = timed.Count,
            Evidence = evidence.Name,
            FileName = evidence.FileName,
        };
    }

    // The lowest and the highest of each stretch: a mean would hide the peak that the series is shown for.
    private static IEnumerable<MetricPoint> Thinned(List<MetricPoint> points, int maxPoints)
    {
        if (points.Count <= maxPoints)
        {
            return points;
        }

        var stretches = Math.Max(1, maxPoints / 2);
        return Enumerable.Range(0, stretches).SelectMany(i =>
        {
            var (from, to) = ((int)((long)points.Count * i / stretches), (int)((long)points.Count * (i + 1) / stretches));
            var stretch = points[from..to];
            var (low, high) = (stretch.MinBy(point => point.Value), stretch.MaxBy(point => point.Value));
            return stretch.IndexOf(low) <= stretch.IndexOf(high) ? new[] { low, high } : [high, low];
        }).Distinct();
    }
}
