using System.Globalization;
using System.Text;
using FaultMaven.Data.Tests.Hosting;
using FaultMaven.Protos.Data.V1;
using FaultMaven.Protos.Session.V1;
using Grpc.Core;
using static FaultMaven.Data.Tests.Hosting.DataClientExtensions;

namespace FaultMaven.Data.Tests.Evidence;

public sealed class ReadingMetricsOverTime(DataHost host)
{
    private static readonly DateTimeOffset s_start = new(2026, 5, 4, 3, 0, 0, TimeSpan.Zero);

    private readonly string _parent = NewCase();

    [Fact]
    public async Task Gives_each_column_of_a_table_with_its_lines()
    {
        var evidence = await UploadTableAsync(points: 10);

        var series = await QueryAsync(new());

        Assert.Equal(["queue_depth", "cpu_percent"], series.Select(found => found.Metric).Order().Reverse());
        var queue = series.Single(found => found.Metric == "queue_depth");
        Assert.Equal((evidence.Name, "metrics.csv", 10), (queue.Evidence, queue.FileName, queue.PointCount));
        Assert.Equal(Enumerable.Range(2, 10), queue.Points.Select(point => (int)point.Line));
        Assert.Equal(s_start, queue.Points[0].Time.ToDateTimeOffset());
        Assert.Equal(900, queue.Points.Max(point => point.Value));
    }

    [Fact]
    public async Task Gives_series_of_a_document_in_order_of_time()
    {
        await host.Client.UploadAsync(
            _parent,
            "metrics.json",
            """
            {"metrics": [{"metric_name": "heap_mib", "unit": "MiB", "datapoints": [
              {"timestamp": "2026-05-04T03:02:00Z", "value": 30},
              {"timestamp": "2026-05-04T03:01:00Z", "value": 20},
              {"timestamp": "2026-05-04T03:00:00Z", "value": 10}]}]}
            """,
            EvidenceType.Metrics);

        var heap = Assert.Single(await QueryAsync(new()));

        Assert.Equal(("heap_mib", "MiB"), (heap.Metric, heap.Unit));
        Assert.Equal([10, 20, 30], heap.Points.Select(point => point.Value));
    }

    [Fact]
    public async Task Keeps_the_peak_where_it_leaves_points_out()
    {
        await UploadTableAsync(points: 5_000);

        var queue = Assert.Single(await QueryAsync(new() { Metric = "queue_depth", MaxPoints = 50 }));

        Assert.InRange(queue.Points.Count, 2, 50);
        Assert.Equal(5_000, queue.PointCount);
        Assert.Equal(900, queue.Points.Max(point => point.Value));
        Assert.Equal(queue.Points.OrderBy(point => point.Time.ToDateTimeOffset()), queue.Points);
    }

    [Fact]
    public async Task Puts_what_is_remarkable_first()
    {
        await UploadTableAsync(points: 120, stays: true);

        var first = Assert.Single(await QueryAsync(new() { MaxResults = 1 }));

        Assert.Equal("queue_depth", first.Metric);
    }

    [Fact]
    public async Task Refuses_a_case_that_does_not_exist()
    {
        host.Session.Set(_parent, Case.Types.State.Unspecified);

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await QueryAsync(new()));

        Assert.Equal(StatusCode.NotFound, refused.StatusCode);
    }

    // A steady processor, and a queue that peaks once, or rises and stays there.
    private Task<Proto.Evidence> UploadTableAsync(int points, bool stays = false)
    {
        var table = new StringBuilder("timestamp,cpu_percent,queue_depth\n");
        for (var i = 0; i < points; i++)
        {
            var queue = i == points / 2 || (stays && i > points / 2) ? 900 : 3;
            table.Append(CultureInfo.InvariantCulture, $"{s_start.AddSeconds(30 * i):yyyy-MM-ddTHH:mm:ssZ},{20 + (i % 2)},{queue}\n");
        }

        return host.Client.UploadAsync(_parent, "metrics.csv", $"{table}", EvidenceType.Metrics);
    }

    private async Task<IReadOnlyList<MetricSeries>> QueryAsync(QueryMetricSeriesRequest request)
    {
        request.Parent = _parent;
        return (await host.Client.QueryMetricSeriesAsync(request, cancellationToken: Cancel)).Series;
    }
}
