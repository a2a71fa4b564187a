using System.Text;

namespace FaultMaven.Data.Analysis.Templates;

/// <summary>Shapes that are taken for one template.</summary>
internal sealed class ShapeCluster
{
    private readonly Piece[] _pieces;
    private readonly int[] _pieceOf;
    private readonly List<int> _shapes;
    private readonly Dictionary<ulong, int> _buckets = [];
    private readonly ulong _signature;
    private ulong _sum;

    private ShapeCluster(Piece[] pieces, List<int> shapes, long count)
    {
        _pieces = pieces;
        _shapes = shapes;
        Count = count;
        _signature = StableHash.Seed;
        var pieceOf = new List<int>();
        for (var i = 0; i < pieces.Length; i++)
        {
            _signature = pieces[i].IsPunctuation ? StableHash.Add(_signature, pieces[i].Text) : StableHash.Add(_signature, 2);
            if (!pieces[i].IsPunctuation)
            {
                pieceOf.Add(i);
            }
        }

        _pieceOf = [.. pieceOf];
        Values = [.. pieceOf.Select(i => pieces[i].Value)];
        for (var p = 0; p < Values.Length; p++)
        {
            _sum += Part(p, Values[p]);
        }
    }

    /// <summary>What is in each place that is not punctuation, as <see cref="WordNumbers"/> numbers it.</summary>
    public int[] Values { get; }

    public long Count { get; private set; }

    public IReadOnlyList<int> Shapes => _shapes;

    public bool Absorbed { get; private set; }

    /// <summary>True if it changed in this round, so that what was said of it before no longer holds.</summary>
    public bool Changed { get; private set; }

    public static ShapeCluster Of(MessageShape shape, int index, WordNumbers words)
    {
        var pieces = new Piece[shape.Tokens.Length];
        for (var t = 0; t < pieces.Length; t++)
        {
            var token = shape.Tokens[t];
            var value = token.Kind switch
            {
                TokenKind.Empty => WordNumbers.Empty,
                TokenKind.Punctuation or TokenKind.Word => words.Of(token.Text),
                TokenKind.Numbered or TokenKind.Mixed when !token.Varies => words.Of(token.Text),
                _ => WordNumbers.Value,
            };
            var text = value == WordNumbers.Value && (token.Varies || token.Kind != TokenKind.Variable) ? Template.Wildcard : token.Text;
            pieces[t] = new Piece(text, value, token.SpaceBefore, token.Kind == TokenKind.Punctuation);
        }

        return new ShapeCluster(pieces, [index], shape.Count);
    }

    /// <summary>The same cluster with its lists, quotations and assigned values as one place each.</summary>
    public ShapeCluster Coarsen(WordNumbers words) => new(CoarsePieces.Of(_pieces, words), _shapes, Count);

    /// <summary>The same for all clusters that agree in everything but the place <paramref name="p"/>.</summary>
    public ulong HashWithout(int p) => StableHash.Add(_signature + (ulong)p, _sum - Part(p, Values[p]));

    public void NoteBucket(int p, ulong key) => _buckets[key] = p;

    public int PositionOf(ulong key) => _buckets[key];

    /// <summary>The text between this place and the one before, such as <c>=</c>; a space where white space is.</summary>
    public string Before(int p)
    {
        var piece = _pieceOf[p];
        return _pieces[piece].SpaceBefore ? " " : piece == 0 ? "" : _pieces[piece - 1].Text;
    }

    /// <summary>
    /// The punctuation after this place; empty if none does. White space may stand before <c>=</c>, but makes others not belong to it.
    /// </summary>
    public string After(int p)
    {
        var piece = _pieceOf[p] + 1;
        return piece < _pieces.Length && _pieces[piece].IsPunctuation && (!_pieces[piece].SpaceBefore || _pieces[piece].Text == "=")
            ? _pieces[piece].Text
            : "";
    }

    /// <summary>True if the place holds what is assigned to a name or is in quotes: what is there, differs from line to line.</summary>
    public bool IsAssigned(int p) =>
        Before(p) is "=" or "\"" or "'" && (Before(p) == "=" || After(p).StartsWith(Before(p), StringComparison.Ordinal));

    /// <summary>The same for all clusters that agree in everything but assigned values; words that say what happened count.</summary>
    public ulong HashWithoutAssigned(WordNumbers words)
    {
        var sum = 0ul;
        for (var p = 0; p < Values.Length; p++)
        {
            var counts = !IsAssigned(p) || (Values[p] > WordNumbers.Empty && OppositeWords.IsTelling(words[Values[p]]));
            sum += counts ? Part(p, Values[p]) : Part(p, WordNumbers.Value);
        }

        return StableHash.Add(_signature, sum);
    }

    /// <summary>Takes in clusters that differ in several places.</summary>
    public void Absorb(IReadOnlyList<ShapeCluster> members)
    {
        for (var p = 0; p < Values.Length; p++)
        {
            if (members.Any(member => member.Values[p] != Values[p]))
            {
                Absorb([], p);
            }
        }

        Absorb(members, -1);
    }

    /// <summary>
    /// Takes in clusters that differ in the place <paramref name="p"/>, which thereby is a value; -1 if they don't differ.
    /// </summary>
    public void Absorb(IReadOnlyList<ShapeCluster> members, int p)
    {
        foreach (var member in members)
        {
            if (member != this)
            {
                member.Absorbed = true;
                _shapes.AddRange(member._shapes);
                Count += member.Count;
            }
        }

        Changed = true;
        if (p < 0)
        {
            return;
        }

        _sum -= Part(p, Values[p]);
        Values[p] = WordNumbers.Value;
        _sum += Part(p, WordNumbers.Value);
        ref var piece = ref _pieces[_pieceOf[p]];
        piece = piece with { Text = Template.Wildcard, Value = WordNumbers.Value };
    }

    public void EndRound()
    {
        Changed = false;
        _buckets.Clear();
    }

    public string Text() => Piece.Render(_pieces);

    private static ulong Part(int p, int value) => StableHash.Add((ulong)(p + 1) * StableHash.Seed, (ulong)value);
}

/// <summary>A stretch of a template: punctuation, or a place where a word or value is.</summary>
/// <param name="Text">As it is written in the template.</param>
/// <param name="Value">What is there, as <see cref="WordNumbers"/> numbers it.</param>
/// <param name="SpaceBefore">True if white space is before it.</param>
/// <param name="IsPunctuation">True if it is not a place.</param>
internal readonly record struct Piece(string Text, int Value, bool SpaceBefore, bool IsPunctuation)
{
    public static string Render(ReadOnlySpan<Piece> pieces)
    {
        var text = new StringBuilder();
        foreach (var piece in pieces)
        {
            if (piece.SpaceBefore && text.Length > 0)
            {
                text.Append(' ');
            }

            text.Append(piece.Text);
        }

        return text.ToString();
    }
}
