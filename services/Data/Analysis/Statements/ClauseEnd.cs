namespace FaultMaven.Data.Analysis.Statements;

/// <summary>Where clauses of a message end.</summary>
internal static class ClauseEnd
{
    /// <summary>Marks that no phrase reaches over.</summary>
    public const string Hard = ":;.!?|{}<>";

    private static readonly HashSet<string> s_following =
    [
        "on", "in", "for", "at", "while", "when", "after", "and", "but", "because", "due", "so", "by", "with", "from", "to", "since", "as",
        "or", "of", "until", "during", "again", "now", "yet", "already", "this", "today", "yesterday", "all", "here", "there",
        "cannot", "could", "unable", "failed", "dropping", "rejecting", "waiting", "discarding", "refusing",
    ];

    private static readonly HashSet<string> s_connectors = ["because", "causing", "while", "when", "so", "then", "but"];

    /// <summary>True if the predicate ends before token <paramref name="at"/>: nothing that it could describe follows.</summary>
    public static bool Is(IReadOnlyList<Token> tokens, int at) =>
        at >= tokens.Count || (!tokens[at].Joined && (tokens[at].Form != TokenForm.Word || s_following.Contains(tokens[at].Text)));

    /// <summary>True if a clause starts at token <paramref name="at"/>.</summary>
    public static bool Starts(IReadOnlyList<Token> tokens, int at) => at <= 0 || tokens[at - 1].Form == TokenForm.Punctuation;

    /// <summary>True if a gap in a pattern must not reach over the token.</summary>
    public static bool Breaks(Token token) => token.Is(Hard) || (token.Form == TokenForm.Word && s_connectors.Contains(token.Text));
}
