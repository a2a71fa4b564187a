namespace FaultMaven.Data.Analysis.Templates;

/// <summary>
/// Takes runs of tokens together that are one value to a reader, so that a list of three has the shape of a list of five and
/// <c>18846 bytes (18.4 KB)</c> that of <c>0 bytes</c>. Not safe for use by several threads.
/// </summary>
internal sealed class ValueFolding
{
    private readonly FoldedToken[] _folded = new FoldedToken[MessageTokenizer.MaxTokens];

    /// <summary>Folds the tokens of a message. The result is valid until the next call.</summary>
    public ReadOnlySpan<FoldedToken> Fold(ReadOnlySpan<char> message, ReadOnlySpan<Token> tokens)
    {
        var count = 0;
        for (var i = 0; i < tokens.Length; i++)
        {
            var token = Next(message, tokens, i);
            i = token.Last;
            if (token.IsValue && count > 0)
            {
                ref var before = ref _folded[count - 1];
                if (before.IsValue)
                {
                    before = Join(before, token);
                    continue;
                }

                if (count > 1 && _folded[count - 2].IsValue && Joins(message, tokens, before.First))
                {
                    count--;
                    _folded[count - 1] = Join(_folded[count - 1], token);
                    continue;
                }
            }

            _folded[count++] = token;
        }

        return _folded.AsSpan(0, count);
    }

    private static FoldedToken Join(FoldedToken first, FoldedToken second) =>
        new(first.First, second.Last, TokenKind.Variable, StableHash.Add(first.Form, second.Form + 3));

    // "a, b" and "host:port" are one; "a - b" is not.
    private static bool Joins(ReadOnlySpan<char> message, ReadOnlySpan<Token> tokens, int i)
    {
        var token = tokens[i];
        return token is { Kind: TokenKind.Punctuation, Length: 1, SpaceBefore: false }
            && (message[token.Start] == ',' || (message[token.Start] == ':' && !tokens[i + 1].SpaceBefore));
    }

    private static FoldedToken Next(ReadOnlySpan<char> message, ReadOnlySpan<Token> tokens, int i)
    {
        var token = tokens[i];
        switch (token.Kind)
        {
            case TokenKind.Word when token.Length == 3 && i + 1 < tokens.Length && IsDateWord(token.In(message))
                && (tokens[i + 1].Kind == TokenKind.Variable || IsDateWord(tokens[i + 1].In(message))):
                return new FoldedToken(i, i, TokenKind.Variable, 0);
            case TokenKind.Variable:
                return Quantity(message, tokens, i, i);
            case TokenKind.Mixed or TokenKind.Numbered:
                return new FoldedToken(i, i, token.Kind, StableHash.Add(StableHash.Seed, token.In(message)));
            case TokenKind.Punctuation when IsBound(message, tokens, i):
                return Quantity(message, tokens, i, i + 1);
            default:
                return new FoldedToken(i, i, token.Kind, 0);
        }
    }

    // "<1 sec", but not "<1>".
    private static bool IsBound(ReadOnlySpan<char> message, ReadOnlySpan<Token> tokens, int i) =>
        tokens[i].Length == 1 && message[tokens[i].Start] is '<' or '>' && i + 2 < tokens.Length
        && tokens[i + 1] is { Kind: TokenKind.Variable, SpaceBefore: false }
        && tokens[i + 2].Kind == TokenKind.Word && Units.Contains(tokens[i + 2].In(message));

    // "512 MB", "18846 bytes (18.4 KB)".
    private static FoldedToken Quantity(ReadOnlySpan<char> message, ReadOnlySpan<Token> tokens, int first, int number)
    {
        var unit = number + 1;
        if (unit >= tokens.Length || tokens[unit].Kind != TokenKind.Word || !Units.Contains(tokens[unit].In(message)))
        {
            return new FoldedToken(first, number, TokenKind.Variable, 0);
        }

        var form = StableHash.Add((ulong)(unit - first), tokens[unit].In(message));
        var again = unit + 4 < tokens.Length + 0 && Is(message, tokens[unit + 1], '(') && tokens[unit + 2].Kind == TokenKind.Variable
            && Units.Contains(tokens[unit + 3].In(message)) && Is(message, tokens[unit + 4], ')');
        return again
            ? new FoldedToken(first, unit + 4, TokenKind.Variable, form + 1)
            : new FoldedToken(first, unit, TokenKind.Variable, form);
    }

    private static bool Is(ReadOnlySpan<char> message, Token token, char c) => token.Length == 1 && message[token.Start] == c;

    private static bool IsDateWord(ReadOnlySpan<char> word) => word is "Mon" or "Tue" or "Wed" or "Thu" or "Fri" or "Sat" or "Sun"
        or "Jan" or "Feb" or "Mar" or "Apr" or "May" or "Jun" or "Jul" or "Aug" or "Sep" or "Oct" or "Nov" or "Dec";
}
