namespace FaultMaven.Redaction.Recognition;

/// <summary>
/// Finds the literals of all recognisers in one pass. Two characters choose a short list of literals from a table; nearly all places in
/// ordinary text choose the empty one, without a branch that depends on what came before.
/// </summary>
internal sealed class LiteralIndex
{
    private const int Width = 128;

    private readonly byte[] _fold = new byte[Width];
    private readonly ushort[] _table = new ushort[Width * Width];
    private readonly Entry[][] _lists;

    public LiteralIndex(IReadOnlyList<Recognizer> recognizers)
    {
        for (var c = 0; c < Width; c++)
        {
            _fold[c] = (byte)char.ToLowerInvariant((char)c);
        }

        var entries = recognizers
            .SelectMany(r => r.Literals.Select((literal, i) => new Entry(literal.Text.ToLowerInvariant(), literal.Start, r, i)))
            .ToArray();

        var lists = new List<Entry[]> { Array.Empty<Entry>() };
        for (var first = 0; first < Width; first++)
        {
            for (var second = 0; second < Width; second++)
            {
                var list = Array.FindAll(entries, e => StartsWith(e.Text, first, second));
                if (list.Length > 0)
                {
                    lists.Add(list);
                    _table[(first * Width) + second] = (ushort)(lists.Count - 1);
                }
            }
        }

        _lists = [.. lists];
    }

    /// <summary>Asks the recognisers about every place where one of their literals stands, in order.</summary>
    public void Match(ReadOnlySpan<char> text, FindingList findings)
    {
        var table = _table;
        var fold = _fold;
        for (var i = 0; i < text.Length; i++)
        {
            uint first = text[i];
            uint second = i + 1 < text.Length ? text[i + 1] : 0u;
            if (first >= Width)
            {
                continue;
            }

            // Whatever is not ASCII ends a literal like a NUL does.
            var list = table[(fold[first] * Width) + (second < Width ? fold[second] : 0)];
            if (list == 0)
            {
                continue;
            }

            foreach (ref readonly var entry in _lists[list].AsSpan())
            {
                if (StandsAt(text, i, in entry))
                {
                    entry.Recognizer.Match(text, i, entry.Literal, findings);
                }
            }
        }
    }

    private static bool StartsWith(string literal, int first, int second) =>
        literal[0] == first && (literal.Length == 1 || literal[1] == second);

    private static bool StandsAt(ReadOnlySpan<char> text, int at, in Entry entry) =>
        (entry.Text.Length <= 2 || text[at..].StartsWith(entry.Text, StringComparison.OrdinalIgnoreCase))
        && (entry.Text.Length <= 1 || at + 1 < text.Length)
        && (entry.Start == LiteralStart.Anywhere || Boundary.Before(text, at));

    private readonly record struct Entry(string Text, LiteralStart Start, Recognizer Recognizer, int Literal);
}
