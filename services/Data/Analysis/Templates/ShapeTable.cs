using System.Buffers;

namespace FaultMaven.Data.Analysis.Templates;

/// <summary>
/// Gives messages the number of their shape. Memory is bounded: past <paramref name="maxShapes"/> shapes, new messages are distinguished by
/// their punctuation and first word alone, and past twice as many not at all. Not safe for use by several threads.
/// </summary>
/// <param name="maxShapes">How many shapes are distinguished by all of their words.</param>
/// <param name="watched">Words that messages are looked through for; null for none.</param>
internal sealed class ShapeTable(int maxShapes, SearchValues<string>? watched = null)
{
    // What numbers, ids, addresses and times are made of.
    private static readonly SearchValues<char> s_wordless = SearchValues.Create("0123456789abcdefABCDEF.:,+-_/x%");

    // The shape of all messages for which there is no room.
    private static readonly ulong s_anything = StableHash.Add(StableHash.Add(StableHash.Seed, 2), 4);

    private readonly MessageTokenizer _tokenizer = new();
    private readonly ValueFolding _folding = new();
    private readonly Dictionary<ulong, int> _ids = [];
    private readonly List<MessageShape> _shapes = [];
    private readonly List<ulong> _hashes = [];

    public IReadOnlyList<MessageShape> Shapes => _shapes;

    /// <summary>What distinguishes each shape: the same in every table.</summary>
    public IReadOnlyList<ulong> Hashes => _hashes;

    /// <summary>
    /// Takes in the shapes of another table. What no longer finds room is counted with messages of any wording, so that the counts still
    /// add up; the other table is not to be used any more.
    /// </summary>
    public void Merge(ShapeTable other)
    {
        for (var i = 0; i < other._shapes.Count; i++)
        {
            var hash = _ids.ContainsKey(other._hashes[i]) || _shapes.Count < 2 * maxShapes ? other._hashes[i] : s_anything;
            if (_ids.TryGetValue(hash, out var known))
            {
                _shapes[known].Add(other._shapes[i]);
            }
            else
            {
                _shapes.Add(other._shapes[i]);
                Register(hash);
            }
        }
    }

    /// <summary>Counts a message and returns the index of its shape.</summary>
    public int Add(ReadOnlySpan<char> message) => Add(message, out _);

    /// <summary>Counts a message and returns the index of its shape.</summary>
    /// <param name="message">The message.</param>
    /// <param name="plain">True if it surely has none of the watched words; messages of one shape share their words, so those are looked
    /// through once.</param>
    public int Add(ReadOnlySpan<char> message, out bool plain)
    {
        var tokens = _tokenizer.Tokenize(message);
        var folded = _folding.Fold(message, tokens);
        var hash = Hash(message, tokens, folded);
        if (!_ids.TryGetValue(hash, out var id))
        {
            id = AddShape(message, tokens, folded, hash);
        }

        var shape = _shapes[id];
        shape.Note(folded);
        plain = shape.IsPlain && tokens.Length < MessageTokenizer.MaxTokens && !ValuesAreWatched(message, tokens);
        return id;
    }

    /// <summary>The index of the shape of a message, which is not counted; -1 if it has none.</summary>
    public int Find(ReadOnlySpan<char> message)
    {
        var tokens = _tokenizer.Tokenize(message);
        return _ids.GetValueOrDefault(Hash(message, tokens, _folding.Fold(message, tokens)), -1);
    }

    private bool ValuesAreWatched(ReadOnlySpan<char> message, ReadOnlySpan<Token> tokens)
    {
        foreach (var token in tokens)
        {
            if (token.Kind is TokenKind.Variable or TokenKind.Mixed or TokenKind.Numbered && token.In(message) is var value
                && value.ContainsAnyExcept(s_wordless) && value.ContainsAny(watched!))
            {
                return true;
            }
        }

        return false;
    }

    private int AddShape(ReadOnlySpan<char> message, ReadOnlySpan<Token> tokens, ReadOnlySpan<FoldedToken> folded, ulong hash)
    {
        FoldedToken[]? coarse = null;
        if (_shapes.Count >= maxShapes)
        {
            coarse = _shapes.Count < 2 * maxShapes ? Coarse(folded) : [new FoldedToken(0, 0, TokenKind.Variable, 0)];
            hash = StableHash.Add(Hash(message, tokens, coarse), 4);
            if (_ids.TryGetValue(hash, out var known))
            {
                return known;
            }
        }

        // A coarse shape does not share its words.
        _shapes.Add(MessageShape.Of(message, tokens, coarse ?? folded, isPlain: coarse is null && watched is not null
            && !message.ContainsAny(watched)));
        return Register(hash);
    }

    private int Register(ulong hash)
    {
        _hashes.Add(hash);
        _ids.Add(hash, _shapes.Count - 1);
        return _shapes.Count - 1;
    }

    private static FoldedToken[] Coarse(ReadOnlySpan<FoldedToken> folded)
    {
        var coarse = folded.ToArray();
        for (var i = 1; i < coarse.Length; i++)
        {
            coarse[i] = coarse[i].Kind == TokenKind.Punctuation ? coarse[i]
                : coarse[i] with { Kind = TokenKind.Variable, Last = coarse[i].First };
        }

        return coarse;
    }

    private static ulong Hash(ReadOnlySpan<char> message, ReadOnlySpan<Token> tokens, ReadOnlySpan<FoldedToken> folded)
    {
        var hash = StableHash.Seed;
        foreach (var token in folded)
        {
            hash = token.Kind switch
            {
                TokenKind.Word or TokenKind.Punctuation => StableHash.Add(hash, tokens[token.First].In(message)),
                TokenKind.Numbered => StableHash.AddWithoutDigits(hash, tokens[token.First].In(message)),
                TokenKind.Empty => StableHash.Add(hash, 1),
                _ => StableHash.Add(hash, 2),
            };
        }

        return hash;
    }
}
