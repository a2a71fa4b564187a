using System.Globalization;
using System.Text;
using FaultMaven.Data.Analysis.Documents;
using FaultMaven.Data.Analysis.Documents.Metrics;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Tests.Extraction;

public sealed class ReadingMetrics
{
    [Fact]
    public void Saturation_recovery_and_a_fall_are_distinguished_also_when_the_newest_value_comes_first() => Analysed.Tells(
        new DocumentAnalyzer(TimeProvider.System),
        """
        {"MetricDataResults": [
          {"Label": "CPUUtilization", "Unit": "Percent",
           "Timestamps": ["2024-05-01T10:05:00Z", "2024-05-01T10:04:00Z", "2024-05-01T10:03:00Z", "2024-05-01T10:02:00Z",
            "2024-05-01T10:01:00Z", "2024-05-01T10:00:00Z"],
           "Values": [96.5,
             95.5,
             94.0,
             93.0,
             40.0,
             20.0]},
          {"Label": "FreeStorageSpace", "Unit": "Bytes",
           "Timestamps": ["2024-05-01T10:00:00Z", "2024-05-01T10:01:00Z", "2024-05-01T10:02:00Z", "2024-05-01T10:03:00Z",
            "2024-05-01T10:04:00Z", "2024-05-01T10:05:00Z"],
           "Values": [40000000000, 30000000000, 5000000000, 4000000000, 90000000000, 91000000000]},
          {"Label": "DatabaseConnections", "Unit": "Count",
           "Timestamps": ["2024-05-01T10:00:00Z", "2024-05-01T10:01:00Z", "2024-05-01T10:02:00Z", "2024-05-01T10:03:00Z",
            "2024-05-01T10:04:00Z", "2024-05-01T10:05:00Z"],
           "Values": [120, 118, 0, 119, 121, 120]}
        ]}
        """,
        [
            "Critical Active metric.saturated metric/CPUUtilization at 5-10, 2-3",
            "Error Recovered metric.drop metric/DatabaseConnections at 18, 15-16",
            "Warning Recovered metric.exhausting metric/FreeStorageSpace at 13-14, 11-12",
        ]);

    [Fact]
    public void One_time_that_cannot_be_read_leaves_the_others_in_order() => Analysed.Tells(
        new DocumentAnalyzer(TimeProvider.System),
        """
        {"Label": "CPUUtilization", "Unit": "Percent",
         "Timestamps": ["2024-05-01T10:05:00Z", "2024-05-01T10:04:00Z", "10:03", "2024-05-01T10:02:00Z", "2024-05-01T10:01:00Z",
          "2024-05-01T10:00:00Z"],
         "Values": [96.5, 95.5, 94.0, 93.0, 40.0, 20.0]}
        """,
        ["Critical Active metric.saturated metric/CPUUtilization at 4, 1-2"]);

    [Fact]
    public void An_alert_that_ends_before_it_began_is_reported_in_the_order_of_time()
    {
        const string Alert =
            """{"alerts": [{"status": "resolved", "labels": {"alertname": "Slow"}, "startsAt": "2024-05-01T10:05:00Z","""
                + """ "endsAt": "2024-05-01T10:00:00Z"}]}""";

        var signal = Assert.Single(Analysed.Signals(new DocumentAnalyzer(TimeProvider.System), Alert));

        Assert.Equal((0, 5), (signal.StartTime.ToDateTime().Minute, signal.EndTime.ToDateTime().Minute));
    }

    [Theory]
    [InlineData("requests_per_second")]
    [InlineData("latency_ms")]
    public void A_long_series_costs_linear_time(string name)
    {
        var text = new StringBuilder($"time,{name}\n");

        for (var i = 0; i < 20_000; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{1_714_557_600 + i},{100 + (i % 7)}\n");
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));

        Assert.Equal("metric.within_bounds", Assert.Single(Analysed.Signals(new MetricTextAnalyzer(), text.ToString())).Kind);
        limit.Token.ThrowIfCancellationRequested();
    }

    [Fact]
    public void A_queue_that_grows_is_another_level_and_a_few_errors_are_none() => Analysed.Tells(
        new DocumentAnalyzer(TimeProvider.System),
        """
        {"status": "success", "data": {"resultType": "matrix", "result": [
          {"metric": {"__name__": "queue_depth", "queue": "mail"},
           "values": [[1714557600, "1"], [1714557660, "2"], [1714557720, "1"], [1714557780, "400"], [1714557840, "600"],
            [1714557900, "900"], [1714557960, "1200"]]},
          {"metric": {"__name__": "http_errors_total", "service": "web"},
           "values": [[1714557600, "10"], [1714557660, "10"], [1714557720, "11"], [1714557780, "11"], [1714557840, "12"],
            [1714557900, "12"], [1714557960, "13"]]}
        ]}}
        """,
        [
            "Error Active metric.shift metric/queue_depth at 2-4",
            "Info Normal metric.within_bounds metric/http_errors_total at 5-7",
        ]);

    [Fact]
    public void A_table_has_a_series_in_each_column() => Analysed.Tells(
        new MetricTextAnalyzer(),
        """
        time,p99_latency_ms,disk_used_percent,requests_per_second
        2024-05-01T10:00:00Z,80,60,50
        2024-05-01T10:01:00Z,82,64,51
        2024-05-01T10:02:00Z,79,68,49
        2024-05-01T10:03:00Z,2200,72,50
        2024-05-01T10:04:00Z,2400,76,52
        2024-05-01T10:05:00Z,2300,80,50
        2024-05-01T10:06:00Z,2500,84,51
        """,
        [
            "Error Active metric.shift metric/p99_latency_ms at 1-8",
            "Warning Active metric.exhausting metric/disk_used_percent at 1-8",
            "Info Normal metric.within_bounds metric/requests_per_second at 1-8",
        ]);

    [Fact]
    public void The_load_of_a_database_is_judged_by_its_processors() => Analysed.Tells(
        new DocumentAnalyzer(TimeProvider.System),
        """
        {"instance": "ledger", "vcpus": 4,
         "db_load": {"timestamps": ["2024-05-01T10:00:00Z", "2024-05-01T10:01:00Z", "2024-05-01T10:02:00Z", "2024-05-01T10:03:00Z"],
          "values": [1.0, 6.0, 7.5, 8.0]},
         "top_sql": [
          {"statement": "UPDATE entries SET state = $1", "db_load_avg": 6.1, "wait_events": [{"name": "Lock:tuple", "db_load_avg": 5.5}]},
          {"statement": "SELECT 1", "db_load_avg": 0.4}],
         "top_wait_events": [{"name": "Lock:tuple", "type": "Lock", "db_load_avg": 5.5},
          {"name": "CPU", "type": "CPU", "db_load_avg": 1.0}],
         "top_users": [{"name": "app", "db_load_avg": 6.1}]}
        """,
        [
            "Error Active db.load_high instance/ledger at 3, 1",
            "Warning Active db.statement_dominant instance/ledger at 5",
            "Warning Active db.wait_dominant instance/ledger at 7",
            "Warning Active db.user_dominant instance/ledger at 9",
        ]);

    [Fact]
    public void Exemplars_are_not_part_of_a_value_or_of_the_name_of_a_series()
    {
        var series = ExpositionText.Read(
            new SourceText("""
                # TYPE http_requests counter
                http_requests_total{path="/cart"} 17 # {trace_id="4bf92f35"} 1.0
                http_requests_total{path="/cart"} 19 1714557600.5 # {trace_id="77ab01cd"} 1.0 1714557600.1
                http_requests_total{path="/{id}"} 5 # {} 1.0
                up 1 # {trace_id="77ab01cd"} 1.0
                # EOF
                """),
            TestContext.Current.CancellationToken);

        Assert.Equal(
            [("http_requests_total", "/cart", "17 19"), ("http_requests_total", "/{id}", "5"), ("up", "", "1")],
            series.Select(one => (one.Name, one.Instance, string.Join(' ', one.Points.Select(point => point.Written)))));
        Assert.Equal(1714557600, series[0].Points[1].Time?.ToUnixTimeSeconds());
    }
}
