using System.Numerics;

namespace FaultMaven.Redaction.Screening.Instructions;

/// <summary>Up to 64 words of a text, one bit each.</summary>
internal ref struct Words
{
    /// <summary>At most this many words.</summary>
    public const int Max = 64;

    private readonly Span<ulong> _classes;
    private readonly Span<int> _places;

    /// <param name="classes">Cleared; one for each class of the lexicon.</param>
    /// <param name="places">Where words start; as many as there may be.</param>
    public Words(Span<ulong> classes, Span<int> places)
    {
        _classes = classes;
        _places = places;
    }

    public int Count { get; private set; }

    /// <summary>The words that a clause starts with.</summary>
    public ulong Starts { get; private set; }

    /// <summary>The words that a sentence starts with.</summary>
    public ulong Sentences { get; private set; }

    /// <summary>Where a word starts in the text.</summary>
    public readonly int Place(int word) => _places[word];

    /// <summary>The words of each class.</summary>
    public readonly ReadOnlySpan<ulong> ByClass => _classes;

    /// <summary>The words of any of some classes.</summary>
    public readonly ulong OfAny(ReadOnlySpan<int> classes)
    {
        var mask = 0ul;
        foreach (var id in classes)
        {
            mask |= _classes[id];
        }

        return mask;
    }

    public void Add(int place, ReadOnlySpan<int> classes, bool startsClause, bool startsSentence)
    {
        var bit = 1ul << Count;
        foreach (var id in classes)
        {
            _classes[id] |= bit;
        }

        Starts |= startsClause ? bit : 0;
        Sentences |= startsSentence ? bit : 0;
        _places[Count++] = place;
    }

    /// <summary>Adds words to a class.</summary>
    /// <param name="id">The class.</param>
    /// <param name="words">The words.</param>
    /// <param name="startClause">Whether they mean what starts a clause.</param>
    public void Mark(int id, ulong words, bool startClause)
    {
        _classes[id] |= words;
        Starts |= startClause ? words : 0;
    }

    /// <summary>Takes words out of a class.</summary>
    public readonly void Clear(int id, ulong words) => _classes[id] &= ~words;

    /// <summary>A clause also starts behind these.</summary>
    public void StartBehind(ulong words) => Starts |= words << 1;

    /// <summary>All words of the sentences that some are in.</summary>
    public readonly ulong WithinSentencesOf(ulong words)
    {
        var within = 0ul;
        for (var left = words; left != 0; left &= left - 1)
        {
            var word = BitOperations.TrailingZeroCount(left);
            within |= SentenceOf(word);
        }

        return within;
    }

    /// <summary>All words of the sentence that a word is in.</summary>
    public readonly ulong SentenceOf(int word)
    {
        var upTo = (2ul << word) - 1;
        var first = (Sentences & upTo) is var before and not 0 ? BitOperations.Log2(before) : 0;
        var last = (Sentences & ~upTo) is var next and not 0 ? BitOperations.TrailingZeroCount(next) : Count;
        return (last == Max ? ulong.MaxValue : (1ul << last) - 1) & ~((1ul << first) - 1);
    }
}
