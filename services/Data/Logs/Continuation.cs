using System.Buffers;

namespace FaultMaven.Data.Logs;

/// <summary>Tells lines that belong to the event before them, where lines have no header to tell by.</summary>
internal static class Continuation
{
    private static readonly SearchValues<char> s_typeNameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._");

    /// <summary>True for the lines of Java, .NET, Python, Go, Node and Rust traces that are not their first.</summary>
    public static bool IsLikely(ReadOnlySpan<char> line)
    {
        if (line.IsWhiteSpace())
        {
            return true;
        }

        //     at com.example.Main.run(Main.java:12) | \tgoroutine code | File "app.py", line 3 | 3: core::panicking
        if (line[0] is ' ' or '\t')
        {
            return true;
        }

        return line.StartsWith("at ", StringComparison.Ordinal)
            || line.StartsWith("Caused by: ", StringComparison.Ordinal)
            || line.StartsWith("Suppressed: ", StringComparison.Ordinal)
            || line.StartsWith("... ", StringComparison.Ordinal)
            || line.StartsWith("--- End of ", StringComparison.Ordinal)
            || line.StartsWith(" ---> ", StringComparison.Ordinal)
            || line.StartsWith("goroutine ", StringComparison.Ordinal)
            || line.StartsWith("created by ", StringComparison.Ordinal)
            || line.StartsWith("stack backtrace:", StringComparison.Ordinal)
            || line.StartsWith("During handling of the above exception", StringComparison.Ordinal)
            || line.StartsWith("The above exception was the direct cause", StringComparison.Ordinal)
            || line is "}" or "]" or ")" or "});";
    }

    /// <summary>
    /// True if the line ends a Python trace, whose last line stands at the margin: <c>ValueError: bad value</c>, once a line
    /// <c>Traceback (most recent call last):</c> has begun it.
    /// </summary>
    public static bool EndsTrace(ReadOnlySpan<char> logged, ReadOnlySpan<char> line)
    {
        var trace = logged.LastIndexOf("Traceback (most recent call last)", StringComparison.Ordinal);
        if (trace < 0)
        {
            return false;
        }

        var rest = logged[trace..];
        var last = rest[(rest.LastIndexOf('\n') + 1)..];
        var end = line.IndexOfAny(':', ' ');
        var name = end < 0 ? line : line[..end];
        return !last.IsEmpty && last[0] == ' ' && !name.IsEmpty && (char.IsAsciiLetter(name[0]) || name[0] == '_')
            && !name.ContainsAnyExcept(s_typeNameCharacters);
    }
}
