using System.Buffers;

namespace FaultMaven.Data.Analysis.Logs.Symptoms;

/// <summary>
/// Distinguishes failures from mentions of failures: "0 errors", "no errors observed", "timeout=30s", "recovered" are not failures.
/// </summary>
internal static class NegationRules
{
    private static readonly string[] s_badPhrases =
    ["error", "fail", "exception", "fatal", "panic", "unable to", "cannot", "can't", "could not", "refused", "denied", "abort", "corrupt",
        "traceback"];

    private static readonly SearchValues<string> s_bad = SearchValues.Create(s_badPhrases, StringComparison.OrdinalIgnoreCase);

    private static readonly string[] s_recoveredPhrases =
    [
        "recovered", "back to normal", "returned to normal", "reconnected", "connection restored", "restored", "healthy again",
        "now healthy", "is healthy", "became healthy", "resumed normal", "normal operation",
        "back online", "self-healed", "succeeded after", "retried successfully", "retry succeeded", "successful after", "re-established",
        "reestablished", "recovery complete", "recovery succeeded",
        "circuit breaker closed", "circuit closed", "open to closed", "half_open to closed", "resolved", "caught up", "failover complete",
    ];

    private static readonly SearchValues<string> s_recovered = SearchValues.Create(s_recoveredPhrases, StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> s_notRecovered = SearchValues.Create(
        [
            "not recover", "unrecover", "to recover", "recovery failed", "not restored", "restore failed", "failed to", "not resolve",
            "unresolved", "could not", "cannot", "unable", "to be resolved", "not healthy",
            "panic", "resolved to", "resolved address", "resolved host", "restored from", "restored snapshot",
        ],
        StringComparison.OrdinalIgnoreCase);

    private static readonly string[] s_reassuringPhrases =
    ["no error", "0 error", "zero error", "without error", "no failure", "0 fail", "zero fail", "no issue", "no problem", "error-free",
        "error free", "errors: 0", "errors=0", "error: null", "error=null", "error: none", "error=nil", "failed=0", "failed: 0",
        "failures=0", "failures: 0"];

    private static readonly SearchValues<string> s_reassuring =
        SearchValues.Create(s_reassuringPhrases, StringComparison.OrdinalIgnoreCase);

    /// <summary>Everything that makes a text sound bad, well again, or harmless.</summary>
    public static IEnumerable<string> Phrases => [.. s_badPhrases, .. s_recoveredPhrases, .. s_reassuringPhrases];

    /// <summary>True if the text says that trouble ended.</summary>
    public static bool SaysRecovered(ReadOnlySpan<char> text) =>
        text.ContainsAny(s_recovered) && !text.ContainsAny(s_notRecovered);

    /// <summary>True if the text says that there is no failure.</summary>
    public static bool Reassures(ReadOnlySpan<char> text) => text.IndexOfAny(s_reassuring) is var at and >= 0 && !IsPartOfNumber(text, at);

    /// <summary>True if a text without a level sounds like an error.</summary>
    public static bool SoundsBad(ReadOnlySpan<char> text)
    {
        var from = 0;
        while (text[from..].IndexOfAny(s_bad) is var at and >= 0)
        {
            if (!IsDenied(text, from + at, 4))
            {
                return !Reassures(text);
            }

            from += at + 4;
        }

        return false;
    }

    /// <summary>
    /// True if what is found at <paramref name="at"/> is denied ("no …", "without …", "… = 0") or but a setting ("timeout=30s").
    /// </summary>
    public static bool IsDenied(ReadOnlySpan<char> text, int at, int length)
    {
        var before = text[..at].TrimEnd(" \"'(");
        if (EndsWithWord(before, "no") || EndsWithWord(before, "without") || EndsWithWord(before, "0") || EndsWithWord(before, "zero")
            || EndsWithWord(before, "not") || EndsWithWord(before, "never") || EndsWithWord(before, "any") || EndsWithWord(before, "non")
                || EndsWithWord(before, "avoid")
            || EndsWithWord(before, "prevent") || EndsWithWord(before, "if") || EndsWithWord(before, "on") || EndsWithWord(before, "non-"))
        {
            return true;
        }

        // The rest of the word, and what is assigned to it.
        var after = text[Math.Min(at + length, text.Length)..];
        var end = 0;
        while (end < after.Length && (char.IsAsciiLetterOrDigit(after[end]) || after[end] is '_' or '-'))
        {
            end++;
        }

        var rest = after[end..].TrimStart(" \"'");
        if (rest.IsEmpty || rest[0] is not ('=' or ':'))
        {
            return rest.StartsWith("threshold", StringComparison.OrdinalIgnoreCase)
                || rest.StartsWith("handler", StringComparison.OrdinalIgnoreCase)
                || rest.StartsWith("budget", StringComparison.OrdinalIgnoreCase)
                    || rest.StartsWith("rate back", StringComparison.OrdinalIgnoreCase);
        }

        var value = rest[1..].TrimStart(" \"'");
        return (value.StartsWith("0", StringComparison.Ordinal)
            && (value.Length == 1 || !(char.IsAsciiLetterOrDigit(value[1]) || value[1] == '.')))
            || value.StartsWith("0.0", StringComparison.Ordinal) || StartsWithWord(value, "null") || StartsWithWord(value, "none")
                || StartsWithWord(value, "nil")
            || StartsWithWord(value, "false") || StartsWithWord(value, "[]");
    }

    private static bool EndsWithWord(ReadOnlySpan<char> text, string word) => text.EndsWith(word, StringComparison.OrdinalIgnoreCase)
        && (text.Length == word.Length
            || !(char.IsAsciiLetterOrDigit(text[^(word.Length + 1)]) || text[^(word.Length + 1)] is '_' or '.' or '-'));

    private static bool StartsWithWord(ReadOnlySpan<char> text, string word) => text.StartsWith(word, StringComparison.OrdinalIgnoreCase)
        && (text.Length == word.Length || !char.IsAsciiLetterOrDigit(text[word.Length]));

    // "10 errors" holds "0 error".
    private static bool IsPartOfNumber(ReadOnlySpan<char> text, int at) =>
        text[at] == '0' && at > 0 && (char.IsAsciiDigit(text[at - 1]) || text[at - 1] == '.');
}
