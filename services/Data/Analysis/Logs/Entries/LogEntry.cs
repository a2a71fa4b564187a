namespace FaultMaven.Data.Analysis.Logs.Entries;

/// <summary>One event of a log: a line, or several where a stack trace follows.</summary>
/// <param name="StartLine">Its first line in the evidence, from 1.</param>
/// <param name="EndLine">Its last line, inclusive.</param>
/// <param name="Time">When it happened, if it says so.</param>
/// <param name="Level">Its level as logged.</param>
/// <param name="Source">The logger, process, service or host that wrote it; empty if it does not say.</param>
/// <param name="Message">What it says, without time, level and source.</param>
internal sealed record LogEntry(int StartLine, int EndLine, DateTimeOffset? Time, Proto.EntryLevel Level, string Source, string Message)
{
    /// <summary>The machine that wrote it, where a kernel wrote it and says so; empty elsewhere.</summary>
    public string Host { get; init; } = "";
}
