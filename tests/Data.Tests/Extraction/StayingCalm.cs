using System.Globalization;
using FaultMaven.Data.Extraction;
using FaultMaven.Data.Extraction.Metrics;
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

            var signals = Analysed.Signals(new MetricTextAnalyzer(), Table(metric, 60, _ => level + (noise * ((2 * random.NextDouble()) - 1))));

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
    public void One_short_peak_of_use_is_no_saturation()
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
    public void Trouble_that_lasts_is_told(string metric, string kind)
    {
        var signals = Analysed.Signals(new MetricTextAnalyzer(), Table(metric, 40, i => i < 20 ? 20 + (i % 3) : 97 + (i % 3)));

        Assert.Equal((kind, SignalState.Active), (Assert.Single(signals).Kind, signals[0].State));
    }

    [Theory]
    [InlineData("replica_lag_seconds", 0.5, 37.8)]
    [InlineData("queue_depth", 3, 25)]
    [InlineData("heap_used_bytes", 2e8, 5e7)]
    public void A_straight_climb_is_another_level(string metric, double start, double step)
    {
        var signals = Analysed.Signals(new MetricTextAnalyzer(), Table(metric, 15, i => start + (i * step)));

        Assert.Equal(("metric.shift", SignalState.Active), (Assert.Single(signals).Kind, signals[0].State));
    }

    [Fact]
    public void A_climb_with_noise_is_another_level_too()
    {
        var random = new Random(7);

        var signals = Analysed.Signals(new MetricTextAnalyzer(), Table("replica_lag_seconds", 60, i => (i * 10) + (15 * random.NextDouble())));

        Assert.Equal("metric.shift", Assert.Single(signals).Kind);
    }

    [Fact]
    public void What_grows_late_is_not_called_normal()
    {
        var signals = Analysed.Signals(new MetricTextAnalyzer(), Table("p99_latency_ms", 20, i => i < 14 ? 100 + i : 100 + ((i - 13) * 26)));

        Assert.DoesNotContain(signals, signal => signal.State == SignalState.Normal);
    }

    [Fact]
    public void Memory_that_runs_out_again_and_again_is_used_up_however_much_is_free_now()
    {
        double[] free = [9e9, 8.9e9, 9e9, 4e9, 1e9, 9e7, 6e7, 8e9, 2e9, 4e8, 8e7, 6e7, 8e9, 7e9, 6e9];

        var signal = Assert.Single(Analysed.Signals(new MetricTextAnalyzer(), Table("free_memory_bytes", free.Length, i => free[i])));

        Assert.Equal(("metric.saturated", SignalState.Active), (signal.Kind, signal.State));
        Assert.False(signal.Attributes.ContainsKey("limit"));
    }

    [Fact]
    public void Transaction_ids_have_a_limit_that_need_not_be_told()
    {
        var signal = Assert.Single(Analysed.Signals(new MetricTextAnalyzer(), Table("MaximumUsedTransactionIDs", 10, i => 2.09e9 + (i * 5e6))));

        Assert.Equal(("metric.saturated", "transaction_ids", "2147483648"), (signal.Kind, signal.Attributes["resource"], signal.Attributes["limit"]));
    }

    [Fact]
    public void An_alert_is_what_somebody_claims()
    {
        const string Alert = """{"title": "All is down", "state": "alerting", "labels": {"alertname": "Down", "severity": "critical"}, "annotations": {"summary": "nothing works"}}""";

        Assert.Equal(Severity.Warning, Assert.Single(Analysed.Signals(new DocumentAnalyzer(), Alert)).Severity);
    }

    private static string Table(string metric, int rows, Func<int, double> value) =>
        $"time,{metric}\n" + string.Join('\n', Enumerable.Range(0, rows).Select(i =>
            string.Create(CultureInfo.InvariantCulture, $"{s_start.AddMinutes(i):yyyy-MM-ddTHH:mm:ssZ},{value(i):0.###}")));
}
