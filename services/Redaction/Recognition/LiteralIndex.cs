namespace FaultMaven.Redaction.Recognition;

/// <summary>
/// Finds the literals of all recognisers in one pass. Three characters look up one bit each for literals that may stand anywhere and for those that start a word;
/// nearly all places in ordinary text have neither. Where a bit is set, two characters choose a short list to compare with.
/// </summary>
internal sealed class LiteralIndex
{
    // Letters (whatever their case) and digits have classes of their own, other ASCII shares 26, the rest has one.
    private const int Classes = 64;
    private const int ClassBits = 6;
    private const int OtherClass = 63;
    private const int Ascii = 128;

    private readonly byte[] _classes = new byte[Ascii];
    private readonly ulong[] _anywhere = new ulong[Classes * Classes];
    private readonly ulong[] _atBoundary = new ulong[Classes * Classes];
    private readonly Entry[][] _anywhereLists = new Entry[Classes * Classes][];
    private readonly Entry[][] _atBoundaryLists = new Entry[Classes * Classes][];

    public LiteralIndex(IReadOnlyList<Recognizer> recognizers)
    {
        for (var c = 0; c < Ascii; c++)
        {
            _classes[c] = (byte)(char.IsAsciiLetter((char)c) ? char.ToLowerInvariant((char)c) - 'a'
                : char.IsAsciiDigit((char)c) ? 26 + c - '0'
                : 36 + (c % 27));
        }

        var entries = recognizers
            .SelectMany(r => r.Literals.Select((literal, i) => (literal.Start, Entry: new Entry(literal.Text, r, i))))
            .ToLookup(e => e.Start, e => e.Entry);
        Build(entries[LiteralStart.Anywhere], _anywhere, _anywhereLists);
        Build(entries[LiteralStart.AtBoundary], _atBoundary, _atBoundaryLists);
    }

    /// <summary>Asks the recognisers about every place where one of their literals stands, in order.</summary>
    public void Match(ReadOnlySpan<char> text, FindingList findings)
    {
        if (text.IsEmpty)
        {
            return;
        }

        var first = ClassOf(text[0]);
        var second = text.Length > 1 ? ClassOf(text[1]) : 0;
        var placeholderEnd = ClassOf('>');
        var wordBefore = false;
        for (var i = 0; i < text.Length; i++)
        {
            var third = i + 2 < text.Length ? ClassOf(text[i + 2]) : 0;
            var pair = (first << ClassBits) | second;
            var bit = 1ul << third;
            if ((_anywhere[pair] & bit) != 0)
            {
                Ask(_anywhereLists[pair], text, i, findings);
            }

            if ((_atBoundary[pair] & bit) != 0 && (!wordBefore || Boundary.Before(text, i)))
            {
                Ask(_atBoundaryLists[pair], text, i, findings);
            }

            // Boundary looks closer at what may be a word: letters and digits that aren't ASCII, placeholders.
            wordBefore = first is < 36 or OtherClass || first == placeholderEnd;
            first = second;
            second = third;
        }
    }

    private static void Ask(Entry[] entries, ReadOnlySpan<char> text, int at, FindingList findings)
    {
        foreach (ref readonly var entry in entries.AsSpan())
        {
            if (entry.Text.Length == 1 ? text[at] == entry.Text[0] : text[at..].StartsWith(entry.Text, StringComparison.OrdinalIgnoreCase))
            {
                entry.Recognizer.Match(text, at, entry.Literal, findings);
            }
        }
    }

    private int ClassOf(char c) => c < Ascii ? _classes[c] : OtherClass;

    private void Build(IEnumerable<Entry> entries, ulong[] bits, Entry[][] lists)
    {
        var all = entries.ToArray();
        for (var first = 0; first < Classes; first++)
        {
            for (var second = 0; second < Classes; second++)
            {
                var pair = (first << ClassBits) | second;
                lists[pair] = Array.FindAll(all, e => ClassOf(e.Text[0]) == first && (e.Text.Length < 2 || ClassOf(e.Text[1]) == second));
                foreach (var entry in lists[pair])
                {
                    bits[pair] |= entry.Text.Length < 3 ? ulong.MaxValue : 1ul << ClassOf(entry.Text[2]);
                }
            }
        }
    }

    private readonly record struct Entry(string Text, Recognizer Recognizer, int Literal);
}
