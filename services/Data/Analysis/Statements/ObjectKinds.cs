namespace FaultMaven.Data.Analysis.Statements;

/// <summary>What kind of thing the object of a statement is, by the words of <c>object-kinds.txt</c>.</summary>
internal static class ObjectKinds
{
    private static readonly Dictionary<string, string> s_exact = [];
    private static readonly List<(string Beginning, string Kind)> s_beginnings = [];

    static ObjectKinds()
    {
        foreach (var line in Vocabulary.Lines("object-kinds.txt"))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            foreach (var word in line[(colon + 1)..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                if (word.EndsWith('*'))
                {
                    s_beginnings.Add((word[..^1], line[..colon]));
                }
                else
                {
                    s_exact.TryAdd(string.Join(' ', Tokenizer.Split(word).Select(token => token.Text)), line[..colon]);
                }
            }
        }
    }

    private static readonly HashSet<string> s_prepositions = ["for", "of", "on", "in", "from", "to", "at", "with", "by"];

    /// <summary>The kind of a phrase; empty if no word of it is known.</summary>
    public static string Of(IReadOnlyList<Token> tokens, int start, int end)
    {
        // The head of a phrase is before its first preposition: "certificate for api.example.org".
        var head = start;
        while (head < end && !(head > start && s_prepositions.Contains(tokens[head].Text)))
        {
            head++;
        }

        return Find(tokens, start, head) is { Length: > 0 } kind ? kind : Find(tokens, head, end);
    }

    private static string Find(IReadOnlyList<Token> tokens, int start, int end)
    {
        for (var i = end - 2; i >= start; i--)
        {
            if (s_exact.TryGetValue($"{tokens[i].Text} {tokens[i + 1].Text}", out var pair))
            {
                return pair;
            }
        }

        for (var i = end - 1; i >= start; i--)
        {
            if (tokens[i].Form == TokenForm.Word && OfWord(tokens[i].Text) is { } kind)
            {
                return kind;
            }
        }

        return "";
    }

    private static string? OfWord(string word) =>
        s_exact.TryGetValue(word, out var kind) || (word.EndsWith('s') && s_exact.TryGetValue(word[..^1], out kind))
            ? kind
            : s_beginnings.Find(entry => word.StartsWith(entry.Beginning, StringComparison.Ordinal)).Kind;
}
