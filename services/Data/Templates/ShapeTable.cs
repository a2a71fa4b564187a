namespace FaultMaven.Data.Templates;

/// <summary>
/// Gives messages the number of their shape. Memory is bounded: past <paramref name="maxShapes"/> shapes, new messages are told apart by
/// their punctuation and first word alone, and past twice as many not at all. Not safe for use by several threads.
/// </summary>
internal sealed class ShapeTable(int maxShapes)
{
    private readonly MessageTokenizer _tokenizer = new();
    private readonly ValueFolding _folding = new();
    private readonly Dictionary<ulong, int> _ids = [];
    private readonly List<MessageShape> _shapes = [];

    public IReadOnlyList<MessageShape> Shapes => _shapes;

    /// <summary>Counts a message and returns the index of its shape.</summary>
    public int Add(ReadOnlySpan<char> message)
    {
        var tokens = _tokenizer.Tokenize(message);
        var folded = _folding.Fold(message, tokens);
        var hash = Hash(message, tokens, folded);
        if (!_ids.TryGetValue(hash, out var id))
        {
            id = AddShape(message, tokens, folded, hash);
        }

        _shapes[id].Note(folded);
        return id;
    }

    private int AddShape(ReadOnlySpan<char> message, ReadOnlySpan<Token> tokens, ReadOnlySpan<FoldedToken> folded, ulong hash)
    {
        FoldedToken[]? coarse = null;
        if (_shapes.Count >= maxShapes)
        {
            coarse = _shapes.Count < 2 * maxShapes ? Coarse(folded) : [new FoldedToken(0, 0, TokenKind.Variable, 0)];
            hash = Fingerprint.Add(Hash(message, tokens, coarse), 4);
            if (_ids.TryGetValue(hash, out var known))
            {
                return known;
            }
        }

        _shapes.Add(MessageShape.Of(message, tokens, coarse ?? folded));
        _ids.Add(hash, _shapes.Count - 1);
        return _shapes.Count - 1;
    }

    private static FoldedToken[] Coarse(ReadOnlySpan<FoldedToken> folded)
    {
        var coarse = folded.ToArray();
        for (var i = 1; i < coarse.Length; i++)
        {
            coarse[i] = coarse[i].Kind == TokenKind.Punctuation ? coarse[i] : coarse[i] with { Kind = TokenKind.Variable, Last = coarse[i].First };
        }

        return coarse;
    }

    private static ulong Hash(ReadOnlySpan<char> message, ReadOnlySpan<Token> tokens, ReadOnlySpan<FoldedToken> folded)
    {
        var hash = Fingerprint.Seed;
        foreach (var token in folded)
        {
            hash = token.Kind switch
            {
                TokenKind.Word or TokenKind.Punctuation => Fingerprint.Add(hash, tokens[token.First].In(message)),
                TokenKind.Numbered => Fingerprint.AddWithoutDigits(hash, tokens[token.First].In(message)),
                TokenKind.Empty => Fingerprint.Add(hash, 1),
                _ => Fingerprint.Add(hash, 2),
            };
        }

        return hash;
    }
}
