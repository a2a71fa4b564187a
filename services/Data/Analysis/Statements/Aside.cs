namespace FaultMaven.Data.Analysis.Statements;

/// <summary>What is put between quotation marks or brackets inside a clause: <c>circuit breaker "inventory" is open</c>.</summary>
internal static class Aside
{
    private const int MaxTokens = 12;

    /// <summary>The index behind an aside that begins at token <paramref name="at"/>. Null if none begins there.</summary>
    public static int? End(IReadOnlyList<Token> tokens, int at)
    {
        if (at < 0 || at >= tokens.Count || !tokens[at].Is("\"'`(["))
        {
            return null;
        }

        var mark = tokens[at].Text[0] switch { '(' => ")", '[' => "]", var same => same.ToString() };
        for (var i = at + 1; i < Math.Min(tokens.Count, at + MaxTokens); i++)
        {
            if (tokens[i].Is(mark))
            {
                return i + 1;
            }
        }

        return null;
    }

    /// <summary>Where an aside begins that ends with token <paramref name="at"/>. Null if none ends there.</summary>
    public static int? Start(IReadOnlyList<Token> tokens, int at)
    {
        if (at < 0 || at >= tokens.Count || !tokens[at].Is("\"'`)]"))
        {
            return null;
        }

        var mark = tokens[at].Text[0] switch { ')' => "(", ']' => "[", var same => same.ToString() };
        for (var i = at - 1; i >= Math.Max(0, at - MaxTokens); i--)
        {
            if (tokens[i].Is(mark))
            {
                return i;
            }
        }

        return null;
    }
}
