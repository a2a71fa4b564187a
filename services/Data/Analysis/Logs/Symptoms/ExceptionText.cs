namespace FaultMaven.Data.Analysis.Logs.Symptoms;

/// <summary>What an event says of an exception: the innermost cause, its text, and where it was thrown.</summary>
/// <param name="Type">Its type, such as <c>java.net.ConnectException</c>.</param>
/// <param name="Message">Its text; may be empty.</param>
/// <param name="Frame">The uppermost line of its trace; may be empty.</param>
internal sealed record ExceptionText(string Type, string Message, string Frame)
{
    private const int MaxTypeLength = 120;
    private const int MaxLinesBefore = 4;
    private const int MaxTextLength = 300;

    /// <summary>Finds an exception in the text of an event; null if there is none.</summary>
    public static ExceptionText? Find(string text)
    {
        var from = TraceCause.Find(text);
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
            if (lineEnd < 0 || rest[(lineEnd + 1)..].StartsWith("at ", StringComparison.Ordinal)
                || rest[(lineEnd + 1)..].TrimStart("\n").IsEmpty || char.IsWhiteSpace(rest[lineEnd + 1]))
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

        // "<---" ends what .NET prints of one of several inner exceptions.
        var message = line[(start + length)..].TrimStart(":( ").TrimEnd("<- ");
        if (message is ")" or "]")
        {
            // Token used before issued (*jwt.ValidationError)
            message = line[..start].TrimEnd("*([ ");
        }

        return new ExceptionText(
            line.Slice(start, length).ToString(),
            message[..Math.Min(message.Length, MaxTextLength)].ToString(),
            (from > 0 && PythonFrame(text, from) is { Length: > 0 } python ? python
                : TraceFrames.Uppermost(lineEnd < 0 ? text : rest[lineEnd..])).ToString());
    }

    // Of a Python trace the last line before the exception is where it was raised.
    private static ReadOnlySpan<char> PythonFrame(string text, int from)
    {
        var trace = text.AsSpan(0, from).LastIndexOf(TraceCause.PythonTrace);
        return trace < 0 ? default : TraceFrames.LastOfPython(text.AsSpan(trace, from - trace));
    }

    // http: panic serving 10.0.0.1:51201: runtime error: index out of range [5] with length 3
    // panic: runtime error: index out of range [5] with length 3 | fatal error: all goroutines are asleep - deadlock!
    private static ExceptionText? Panic(string text)
    {
        if (text.IndexOf("panic serving ", StringComparison.Ordinal) is var serving and >= 0
            && text.IndexOf(": ", serving, StringComparison.Ordinal) is var peer and >= 0)
        {
            var said = FirstLine(text.AsSpan(peer + 2));
            var isRuntime = said.StartsWith("runtime error: ", StringComparison.Ordinal);
            return new ExceptionText(isRuntime ? "runtime error"
                : "panic", said[(isRuntime ? 15 : 0)..].ToString(), TraceFrames.Uppermost(text).ToString());
        }

        if (text.IndexOf("panicked at ", StringComparison.Ordinal) is var panicked and >= 0)
        {
            return RustPanic(text, panicked + 12);
        }

        if (text.IndexOf("panic: ", StringComparison.Ordinal) is var panic and >= 0)
        {
            return new ExceptionText("panic", FirstLine(text.AsSpan(panic + 7)).ToString(), TraceFrames.Uppermost(text).ToString());
        }

        return text.IndexOf("fatal error: ", StringComparison.Ordinal) is var fatal and >= 0
            && text.Contains("\ngoroutine ", StringComparison.Ordinal)
            ? new ExceptionText("fatal error", FirstLine(text.AsSpan(fatal + 13)).ToString(), TraceFrames.Uppermost(text).ToString())
            : null;
    }

    // thread 'main' panicked at src/main.rs:4:5:
    // index out of bounds: the len is 3 but the index is 5
    //
    // thread 'main' panicked at 'index out of bounds', src/main.rs:4:5
    private static ExceptionText RustPanic(string text, int at)
    {
        var place = FirstLine(text.AsSpan(at));
        var message = place;
        if (place.EndsWith(':') && place.Contains(".rs:", StringComparison.Ordinal) && text.IndexOf('\n', at) is var feed and >= 0)
        {
            message = FirstLine(text.AsSpan(feed + 1));
            place = place[..^1];
        }
        else if (place.StartsWith('\'') && place.LastIndexOf("', ") is var quote and > 0)
        {
            message = place[1..quote];
            place = place[(quote + 3)..];
        }
        else
        {
            place = default;
        }

        var frame = TraceFrames.Uppermost(text);
        return new ExceptionText("panic", message.ToString(), frame.IsEmpty && !place.IsEmpty ? $"at {place}" : frame.ToString());
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
}
