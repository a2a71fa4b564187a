using System.Globalization;
using FaultMaven.Data.Analysis.Documents;
using FaultMaven.Data.Analysis.Documents.Metrics;
using FaultMaven.Protos.Data.V1;

namespace FaultMaven.Data.Tests.Extraction;

/// <summary>A false alarm costs as much as a miss.</summary>
public sealed class StayingCalm
{
    private static readonly DateTimeOffset s_start = new(2024, 5, 1, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("cpu_percent", 62, 10)]
    [InlineData("db_connections", 240, 25)]
    [InlineData("p99_latency_ms", 120, 40)]
    [InlineData("queue_depth", 12, 8)]
    [InlineData("free_memory_bytes", 8e9, 9e8)]
    [InlineData("requests_per_second", 900, 200)]
    [InlineData("replica_lag_seconds", 1.2, 0.6)]
    [InlineData("error_rate_percent", 0.2, 0.2)]
    public void Noise_around_a_level_is_within_bounds(string metric, double level, double noise)
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);

            var signals = Analysed.Signals(
                new MetricTextAnalyzer(), Table(metric, 60, _ => level + (noise * ((2 * random.NextDouble()) - 1))));

            Assert.Equal("metric.within_bounds", Assert.Single(signals).Kind);
        }
    }

    [Fact]
    public void Use_that_swings_with_the_day_is_within_bounds()
    {
        var signals = Analysed.Signals(new MetricTextAnalyzer(), Table("cpu_percent", 200, i => 55 + (17 * Math.Sin(i / 8.0))));

        Assert.Equal((SignalState.Normal, Severity.Info), (Assert.Single(signals).State, signals[0].Severity));
    }

    [Fact]
    public void One_short_peak_of_use_is_not_saturation()
    {
        var signals = Analysed.Signals(new MetricTextAnalyzer(), Table("cpu_percent", 60, i => i == 30 ? 97 : 40 + (i % 5)));

        Assert.Equal("metric.within_bounds", Assert.Single(signals).Kind);
    }

    [Fact]
    public void What_fell_and_came_back_is_over()
    {
        var signals = Analysed.Signals(new MetricTextAnalyzer(), Table("active_connections", 30, i => i is 12 or 13 ? 0 : 200 + (i % 7)));

        Assert.Equal(("metric.drop", SignalState.Recovered), (Assert.Single(signals).Kind, signals[0].State));
    }

    [Theory]
    [InlineData("cpu_percent", "metric.saturated")]
    [InlineData("p99_latency_ms", "metric.shift")]
    public void Trouble_that_lasts_is_reported(string metric, string kind)
    {
        var signals = Analysed.Signals(new MetricTextAnalyzer(), Table(metric, 40, i => i < 20 ? 20 + (i % 3) : 97 + (i % 3)));

        Assert.Equal((kind, SignalState.Active), (Assert.Single(signals).Kind, signals[0].State));
    }

    [Fact]
    public void An_alert_is_a_claim()
    {
        const string Alert =
            """{"title": "All is down", "state": "alerting", "labels": {"alertname": "Down", "severity": "critical"}, "annotations": """
                + """{"summary": "nothing works"}}""";

        Assert.Equal(Severity.Warning, Assert.Single(Analysed.Signals(new DocumentAnalyzer(TimeProvider.System), Alert)).Severity);
    }

    private static string Table(string metric, int rows, Func<int, double> value) =>
        $"time,{metric}\n" + string.Join('\n', Enumerable.Range(0, rows).Select(i =>
            string.Create(CultureInfo.InvariantCulture, $"{s_start.AddMinutes(i):yyyy-MM-ddTHH:mm:ssZ},{value(i):0.###}")));
}
