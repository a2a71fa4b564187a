namespace FaultMaven.Data.Analysis.Logs.Formats;

/// <summary>A line of a log, taken apart.</summary>
internal ref struct ParsedLine
{
    /// <summary>True if the line begins an event, false if it looks like the continuation of one.</summary>
    public bool IsEvent { get; set; }

    /// <summary>True if the line has none of the known formats, and does not look like the continuation of an event either.</summary>
    public bool IsStrange { get; set; }

    /// <summary>True if the line is about the file itself, such as the names of its columns.</summary>
    public bool IsDirective { get; set; }

    /// <summary>True if a container runtime cut the line: the next one continues it.</summary>
    public bool IsCut { get; set; }

    /// <summary>The whole line, without what a container runtime put before it.</summary>
    public ReadOnlySpan<char> Text { get; set; }

    /// <summary>The container that wrote it, where compose says so; empty elsewhere.</summary>
    public ReadOnlySpan<char> Container { get; set; }

    public DateTimeOffset? Time { get; set; }

    public Proto.EntryLevel Level { get; set; }

    public ReadOnlySpan<char> Source { get; set; }

    /// <summary>The machine that wrote it, if it says so.</summary>
    public ReadOnlySpan<char> Host { get; set; }

    /// <summary>What it says, without its header.</summary>
    public ReadOnlySpan<char> Message { get; set; }

    /// <summary>What a structured line says of an error besides its message; empty if nothing.</summary>
    public ReadOnlySpan<char> Detail { get; set; }
}
