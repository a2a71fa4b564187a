using System.Buffers;

namespace FaultMaven.Data.Analysis.Logs.Entries;

/// <summary>Finds the lines that belong to the event before them where lines have no header.</summary>
internal static class MultilineJoiner
{
    private static readonly SearchValues<char> s_functionCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._/-*@");

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
    /// True for what a runtime prints by itself as the program ends, without the header that the program's own lines have:
    /// <c>thread 'main' panicked at src/main.rs:4:5:</c>, <c>fatal error: all goroutines are asleep - deadlock!</c>.
    /// </summary>
    public static bool BeginsCrash(ReadOnlySpan<char> line) =>
        (line.StartsWith("thread '", StringComparison.Ordinal) && line.Contains("' panicked at ", StringComparison.Ordinal))
        || line.StartsWith("panic: ", StringComparison.Ordinal)
        || line.StartsWith("fatal error: ", StringComparison.Ordinal)
        || line.StartsWith("Unhandled exception. ", StringComparison.Ordinal)
        || line.StartsWith("Exception in thread \"", StringComparison.Ordinal);

    /// <summary>True if a line that looks like a new event continues the trace before it.</summary>
    /// <param name="logged">What was logged so far.</param>
    /// <param name="line">The next line.</param>
    public static bool GoesOn(ReadOnlySpan<char> logged, ReadOnlySpan<char> line)
    {
        var feed = logged.LastIndexOf('\n');
        var last = logged[(feed + 1)..];
        if (last.Contains("panicked at ", StringComparison.Ordinal) && last.EndsWith(':'))
        {
            // thread 'main' panicked at src/main.rs:4:5:
            // index out of bounds: the len is 3 but the index is 5
            return true;
        }

        if (line.StartsWith("[signal SIG", StringComparison.Ordinal))
        {
            // panic: runtime error: invalid memory address or nil pointer dereference
            // [signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x49c2a1]
            return true;
        }

        if (feed < 0)
        {
            return logged.Contains("panicked at ", StringComparison.Ordinal) && line.StartsWith("note: ", StringComparison.Ordinal);
        }

        if (line.StartsWith("Traceback (most recent call last)", StringComparison.Ordinal))
        {
            return last.StartsWith("During handling of ", StringComparison.Ordinal)
                || last.StartsWith("The above exception was ", StringComparison.Ordinal);
        }

        return IsGoCall(logged, line)
            || (line.StartsWith("note: ", StringComparison.Ordinal) && logged.Contains("panicked at ", StringComparison.Ordinal))
            || EndsTrace(logged, line);
    }

    // goroutine 1 [running]:
    // main.main()
    private static bool IsGoCall(ReadOnlySpan<char> logged, ReadOnlySpan<char> line)
    {
        var open = line.IndexOf('(');
        var isCall = (open > 0 && line[^1] == ')' && !line[..open].ContainsAnyExcept(s_functionCharacters))
            || line.StartsWith("exit status ", StringComparison.Ordinal);
        return isCall && logged.Contains("goroutine ", StringComparison.Ordinal);
    }

    /// <summary>
    /// True if the line ends a Python trace, whose last line is at the margin: <c>ValueError: bad value</c>, once a line
    /// <c>Traceback (most recent call last):</c> has begun it.
    /// </summary>
    private static bool EndsTrace(ReadOnlySpan<char> logged, ReadOnlySpan<char> line)
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
