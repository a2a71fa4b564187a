namespace FaultMaven.Data.Analysis.Logs;

/// <summary>How grave a log entry says it is.</summary>
internal enum LogLevel
{
    Unknown,
    Trace,
    Debug,
    Information,
    Warning,
    Error,
    Critical,
}
