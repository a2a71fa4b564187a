namespace FaultMaven.Redaction.Recognition;

/// <summary>Words that say something about what follows them.</summary>
internal sealed class ContextWords
{
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _words;

    // By the first letter, a bit for each length that a word has: nearly all other words end here.
    private readonly uint[] _lengths = new uint['z' - 'a' + 1];

    /// <param name="words">Of letters of ASCII, in small letters.</param>
    public ContextWords(params IReadOnlyList<string> words)
    {
        _words = words.ToHashSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var word in words)
        {
            _lengths[word[0] - 'a'] |= 1u << word.Length;
        }
    }

    /// <summary>
    /// Whether one of the words is within a distance before a place, as its own word. It speaks of a placeholder that is
    /// between the two: that may be shorter than its value was, and what was too far from the word to be found must not come near by
    /// that.
    /// </summary>
    public bool Precede(ReadOnlySpan<char> text, int at, int distance)
    {
        for (var i = Math.Max(0, at - distance); i < at; i++)
        {
            if (!char.IsLetter(text[i]))
            {
                continue;
            }

            var start = i;
            while (i < at && char.IsLetter(text[i]))
            {
                i++;
            }

            var first = (uint)((text[start] | 0x20) - 'a');
            if (first < (uint)_lengths.Length && i - start < 32 && (_lengths[first] >> (i - start) & 1) != 0
                && _words.Contains(text[start..i]) && !Placeholder.Covers(text, start) && !Placeholder.IsIn(text[i..at]))
            {
                return true;
            }
        }

        return false;
    }
}
