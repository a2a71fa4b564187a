namespace FaultMaven.Data.Analysis.Logs.Symptoms;

/// <summary>Finds in a trace of several exceptions the one that caused the others.</summary>
internal static class TraceCause
{
    public const string PythonTrace = "Traceback (most recent call last)";

    private const string CausedBy = "Caused by: ";
    private const string Suppressed = "Suppressed: ";
    private const string Inner = " ---> ";
    private const string OneOfSeveral = " ---> (Inner Exception #";
    private const string RaisedFrom = "The above exception was the direct cause";

    /// <summary>Where its text begins; 0 if the trace has only one.</summary>
    public static int Find(string text)
    {
        var from = Math.Max(Java(text), DotNet(text));
        return from > 0 || !text.Contains(PythonTrace, StringComparison.Ordinal) ? from : Python(text);
    }

    // Of "Caused by: a" … "Caused by: b" the last is the cause, unless it is that of an exception which was only suppressed:
    //
    // java.lang.IllegalStateException: closed
    //     Suppressed: java.io.IOException: not closed
    //     Caused by: java.net.SocketException: reset
    // Caused by: java.io.EOFException
    private static int Java(string text)
    {
        var found = 0;
        var suppressed = int.MaxValue;
        for (var start = 0; start < text.Length;)
        {
            var feed = text.IndexOf('\n', start);
            var line = text.AsSpan(start, (feed < 0 ? text.Length : feed) - start);
            var indent = line.IndexOfAnyExcept(' ', '\t');
            var isSuppressed = indent >= 0 && line[indent..].StartsWith(Suppressed, StringComparison.Ordinal);
            suppressed = isSuppressed ? Math.Min(suppressed, indent)
                : indent >= 0 && indent < suppressed && line[indent..].StartsWith(CausedBy, StringComparison.Ordinal) ? int.MaxValue
                : suppressed;
            if (!isSuppressed && (suppressed == int.MaxValue || indent < suppressed) && line.LastIndexOf(CausedBy) is var at and >= 0)
            {
                found = start + at + CausedBy.Length;
            }

            start = feed < 0 ? text.Length : feed + 1;
        }

        return found;
    }

    // System.AggregateException: One or more errors occurred. (gone) (late)
    //  ---> System.IO.IOException: gone
    //  ---> (Inner Exception #1) System.TimeoutException: late<---
    // The first of several is what happened first, and the innermost of those behind it caused it.
    private static int DotNet(string text)
    {
        var several = text.IndexOf(OneOfSeveral, StringComparison.Ordinal);
        var chain = several < 0 ? text : text[..several];
        var inner = chain.LastIndexOf(Inner, StringComparison.Ordinal);
        return inner >= 0 ? inner + Inner.Length
            : several < 0 ? 0
            : text.IndexOf(") ", several, StringComparison.Ordinal) is var close and >= 0 ? close + 2 : several + Inner.Length;
    }

    // A Python trace ends with its exception. One that was raised while another was handled counts for itself; one that was raised from
    // another has that for its cause.
    private static int Python(string text)
    {
        var end = text.IndexOf(RaisedFrom, StringComparison.Ordinal) is var raised and > 0 ? raised : text.Length;
        var trace = text.AsSpan(0, end).TrimEnd();
        var handling = trace.LastIndexOf("\nDuring handling of the above exception");
        return handling > 0 && end < text.Length ? trace[..handling].TrimEnd().LastIndexOf('\n') + 1 : trace.LastIndexOf('\n') + 1;
    }
}
