using FaultMaven.Data.Analysis.Documents;

namespace FaultMaven.Data.Tests.Extraction;

public sealed class ReadingAlertsAndTraces
{
    [Fact]
    public void The_alerts_of_a_group_are_reported_one_by_one() => Analysed.Tells(
        new DocumentAnalyzer(TimeProvider.System),
        """
        {"receiver": "team", "status": "firing", "commonLabels": {"alertname": "HighLatency"}, "alerts": [
          {"status": "firing", "labels": {"alertname": "HighLatency", "severity": "critical", "instance": "web-1"},
           "annotations": {"summary": "p99 above 2 s"}, "startsAt": "2024-05-01T10:00:00Z", "endsAt": "0001-01-01T00:00:00Z"},
          {"status": "resolved", "labels": {"alertname": "DiskFilling"}, "annotations": {"summary": "disk above 80 %"},
           "startsAt": "2024-05-01T09:00:00Z", "endsAt": "2024-05-01T09:30:00Z"}]}
        """,
        [
            "Warning Active alert.firing instance/web-1 at 2-3",
            "Info Recovered alert.resolved alert/DiskFilling at 4",
        ]);

    [Fact]
    public void Monitors_that_are_fine_are_reported_together() => Analysed.Tells(
        new DocumentAnalyzer(TimeProvider.System),
        """
        {"monitors": [
          {"name": "web latency", "query": "avg:latency > 2", "overall_state": "OK"},
          {"name": "web errors", "query": "avg:errors > 5", "overall_state": "Alert", "message": "Too many errors"}]}
        """,
        [
            "Warning Active alert.firing alert/web errors at 3",
            "Info Normal alerts.ok alerts at 2",
        ]);

    [Fact]
    public void The_deepest_failed_span_is_where_it_began() => Analysed.Tells(
        new DocumentAnalyzer(TimeProvider.System),
        """
        {"resourceSpans": [
         {"resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "web"}}]},
          "scopeSpans": [{"spans": [
           {"traceId": "t1", "spanId": "a", "name": "GET /cart", "startTimeUnixNano": "1714557600000000000",
            "endTimeUnixNano": "1714557602000000000",
            "status": {"code": 2, "message": "upstream failed"}},
           {"traceId": "t1", "spanId": "b", "parentSpanId": "a", "name": "SELECT cart", "startTimeUnixNano": "1714557600100000000",
            "endTimeUnixNano": "1714557601900000000",
            "status": {"code": 2, "message": "lock timeout"}}]}]}]}
        """,
        [
            "Error Active trace.failed_span service/web at 9, 7",
            "Warning Active trace.failed_span service/web at 6, 4",
            "Warning Active trace.slow_span service/web at 7-8",
            "Info Active trace.critical_path service/web at 4-5, 7-8",
        ]);
}
