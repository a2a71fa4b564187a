namespace FaultMaven.Data.Analysis.Statements;

/// <summary>Finds the quantity and the limit that a statement names.</summary>
internal static class Figures
{
    private const int Reach = 12;

    private static readonly HashSet<string> s_limits = ["limit", "max", "maximum", "capacity", "quota", "threshold", "allowed", "cap",
        "ceiling", "size", "total", "most"];

    private static readonly HashSet<string> s_between = ["of", "out", "exceeds", "exceed", "exceeded", "exceeding", "above", "over", "than",
        "reached", "vs"];

    public static (string Quantity, string Limit) Find(List<Token> tokens, Match match)
    {
        var start = Math.Max(0, Math.Min(match.First, match.Object?.Start ?? match.First) - Reach);
        var end = Math.Min(tokens.Count, match.Last + 1 + Reach);
        var (quantity, limit) = ("", "");
        for (var i = start; i < end; i++)
        {
            if (tokens[i].Form != TokenForm.Number || tokens[i].Joined || IsPartOfName(tokens, i))
            {
                continue;
            }

            if (limit.Length == 0 && IsLimit(tokens, i, start))
            {
                limit = WithUnit(tokens, i);
            }
            else if (quantity.Length == 0 && !IsCode(tokens, i))
            {
                quantity = WithUnit(tokens, i);
            }
        }

        return (quantity, limit);
    }

    // The port of <IP_ADDRESS_7>:5432 or -> :53, the request *1 of a proxy, the exit code of (6): none of them is an amount.
    private static bool IsPartOfName(List<Token> tokens, int at)
    {
        if (at == 0 || tokens[at - 1].End != tokens[at].Start)
        {
            return false;
        }

        return tokens[at - 1].Is("*#")
            || (tokens[at - 1].Is(":") && (at == 1 || tokens[at - 2].End != tokens[at - 1].Start || tokens[at - 2].Is(">])")))
            || (tokens[at - 1].Is("(") && at + 1 < tokens.Count && tokens[at + 1].Is(")") && at == 1);
    }

    // limit 100 | max=100 | 100 of 100 | 16/16 | 120 > 100
    private static bool IsLimit(List<Token> tokens, int at, int start)
    {
        for (var i = at - 1; i >= Math.Max(start, at - 4); i--)
        {
            if (tokens[i].Form == TokenForm.Word && s_limits.Contains(tokens[i].Text))
            {
                return true;
            }

            if (tokens[i].Form == TokenForm.Number)
            {
                var between = Enumerable.Range(i + 1, at - i - 1).Select(index => tokens[index]).ToList();
                return between.Count > 0 && between.All(token => token.Is("/<>=(") || (token.Form == TokenForm.Word
                    && s_between.Contains(token.Text)));
            }
        }

        return false;
    }

    private static bool IsCode(List<Token> tokens, int at) => at > 0 && tokens[at - 1].Text is "#" or "code" or "status" or "line" or "pid"
        or "port" or "exit" or "http" or "errno" or "error";

    private static string WithUnit(List<Token> tokens, int at) =>
        at + 1 < tokens.Count && !char.IsLetter(tokens[at].Text[^1]) && tokens[at + 1].Text is "ms" or "s" or "seconds" or "minutes"
            or "hours" or "days" or "bytes" or "kb" or "mb" or "gb" or "kib" or "mib" or "gib" or "%"
            ? $"{tokens[at].Text} {tokens[at + 1].Text}"
            : tokens[at].Text;
}
