namespace FaultMaven.Data.Analysis.Logs.Symptoms;

/// <summary>Finds the line of a trace where the exception was thrown.</summary>
internal static class TraceFrames
{
    private const int MaxLength = 300;

    // What a panic runs through before it comes to the program.
    private static readonly string[] s_goRuntime = ["panic(", "runtime.", "runtime/", "net/http.", "created by "];
    private static readonly string[] s_rustRuntime =
        ["rust_begin_unwind", "__rust_", "rust_panic", "std::", "core::", "alloc::", "<core::", "<std::", "<alloc::", "<T as core::",
        "test::"];

    /// <summary>
    /// The uppermost frame of a trace that is not of the runtime; empty if there is none: <c>at a.b.C.d(C.java:12)</c>, <c>File "app.py",
    /// line 3, in f</c>.
    /// </summary>
    public static ReadOnlySpan<char> Uppermost(ReadOnlySpan<char> text)
    {
        if (text.Contains("stack backtrace:", StringComparison.Ordinal))
        {
            return OfRust(text);
        }

        foreach (var range in text.Split('\n'))
        {
            var line = text[range].Trim();
            if (line.StartsWith("at ", StringComparison.Ordinal) || line.StartsWith("File \"", StringComparison.Ordinal))
            {
                line = line.EndsWith("<---", StringComparison.Ordinal) ? line[..^4] : line;
                return line[..Math.Min(line.Length, MaxLength)];
            }
        }

        return text.Contains("goroutine ", StringComparison.Ordinal) ? OfGo(text) : default;
    }

    /// <summary>The last frame of a Python trace, where its exception was raised; empty if there is none.</summary>
    public static ReadOnlySpan<char> LastOfPython(ReadOnlySpan<char> trace)
    {
        var file = trace.LastIndexOf("File \"");
        if (file < 0)
        {
            return default;
        }

        var line = trace[file..];
        var end = line.IndexOf('\n');
        line = end < 0 ? line : line[..end];
        return line[..Math.Min(line.Length, MaxLength)].TrimEnd();
    }

    // main.split(...)
    // \t/src/shop/split.go:57 +0x1d
    // The first of them that is not of the runtime, nor of the server that calls the handlers.
    private static ReadOnlySpan<char> OfGo(ReadOnlySpan<char> text)
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

            if (!function.IsEmpty && !BeginsWithOneOf(function, s_goRuntime))
            {
                // The arguments are addresses, and differ each time; "(*Cart)" before them is the receiver.
                var name = function.LastIndexOf('(') is var open and > 0 && !function[..open].EndsWith('.') ? function[..open] : function;
                return $"at {name[..Math.Min(name.Length, MaxLength / 2)]} ({FileOf(line)})".AsSpan();
            }
        }

        return default;
    }

    //    2: shop::cart::add
    //              at ./src/cart.rs:41:9
    // The first of them that is not of the standard library.
    private static ReadOnlySpan<char> OfRust(ReadOnlySpan<char> text)
    {
        var function = default(ReadOnlySpan<char>);
        foreach (var range in text.Split('\n'))
        {
            var line = text[range].Trim();
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            var isOwn = !function.IsEmpty && !BeginsWithOneOf(function, s_rustRuntime);
            if (colon > 0 && !line[..colon].ContainsAnyExceptInRange('0', '9'))
            {
                if (isOwn)
                {
                    break;
                }

                function = line[(colon + 2)..];
            }
            else if (isOwn && line.StartsWith("at ", StringComparison.Ordinal))
            {
                return $"at {function[..Math.Min(function.Length, MaxLength / 2)]} ({FileOf(line[3..])})".AsSpan();
            }
        }

        return function.IsEmpty || BeginsWithOneOf(function, s_rustRuntime) ? default
            : $"at {function[..Math.Min(function.Length, MaxLength / 2)]}".AsSpan();
    }

    private static bool BeginsWithOneOf(ReadOnlySpan<char> function, string[] names)
    {
        foreach (var name in names)
        {
            if (function.StartsWith(name, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static ReadOnlySpan<char> FileOf(ReadOnlySpan<char> line)
    {
        var file = line.Trim();
        file = file[(file.LastIndexOf('/') + 1)..];
        var end = file.IndexOf(' ');
        return end < 0 ? file : file[..end];
    }
}
