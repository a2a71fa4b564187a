using FaultMaven.ServiceDefaults.Text;

namespace FaultMaven.Knowledge.Search;

/// <summary>
/// Takes apart words that people write together and documents don't: <c>crashloopbackoff</c> in a query, <c>CrashLoopBackOff</c> in a
/// runbook. Only what the index does not know is taken apart, and only into words that it knows.
/// </summary>
internal static class CompoundWords
{
    /// <summary>Shorter pieces are found in almost any word.</summary>
    private const int MinPiece = 3;

    /// <summary>Longer words are data; the work grows with the square of the length.</summary>
    private const int MaxWord = 24;

    /// <summary>How many unknown words are tried.</summary>
    private const int MaxTries = 16;

    /// <summary>The terms, with compounds replaced by their pieces.</summary>
    /// <param name="terms">The terms of a query.</param>
    /// <param name="isKnown">Whether the index holds a term.</param>
    public static IReadOnlyList<string> TakeApart(IReadOnlyList<string> terms, Func<string, bool> isKnown)
    {
        var result = new List<string>(terms.Count);
        var tries = 0;
        foreach (var term in terms)
        {
            var isCandidate = term.Length is >= 2 * MinPiece and <= MaxWord && !term.AsSpan().ContainsAnyExceptInRange('a', 'z');
            if (isCandidate && !isKnown(term) && tries++ < MaxTries)
            {
                result.AddRange(Pieces(term, isKnown));
            }
            else
            {
                result.Add(term);
            }
        }

        return result;
    }

    /// <summary>The fewest known words that a word is made of, or the word itself.</summary>
    private static List<string> Pieces(string word, Func<string, bool> isKnown)
    {
        // The best way to make the first n letters, for each n.
        var ways = new List<string>?[word.Length + 1];
        ways[0] = [];
        for (var end = MinPiece; end <= word.Length; end++)
        {
            for (var start = 0; start <= end - MinPiece; start++)
            {
                if (ways[start] is { } before
                    && (ways[end] is not { } best || before.Count + 1 < best.Count)
                    && Stem(word[start..end]) is var piece
                    && isKnown(piece))
                {
                    ways[end] = [.. before, piece];
                }
            }
        }

        return ways[word.Length] ?? [word];
    }

    private static string Stem(string piece)
    {
        var letters = piece.ToCharArray();
        return new string(letters, 0, Stemmer.Stem(letters));
    }
}
