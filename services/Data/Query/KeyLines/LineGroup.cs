namespace FaultMaven.Data.Query.KeyLines;

/// <summary>One thing that a piece of evidence says: a line, or all lines of a log that differ only in their values.</summary>
/// <param name="file">Which of the files it is in, from 0.</param>
/// <param name="line">Its first line, from 1.</param>
/// <param name="text">That line, cut to <see cref="LineGroupReader.MaxLength"/> characters.</param>
internal sealed class LineGroup(int file, long line, string text)
{
    public int File { get; } = file;

    public long Line { get; } = line;

    public string Text { get; } = text;

    /// <summary>What it says without time, level and source.</summary>
    public string Message { get; init; } = text;

    /// <summary>The program, logger or host that says it; empty if unknown.</summary>
    public string Source { get; init; } = "";

    /// <summary>The command, section or key that it belongs to; empty if none.</summary>
    public string Context { get; init; } = "";

    public Proto.EntryLevel Level { get; init; }

    /// <summary>The last line of its first entry: a stack trace has more than one.</summary>
    public long EndLine { get; init; } = line;

    public DateTimeOffset? First { get; init; }

    public DateTimeOffset? Last { get; set; }

    public long LastLine { get; set; } = line;

    public int Count { get; set; } = 1;

    /// <summary>What it says is wrong, or right again; null if nothing.</summary>
    public Analysis.Statements.Statement? Statement { get; init; }

    public HashSet<string> Names { get; init; } = [];

    public HashSet<string> Words { get; init; } = [];
}
