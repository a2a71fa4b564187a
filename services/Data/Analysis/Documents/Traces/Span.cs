using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.Traces;

/// <summary>A span of OTLP, Jaeger or Zipkin, or a request of an HTTP archive.</summary>
internal sealed record Span(Node Node, string Trace, string Id, string Parent, string Service, string Operation, double Milliseconds,
    DateTimeOffset? Start, string Error, Node? ErrorAt)
{
    /// <summary>Whether the client caused the error, for example by asking for a missing resource.</summary>
    public bool IsRefused =>
        Error.StartsWith("HTTP status 4", StringComparison.Ordinal) && !Error.EndsWith("429", StringComparison.Ordinal);

    public string Title => Service.Length > 0 ? $"{Operation} of {Service}" : Operation;

    public string Subject => Service.Length > 0 ? $"service/{Service}" : $"operation/{Operation}";

    public IEnumerable<LineRange?> FailurePlaces => [ErrorAt, Node.First("operationName", "name", "request/url", "request")];

    public IEnumerable<LineRange?> SlowPlaces =>
        [Node.First("duration", "durationMs", "duration_ms", "time", "endTimeUnixNano"),
        Node.First("operationName", "name", "request/url", "request"), Node.First("startTimeUnixNano", "startTime")];

    public static Span? TryRead(Node node, IReadOnlyList<(int Start, int End, string Key, string Service)> services)
    {
        if (node.First("request/url") is { IsScalar: true } url && node.First("response/status") is { IsScalar: true } status)
        {
            return OfArchive(node, url, status);
        }

        var id = node.TextOf("spanID", "spanId", "span_id", "id");
        var operation = node.TextOf("operationName", "name", "operation", "resource");
        if (id.Length == 0 || operation.Length == 0 || node.First("traceID", "traceId", "trace_id") is not { IsScalar: true } trace
            || Duration(node) is not { } milliseconds)
        {
            return null;
        }

        var key = node.TextOf("processID");
        var service = node.TextOf("localEndpoint/serviceName", "process/serviceName", "service", "serviceName", "service_name");
        if (service.Length == 0)
        {
            service =
                services.FirstOrDefault(known => (known.Key.Length > 0 && known.Key == key)
                || (known.Key.Length == 0 && known.Start <= node.Start && node.Start < known.End)).Service ?? "";
        }

        var parent = node.TextOf("parentSpanId", "parentSpanID", "parentId", "parent_id", "parent_span_id");
        parent = parent.Length > 0 || node.First("references") is not { Items: [var reference, ..] } ? parent
            : reference.TextOf("spanID", "spanId");
        var (error, at) = ErrorOf(node);
        return new Span(node, trace.Text, id, parent, service, operation, milliseconds,
            node.TimeOf("startTimeUnixNano", "startTime", "start_time", "timestamp", "start"), error, at);
    }

    private static Span OfArchive(Node node, Node url, Node status)
    {
        var code = Values.TryNumber(status.Text, out var number) ? number : 0;
        var path = url.Text.Split('?')[0];
        var error = code >= 400 || code is 0 ? $"HTTP status {status.Text}" : "";
        return new Span(node, url.Start.ToString(), url.Start.ToString(), "", "", $"{node.TextOf("request/method")} {path}",
            node.NumberOf("time") ?? 0, node.TimeOf("startedDateTime"), error, status);
    }

    /// <summary>OTLP has start and end in nanoseconds, Jaeger and Zipkin a duration in microseconds.</summary>
    private static double? Duration(Node node)
    {
        if (node.NumberOf("startTimeUnixNano", "start_time_unix_nano") is { } start
            && node.NumberOf("endTimeUnixNano", "end_time_unix_nano") is { } end)
        {
            return Math.Max(0, (end - start) / 1e6);
        }

        return node.NumberOf("durationMs", "duration_ms")
            ?? (node.NumberOf("durationNano", "duration_ns") is { } nanoseconds ? nanoseconds / 1e6 : node.NumberOf("duration") / 1e3);
    }

    private static (string Error, Node? At) ErrorOf(Node node)
    {
        var status = node.First("status");
        var code = status?.TextOf("code") ?? "";
        if (code is "2" or "STATUS_CODE_ERROR" or "ERROR" or "Error" || (status is { IsScalar: true } && Names.Same(status.Text, "error")))
        {
            var message = status!.TextOf("message", "description");
            return (message.Length > 0 ? message : "status ERROR", status);
        }

        foreach (var tag in node.First("tags", "attributes") is { IsList: true } tags ? tags.Items : [])
        {
            var value = tag.TextOf("value", "value/stringValue", "value/boolValue", "value/intValue", "vStr", "vBool");
            var isError = tag.TextOf("key") switch
            {
                "error" => value is not ("false" or "False" or ""),
                "otel.status_code" => value == "ERROR",
                "http.status_code" or "http.response.status_code" => value.StartsWith('5'),
                _ => false,
            };
            if (isError)
            {
                return (ErrorMessage(node, tag.TextOf("key"), value), tag);
            }
        }

        return node.First("tags") is { IsMap: true } map && map.First("error") is { IsScalar: true } flagged
            && flagged.Text is not ("false" or "False") ? (flagged.Text, flagged)
            : node.First("error") is { IsScalar: true } failed && failed.Text is "1" or "true" or "True" ? ("error", failed)
            : ("", null);
    }

    private static string ErrorMessage(Node node, string key, string value)
    {
        foreach (var tag in node.First("tags", "attributes")?.Items ?? [])
        {
            if (tag.TextOf("key") is "error.message" or "exception.message" or "otel.status_description" or "error.type"
                or "exception.type")
            {
                return tag.TextOf("value", "value/stringValue");
            }
        }

        return key == "error" && value is "true" or "True" ? "error" : $"{key} {value}";
    }
}
