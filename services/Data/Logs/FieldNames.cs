namespace FaultMaven.Data.Logs;

/// <summary>What the fields of structured logs are called.</summary>
internal static class FieldNames
{
    internal enum Meaning
    {
        None,
        Time,
        Level,
        Message,
        Source,
        Detail,
    }

    public static Meaning Of(ReadOnlySpan<char> name)
    {
        Span<char> lower = stackalloc char[24];
        if (name.IsEmpty || name.Length > lower.Length)
        {
            return Meaning.None;
        }

        return lower[..name.ToLowerInvariant(lower)] switch
        {
            "time" or "timestamp" or "ts" or "@timestamp" or "t" or "@t" or "datetime" or "date" or "asctime" or "eventtime" or "time_iso8601" => Meaning.Time,
            "level" or "severity" or "lvl" or "loglevel" or "log.level" or "log_level" or "levelname" or "level_name" or "@l" or "severity_text"
                or "severitytext" or "priority" or "status" => Meaning.Level,
            "message" or "msg" or "log" or "@m" or "@mt" or "short_message" or "body" or "text" or "event" or "renderedmessage" => Meaning.Message,
            "logger" or "service" or "component" or "logger_name" or "service.name" or "service_name" or "app" or "name" or "module" or "caller"
                or "sourcecontext" or "category" or "container_name" => Meaning.Source,
            "error" or "err" or "exception" or "exc_info" or "stack" or "stack_trace" or "stacktrace" or "@x" or "error.message" or "error_message" or "errormessage" or "error_msg" or "errmsg" or "errormsg"
                or "exception.message" or "exception_message" or "failure_reason" or "root_cause" or "rootcause" or "caused_by" or "cause" or "reason" => Meaning.Detail,
            _ => Meaning.None,
        };
    }
}
