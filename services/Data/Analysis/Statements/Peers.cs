namespace FaultMaven.Data.Analysis.Statements;

/// <summary>Finds whom a statement is about: the one that was called, never the one that called us.</summary>
internal static class Peers
{
    private static readonly HashSet<string> s_called =
        ["to", "upstream", "dial", "tcp", "connect", "connecting", "host", "server", "target", "endpoint", "addr", "address", "url", "peer",
            "broker", "node", "backend", "at", "on", "lookup", "with", "contact", "reach", "get", "post", "put", "from"];

    private static readonly HashSet<string> s_callers = ["client", "clientip", "caller", "remote", "src", "source", "forwarded", "user",
        "downstream", "requester", "by"];

    private static readonly HashSet<string> s_endings = ["yaml", "yml", "json", "conf", "log", "txt", "xml", "properties", "toml", "ini",
        "go", "py", "js", "ts", "java", "kt", "rs", "c", "cpp", "php", "rb", "cs", "sh", "db", "sql", "pem", "crt", "key", "gz", "so",
        "jar", "service", "socket", "mount", "timer", "lock", "pid", "sock"];

    public static string Find(string message, List<Token> tokens, Match match)
    {
        if (match.Place is { } place)
        {
            var text = message[tokens[place.Start].Start..tokens[place.End - 1].End];
            if (tokens[place.Start].Form == TokenForm.Name)
            {
                return text.Trim('"', '\'', '`');
            }
        }

        var best = "";
        var bestScore = 0;
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Form == TokenForm.Name && IsAddress(tokens[i].Text))
            {
                var score = Score(tokens, i, match);
                if (score > bestScore)
                {
                    (best, bestScore) = (tokens[i].Text, score);
                }
            }
        }

        return best;
    }

    private static int Score(List<Token> tokens, int at, Match match)
    {
        var score = 1;
        for (var i = at - 1; i >= Math.Max(0, at - 4); i--)
        {
            if (tokens[i].Is(",;"))
            {
                break;
            }

            if (tokens[i].Form == TokenForm.Word)
            {
                if (s_callers.Contains(tokens[i].Text))
                {
                    return 0;
                }

                score += s_called.Contains(tokens[i].Text) ? 2 : 0;
            }

            // 10.0.0.1:51000->10.0.0.9:5432
            score += tokens[i].Is(">") ? 3 : 0;
        }

        return score + (Math.Abs(at - match.First) <= 6 ? 1 : 0);
    }

    private static bool IsAddress(string text) =>
        text.Contains("://", StringComparison.Ordinal)
        || (text.Contains(':', StringComparison.Ordinal) && char.IsAsciiDigit(text[^1]) && !TimeOnly.TryParse(text, out _)
            && !IsFile(text[..text.IndexOf(':', StringComparison.Ordinal)]))
        || (text.AsSpan().ContainsAny('.', ':') && System.Net.IPAddress.TryParse(text, out _))
        || (text.Contains('.', StringComparison.Ordinal) && !text.Contains('/', StringComparison.Ordinal) && char.IsLetter(text[^1])
            && !IsFile(text));

    // settings.yaml, src/cart.rs
    private static bool IsFile(string text) => text.LastIndexOf('.') is var dot and >= 0 && s_endings.Contains(text[(dot + 1)..]);
}
