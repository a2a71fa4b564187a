namespace FaultMaven.Data.Analysis.Statements;

/// <summary>Words so frequent that looking patterns up by them would be slow.</summary>
internal static class FunctionWords
{
    private static readonly HashSet<string> s_words =
    [
        "a", "an", "the", "no", "not", "is", "are", "was", "were", "be", "been", "has", "have", "had", "of", "on", "in", "to", "too",
        "many", "much", "out", "for", "from", "by", "at", "with", "and", "or",
        "could", "can", "cannot", "can't", "does", "do", "did", "doesn't", "didn't", "will", "won't", "would", "it", "as", "up", "down",
        "more", "than", "all", "any", "still", "yet", "already", "isn't",
        "aren't", "wasn't", "couldn't", "unable", "failed", "fail*", "never", "number", "server", "client", "connection", "request", "file",
        "error",
    ];

    private static readonly HashSet<string> s_auxiliaries = ["is", "are", "was", "were", "has", "have", "had", "been", "be", "being",
        "already", "currently", "still"];

    /// <summary>True for a word that changes when something is said, not what.</summary>
    public static bool IsAuxiliary(Token token) => token.Form == TokenForm.Word && s_auxiliaries.Contains(token.Text);

    public static bool Contains(string word) => s_words.Contains(word);
}
