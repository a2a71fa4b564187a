namespace FaultMaven.Data.Analysis.Statements;

/// <summary>Finds the words beside a predicate that name what it is said of: "the conntrack table" in "the conntrack table is
/// full".</summary>
internal static class NounPhrase
{
    private const int MaxTokens = 9;

    // What ends a noun phrase, forwards.
    private static readonly HashSet<string> s_stopsAfter =
    [
        "because", "while", "when", "after", "before", "due", "since", "and", "but", "is", "was", "are", "were", "has", "have", "had",
        "will", "so", "then", "until", "unless", "if",
        "that", "which", "who", "with", "by", "as", "retrying", "retry", "aborting", "exiting", "skipping", "giving", "please", "check",
        "try", "should", "may", "might", "can", "could",
        "anymore", "yet", "again", "now",
    ];

    private static readonly HashSet<string> s_stopsBefore =
    [
        "because", "while", "when", "after", "before", "since", "and", "but", "or", "so", "then", "until", "unless", "if", "that", "which",
        "it", "they", "we", "he", "she", "there", "this",
        "these", "those", "as", "error", "warning", "fatal", "err", "critical", "crit", "panic", "warn", "info", "alert", "emerg", "notice",
        "debug", "failed", "unable", "cannot", "can't", "could", "by",
        "caused", "returned", "returns", "reported", "reports", "said", "says", "got", "received", "with", "exception", "reason", "cause",
        "detected", "found",
    ];

    // What is before a verb is another thing, also in compounds: KubeletHasDiskPressure.
    private static readonly HashSet<string> s_verbs = ["is", "are", "was", "were", "has", "have", "had"];

    // Words that name no thing.
    private static readonly HashSet<string> s_empty = ["exception", "exceptions", "error", "errors", "occurred"];

    // What is between the phrase and its predicate.
    private static readonly HashSet<string> s_auxiliaries =
    [
        "is", "are", "was", "were", "be", "been", "being", "has", "have", "had", "already", "currently", "now", "temporarily", "still",
        "completely", "almost", "nearly", "does", "do", "did",
        "will", "would", "to", "got", "became", "becomes", "become", "went", "remains", "seems", "appears", "just", "also", "therefore",
        "may", "might", "can", "suddenly", "unexpectedly", "itself",
    ];

    // What a name is introduced by.
    private static readonly HashSet<string> s_types =
        ["host", "hostname", "name", "server", "service", "node", "key", "file", "module", "user", "table", "url", "address", "topic",
            "queue", "path", "database", "bucket", "group", "field", "column", "device"];

    private static readonly HashSet<string> s_determiners = ["the", "a", "an", "its", "their", "our", "your", "any", "all", "some", "this",
        "that", "such", "configured", "maximum", "of", "on", "in", "for", "from", "to", "at"];

    /// <summary>The phrase that ends before token <paramref name="last"/> + 1, auxiliaries skipped. Null if there is none.</summary>
    public static (int Start, int End)? Before(IReadOnlyList<Token> tokens, int last)
    {
        while (last >= 0 && tokens[last].Form == TokenForm.Word && s_auxiliaries.Contains(tokens[last].Text))
        {
            last--;
        }

        var start = last + 1;
        while (start > 0 && last - start + 1 < MaxTokens)
        {
            var token = tokens[start - 1];
            if (Aside.Start(tokens, start - 1) is { } opening)
            {
                start = opening;
                continue;
            }

            if (token.Form == TokenForm.Punctuation || (token.Form == TokenForm.Word
                && (s_verbs.Contains(token.Text) || (!token.Joined && s_stopsBefore.Contains(token.Text)))))
            {
                // "disk, volume and quota" is a list, but rarely; the last of it is what counts.
                break;
            }

            start--;
        }

        // (Inner Exception #1) connection
        while (tokens.Count > start && tokens[start].Is("([") && Aside.End(tokens, start) is { } behind && behind <= last)
        {
            start = behind;
        }

        while (start <= last && tokens[start].Form == TokenForm.Word && !tokens[start].Joined
            && (s_determiners.Contains(tokens[start].Text) || s_auxiliaries.Contains(tokens[start].Text)))
        {
            start++;
        }

        return Names(tokens, start, last + 1) ? (start, last + 1) : null;
    }

    /// <summary>The phrase that begins at token <paramref name="first"/>. Null if there is none.</summary>
    public static (int Start, int End)? After(IReadOnlyList<Token> tokens, int first)
    {
        while (first < tokens.Count && (tokens[first].Is(":=") || (tokens[first].Form == TokenForm.Word
            && s_determiners.Contains(tokens[first].Text))))
        {
            first++;
        }

        var end = first;
        while (end < tokens.Count && end - first < MaxTokens)
        {
            var token = tokens[end];
            if (Aside.End(tokens, end) is { } closing)
            {
                end = closing;
                continue;
            }

            if (token.Form == TokenForm.Punctuation || (token.Form == TokenForm.Word && !token.Joined && s_stopsAfter.Contains(token.Text)))
            {
                break;
            }

            end++;
        }

        // Could not resolve host: orders
        if (end == first + 1 && end + 1 < tokens.Count && tokens[end].Is(":") && s_types.Contains(tokens[first].Text)
            && After(tokens, end + 1) is { } name)
        {
            return name;
        }

        return Names(tokens, first, end) ? (first, end) : null;
    }

    // A phrase names something: figures and words such as "exception" alone do not.
    private static bool Names(IReadOnlyList<Token> tokens, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            if (tokens[i].Form == TokenForm.Name || (tokens[i].Form == TokenForm.Word && !s_empty.Contains(tokens[i].Text)))
            {
                return true;
            }
        }

        return false;
    }
}
