namespace FaultMaven.Redaction.Recognition.Secrets;

/// <summary>
/// Defaults of calls that look a secret up: <c>getenv("DB_PASSWORD", "…")</c>, <c>config.get("token", "…")</c>, <c>os.Getenv("X",
/// b"…")</c>.
/// </summary>
internal static class Lookups
{
    private const int MaxCall = 256;
    private const int MaxArguments = 4;

    private static readonly string[] s_functions =
        ["get", "env", "default", "lookup", "option", "fetch", "read", "coalesce", "config", "setting", "var", "flag", "string"];

    /// <summary>
    /// Finds the last argument of a call, if it is quoted, there is another before it and the function looks something up.
    /// </summary>
    public static bool TryDefault(ReadOnlySpan<char> text, ValueSpan call, out ValueSpan value)
    {
        value = ValueSpan.None;
        var ahead = text[call.Start..Math.Min(text.Length, call.Start + MaxCall)];
        var open = ahead.IndexOf('(');
        if (open <= 0 || ahead[..open].ContainsAnyExcept(Alphabets.Calls) || !IsLookup(ahead[..open]))
        {
            return false;
        }

        var line = text[..Boundary.LineEnd(text, call.Start, MaxCall)];
        var at = call.Start + open + 1;
        for (var argument = 0; argument < MaxArguments && at < line.Length; argument++)
        {
            NameLink.SkipSpace(line, ref at, 8);
            var span = ValueSpan.At(line, at);
            if (argument > 0 && span.Quoted)
            {
                value = span;
                return true;
            }

            var next = line[span.End..].IndexOfAny(',', ')');
            if (next < 0 || line[span.End + next] == ')')
            {
                return false;
            }

            at = span.End + next + 1;
        }

        return false;
    }

    private static bool IsLookup(ReadOnlySpan<char> function)
    {
        foreach (var word in s_functions)
        {
            if (function.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
