namespace FaultMaven.Data.Analysis.Logs.Formats;

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

        /// <summary>A level as one letter.</summary>
        Letter,
        Host,

        /// <summary>What a message holds that is an object: <c>"body": {"stringValue": "no route"}</c>.</summary>
        Inner,
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
            "time" or "timestamp" or "ts" or "@timestamp" or "t" or "@t" or "datetime" or "date" or "asctime" or "eventtime"
                or "time_iso8601" or "__realtime_timestamp" or "timeunixnano" or "$date" or "timecreated" => Meaning.Time,
            "level" or "severity" or "lvl" or "loglevel" or "log.level" or "log_level" or "levelname" or "level_name" or "@l"
                or "severity_text"
                or "severitytext" or "priority" or "status" => Meaning.Level,
            "message" or "msg" or "log" or "@m" or "@mt" or "short_message" or "body" or "text" or "event" or "renderedmessage"
                or "textpayload" or "msgtext" => Meaning.Message,
            "logger" or "service" or "component" or "logger_name" or "service.name" or "service_name" or "app" or "name" or "module"
                or "caller"
                or "sourcecontext" or "category" or "container_name" or "syslog_identifier" or "_service" or "log.logger"
                    or "loggername" => Meaning.Source,
            "error" or "err" or "exception" or "exc_info" or "stack" or "stack_trace" or "stacktrace" or "@x" or "error.message"
                or "error_message" or "errormessage" or "error_msg" or "errmsg" or "errormsg"
                or "exception.message" or "exception_message" or "failure_reason" or "root_cause" or "rootcause" or "caused_by" or "cause"
                    or "reason" => Meaning.Detail,
            "s" => Meaning.Letter,
            "_hostname" or "hostname" or "host" => Meaning.Host,
            "stringvalue" => Meaning.Inner,
            _ => Meaning.None,
        };
    }
}
