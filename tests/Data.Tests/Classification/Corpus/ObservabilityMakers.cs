using FaultMaven.Protos.Data.V1;

namespace FaultMaven.Data.Tests.Classification.Corpus;

/// <summary>Makes metrics, traces, profiles and alerts.</summary>
internal static class ObservabilityMakers
{
    public static IReadOnlyList<SampleMaker> All { get; } =
    [
        new(
            EvidenceType.Metrics, "csv", ["metrics.csv"],
            random => $"time,{random.Metric()},{random.Metric()}2\n"
                + $"{Series(random, (time, i) => $"{time:yyyy-MM-ddTHH:mm:ssZ},{random.Next(100)},{random.Next(1000)}")}"),
        new(
            EvidenceType.Metrics, "tsv", ["metrics.tsv"],
            random => $"timestamp\t{random.Metric()}\n{random.Lines(4, 20, i => $"{1714557600 + (60 * i)}\t{random.Next(100)}")}"),
        new(
            EvidenceType.Metrics, "exposition", ["metrics.prom"],
            random => $"# TYPE {random.Metric()} gauge\n"
                + $"{random.Lines(3, 20, i => $"{random.Metric()}{{instance=\"{random.Service()}-{i}\"}} {random.Next(1000)}")}"),
        new(
            EvidenceType.Metrics, "bare exposition", ["scrape.txt"],
            random => random.Lines(3, 12, i => $"{random.Metric()}_{i}{{host=\"{random.Service()}\"}} {random.Next(100)}.5")),
        new(
            EvidenceType.Metrics, "prometheus api", ["range.json"],
            random => "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\","
                + $"\"result\":[{{\"metric\":{{\"__name__\":\"{random.Metric()}\",\"pod\":\"{random.Pod()}\"}},\"values\":[[1714557600,"
                + $"\"{random.Next(99)}\"],[1714557660,\"{random.Next(99)}\"]]}}]}}}}"),
        new(
            EvidenceType.Metrics, "cloudwatch", ["get-metric-data.json"],
            random => $"{{\"MetricDataResults\":[{{\"Id\":\"m1\",\"Label\":\"{random.Metric()}\",\"Timestamps\":[\"2024-05-01T10:00:00Z\","
                + $"\"2024-05-01T10:05:00Z\"],\"Values\":[{random.Next(99)},{random.Next(99)}],\"StatusCode\":\"Complete\"}}]}}"),
        new(
            EvidenceType.Metrics, "datapoints", ["stats.json"],
            random => $"{{\"Label\":\"{random.Metric()}\",\"Datapoints\":[{{\"Timestamp\":\"2024-05-01T10:00:00Z\","
                + $"\"Average\":{random.Next(99)},\"Unit\":\"Percent\"}}]}}"),
        new(
            EvidenceType.Metrics, "datadog", ["series.json"],
            random => $"{{\"status\":\"ok\",\"series\":[{{\"metric\":\"system.{random.Metric()}\",\"scope\":\"host:{random.Service()}\","
                + $"\"pointlist\":[[1714557600000,{random.Next(99)}],[1714557660000,{random.Next(99)}]]}}]}}"),

        new(
            EvidenceType.Trace, "otlp", ["trace.json"],
            random => "{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\","
                + $"\"value\":{{\"stringValue\":\"{random.Service()}\"}}}}]}},\"scopeSpans\":[{{\"spans\":["
                + string.Join(
                    ',',
                    Enumerable.Range(0, random.Next(1, 6))
                        .Select(i =>
                            $"{{\"traceId\":\"t{i}\",\"spanId\":\"s{i}\",\"name\":\"GET /{random.Service()}\","
                                + "\"startTimeUnixNano\":\"1714557600000000000\","
                                + $"\"endTimeUnixNano\":\"1714557600{random.Next(100, 900)}000000\"}}"))
                + "]}]}]}"),
        new(
            EvidenceType.Trace, "jaeger", ["trace.json"],
            random => """{"data":[{"traceID":"t","spans":["""
                + string.Join(
                    ',',
                    Enumerable.Range(0, random.Next(1, 6))
                        .Select(i =>
                            $"{{\"traceID\":\"t\",\"spanID\":\"s{i}\",\"operationName\":\"{random.Service()}\","
                                + $"\"startTime\":1714557600000000,\"duration\":{random.Next(100_000)},\"processID\":\"p1\"}}"))
                + $$$$"""],"processes":{"p1":{"serviceName":"{{{{random.Service()}}}}"}}}]}"""),
        new(
            EvidenceType.Trace, "zipkin", ["spans.json"],
            random => "["
                + string.Join(
                    ',',
                    Enumerable.Range(0, random.Next(1, 6))
                        .Select(i =>
                            $"{{\"traceId\":\"t\",\"id\":\"s{i}\",\"spanId\":\"s{i}\",\"name\":\"get\",\"timestamp\":1714557600000000,"
                                + $"\"duration\":{random.Next(100_000)},\"localEndpoint\":{{\"serviceName\":\"{random.Service()}\"}}}}"))
                + "]"),
        new(
            EvidenceType.Trace, "har", ["page.har"],
            random => """{"log":{"version":"1.2","creator":{"name":"made up"},"entries":["""
                + string.Join(
                    ',',
                    Enumerable.Range(0, random.Next(1, 6))
                        .Select(i =>
                            $"{{\"startedDateTime\":\"2024-05-01T10:00:00Z\",\"time\":{random.Next(5000)},\"request\":{{\"method\":\"GET\","
                                + $"\"url\":\"https://shop.example/{random.Service()}\"}},"
                                + $"\"response\":{{\"status\":{random.Of("200", "503")}}}}}"))
                + "]}}"),

        new(
            EvidenceType.Profile, "folded", ["cpu.folded"],
            random => random.Lines(3, 20, i => $"main;{random.Service()};step{i};price {random.Next(1, 900)}")),
        new(
            EvidenceType.Profile, "cprofile", ["profile.txt"],
            random => "   ncalls  tottime  percall  cumtime  percall filename:lineno(function)\n"
                + random.Lines(
                    3, 12,
                    i => $"     {random.Next(1, 999),4}    {random.Next(9)}.200    0.007    7.200    0.007 "
                        + $"{random.Service()}.py:{i}(step)")),
        new(
            EvidenceType.Profile, "pprof", ["top.txt"],
            random => "Type: cpu\nShowing nodes accounting for 9.3s, 93% of 10s total\n      flat  flat%   sum%        cum   cum%\n"
                + random.Lines(
                    3, 12,
                    i => $"        {random.Next(9)}s {random.Next(90)}.00% 60.00%         7s 70.00%  shop/{random.Service()}.step{i}")),
        new(
            EvidenceType.Profile, "perf", ["perf.txt"],
            random => "# Overhead  Command  Shared Object  Symbol\n"
                + $"{random.Lines(3, 12, i => $"    {random.Next(50)}.10%  java     libjvm.so      [.] Step{i}::copy")}"),
        new(
            EvidenceType.Profile, "py-spy", ["top.txt"],
            random => "  %Own   %Total  OwnTime  TotalTime  Function (filename:line)\n"
                + $"{random.Lines(3, 12, i => $" {random.Next(90)}.00%  80.00%    8.00s     8.00s   step{i} ({random.Service()}.py:41)")}"),
        new(
            EvidenceType.Profile, "speedscope", ["profile.json"],
            random => "{\"$schema\":\"https://www.speedscope.app/file-format-schema.json\","
                + $"\"shared\":{{\"frames\":[{{\"name\":\"main\"}},{{\"name\":\"{random.Service()}\"}}]}},"
                + $"\"profiles\":[{{\"type\":\"sampled\",\"samples\":[[0,1]],\"weights\":[{random.Next(1, 99)}]}}]}}"),

        new(
            EvidenceType.Alert, "alertmanager", ["alert.json"],
            random => $"{{\"status\":\"firing\",\"alerts\":[{{\"status\":\"firing\",\"labels\":{{\"alertname\":\"High{random.Metric()}\","
                + $"\"service\":\"{random.Service()}\"}},\"annotations\":{{\"summary\":\"{random.Message()}\"}},"
                + "\"startsAt\":\"2024-05-01T10:00:00Z\"}]}"),
        new(
            EvidenceType.Alert, "cloudwatch", ["alarm.json"],
            random => $"{{\"AlarmName\":\"{random.Service()}-cpu\",\"NewStateValue\":\"ALARM\",\"NewStateReason\":\"Threshold Crossed\","
                + "\"StateChangeTime\":\"2024-05-01T10:00:00Z\"}"),
        new(
            EvidenceType.Alert, "grafana", ["webhook.json"],
            random => $"{{\"title\":\"[FIRING:1] {random.Service()}\",\"state\":\"alerting\",\"alerts\":[{{\"status\":\"firing\","
                + $"\"labels\":{{\"alertname\":\"{random.Service()}\"}},\"startsAt\":\"2024-05-01T10:00:00Z\"}}]}}"),
        new(
            EvidenceType.Alert, "datadog", ["event.json"],
            random => $"{{\"title\":\"[Triggered] {random.Service()}\",\"alert_transition\":\"Triggered\",\"alert_type\":\"error\","
                + $"\"body\":\"{random.Message()}\",\"date\":1714557600000}}"),
        new(
            EvidenceType.Alert, "pagerduty", ["incident.json"],
            random => "{\"event\":{\"event_type\":\"incident.triggered\",\"data\":{\"id\":\"P1\",\"type\":\"incident\","
                + $"\"title\":\"{random.Message()}\",\"status\":\"triggered\",\"urgency\":\"high\"}}}}}}"),
    ];

    private static string Series(Random random, Func<DateTime, int, string> line)
    {
        var begin = random.Begin();

        return random.Lines(4, 20, i => line(begin.AddMinutes(i), i));
    }
}
