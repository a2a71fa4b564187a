namespace FaultMaven.Data.Logs;

/// <summary>What an event says of an exception: the innermost cause, its text, and where it was thrown.</summary>
/// <param name="Type">Its type, such as <c>java.net.ConnectException</c>.</param>
/// <param name="Message">Its text; may be empty.</param>
/// <param name="Frame">The uppermost line of its trace; may be empty.</param>
internal sealed record ExceptionText(string Type, string Message, string Frame)
{
    private const int MaxTypeLength = 120;
    private const int MaxLinesBefore = 4;
    private const int MaxTextLength = 300;

    /// <summary>Finds an exception in the text of an event; null if it tells of none.</summary>
    public static ExceptionText? Find(string text)
    {
        // Of "Caused by: a" … "Caused by: b" the last is the cause; a Python trace ends with its exception.
        var cause = text.LastIndexOf("Caused by: ", StringComparison.Ordinal);
        var inner = text.LastIndexOf(" ---> ", StringComparison.Ordinal);
        var from = Math.Max(cause < 0 ? 0 : cause + 11, inner < 0 ? 0 : inner + 6);
        if (from == 0 && text.Contains("Traceback (most recent call last)", StringComparison.Ordinal))
        {
            from = text.LastIndexOf('\n') + 1;
        }

        if (Panic(text) is { } panic)
        {
            return panic;
        }

        var rest = text.AsSpan(from);
        var lineEnd = rest.IndexOf('\n');
        var line = lineEnd < 0 ? rest : rest[..lineEnd];
        var start = 0;
        var length = 0;
        for (var i = 0; i < MaxLinesBefore && !TypeIn(line, out start, out length); i++)
        {
            // request failed
            // java.lang.IllegalStateException: closed
            if (lineEnd < 0 || rest[(lineEnd + 1)..].StartsWith("at ", StringComparison.Ordinal) || rest[(lineEnd + 1)..].TrimStart("\n").IsEmpty || char.IsWhiteSpace(rest[lineEnd + 1]))
            {
                return null;
            }

            rest = rest[(lineEnd + 1)..];
            lineEnd = rest.IndexOf('\n');
            line = lineEnd < 0 ? rest : rest[..lineEnd];
        }

        if (length == 0)
        {
            return null;
        }

        var message = line[(start + length)..].TrimStart(":( ").TrimEnd();
        return new ExceptionText(
            line.Slice(start, length).ToString(), message[..Math.Min(message.Length, MaxTextLength)].ToString(), UppermostFrame(lineEnd < 0 ? text : rest[lineEnd..]).ToString());
    }

    // http: panic serving 10.0.0.1:51201: runtime error: index out of range [5] with length 3
    // panic: runtime error: index out of range [5] with length 3 | thread 'main' panicked at src/main.rs:4:5:
    private static ExceptionText? Panic(string text)
    {
        if (text.IndexOf("panic serving ", StringComparison.Ordinal) is var serving and >= 0 && text.IndexOf(": ", serving, StringComparison.Ordinal) is var peer and >= 0)
        {
            var said = FirstLine(text.AsSpan(peer + 2));
            var isRuntime = said.StartsWith("runtime error: ", StringComparison.Ordinal);
            return new ExceptionText(isRuntime ? "runtime error" : "panic", said[(isRuntime ? 15 : 0)..].ToString(), UppermostFrame(text).ToString());
        }

        var panicked = text.IndexOf("panicked at ", StringComparison.Ordinal);
        var panic = panicked >= 0 ? panicked + 12 : text.IndexOf("panic: ", StringComparison.Ordinal) is var go and >= 0 ? go + 7 : -1;
        if (panic < 0)
        {
            return null;
        }

        return new ExceptionText("panic", FirstLine(text.AsSpan(panic)).ToString(), UppermostFrame(text).ToString());
    }

    private static ReadOnlySpan<char> FirstLine(ReadOnlySpan<char> text)
    {
        var end = text.IndexOf('\n');
        return text[..Math.Min(end < 0 ? text.Length : end, MaxTextLength)];
    }

    // A word that ends in Exception or Error and has a letter before it that is not a blank: java.io.IOException, KeyError.
    private static bool TypeIn(ReadOnlySpan<char> line, out int start, out int length)
    {
        for (var from = 0; from < line.Length;)
        {
            var exception = line[from..].IndexOf("Exception", StringComparison.Ordinal);
            var error = line[from..].IndexOf("Error", StringComparison.Ordinal);
            if (exception < 0 && error < 0)
            {
                break;
            }

            var isException = exception >= 0 && (error < 0 || exception < error);
            var at = from + (isException ? exception : error);
            var end = at + (isException ? 9 : 5);
            start = at;
            while (start > 0 && (char.IsAsciiLetterOrDigit(line[start - 1]) || line[start - 1] is '.' or '_' or '$'))
            {
                start--;
            }

            length = end - start;
            var wordEnds = end == line.Length || !(char.IsAsciiLetterOrDigit(line[end]) || line[end] is '_' or '=');
            if (wordEnds && start < at && char.IsAsciiLetter(line[start]) && length <= MaxTypeLength)
            {
                return true;
            }

            from = end;
        }

        start = length = 0;
        return false;
    }

    // "\tat a.b.C.d(C.java:12)", "  File \"app.py\", line 3, in f"
    private static ReadOnlySpan<char> UppermostFrame(ReadOnlySpan<char> text)
    {
        foreach (var range in text.Split('\n'))
        {
            var line = text[range].Trim();
            if (line.StartsWith("at ", StringComparison.Ordinal) || line.StartsWith("File \"", StringComparison.Ordinal))
            {
                return line[..Math.Min(line.Length, MaxTextLength)];
            }
        }

        return text.Contains("goroutine ", StringComparison.Ordinal) ? GoFrame(text) : default;
    }

    // main.split(...)
    // \t/src/shop/split.go:57 +0x1d
    // The first of them that is not of the runtime, nor of the server that calls the handlers.
    private static ReadOnlySpan<char> GoFrame(ReadOnlySpan<char> text)
    {
        var function = default(ReadOnlySpan<char>);
        foreach (var range in text.Split('\n'))
        {
            var line = text[range];
            var code = line.IndexOf(".go:", StringComparison.Ordinal);
            if (code < 0 || line.IsEmpty || line[0] is not ('\t' or ' '))
            {
                function = line.Trim();
                continue;
            }

            var isOwn = !function.IsEmpty && !function.StartsWith("panic(", StringComparison.Ordinal) && !function.StartsWith("runtime.", StringComparison.Ordinal)
                && !function.StartsWith("runtime/", StringComparison.Ordinal) && !function.StartsWith("net/http.", StringComparison.Ordinal) && !function.StartsWith("created by ", StringComparison.Ordinal);
            if (isOwn)
            {
                var name = function.IndexOf('(') is var open and > 0 && !function[..open].EndsWith('.') ? function[..open] : function;
                var file = line.Trim();
                file = file[(file.LastIndexOf('/') + 1)..];
                var end = file.IndexOf(' ');
                return $"at {name[..Math.Min(name.Length, MaxTextLength / 2)]} ({(end < 0 ? file : file[..end])})".AsSpan();
            }
        }

        return default;
    }
}
