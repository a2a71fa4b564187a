using System.Buffers;

namespace FaultMaven.ServiceDefaults.Text;

/// <summary>
/// A light stemmer for English: brings the forms of a word that runbooks and alerts mix (fail, fails, failed, failing, failure; expiry
/// aside) to one term. It need not give words, only the same term for the same word, so it may cut more than grammar would.
/// </summary>
public static class Stemmer
{
    private static readonly SearchValues<char> s_vowels = SearchValues.Create("aeiouy");

    /// <summary>Stems a word of lower-case ASCII letters in place.</summary>
    /// <returns>The length of the stem.</returns>
    public static int Stem(Span<char> word)
    {
        var length = word.Length;
        if (length < 4 || word.ContainsAnyExceptInRange('a', 'z'))
        {
            return length;
        }

        length = Plural(word, length);
        length = Tense(word, length);
        length = Noun(word, length);
        return Ending(word, length);
    }

    // processes, queries, pods
    private static int Plural(Span<char> word, int length)
    {
        var w = word[..length];
        if (w.EndsWith("sses"))
        {
            return length - 2;
        }

        if (w.EndsWith("ies") && length > 4)
        {
            return length - 2;
        }

        return w.EndsWith("s") && !w.EndsWith("ss") && !w.EndsWith("us") && !w.EndsWith("is") ? length - 1 : length;
    }

    // restarting, restarted, stopping
    private static int Tense(Span<char> word, int length)
    {
        foreach (var suffix in (ReadOnlySpan<string>)["ingly", "edly", "ing", "ed"])
        {
            var rest = length - suffix.Length;
            if (rest >= 3 && word[..length].EndsWith(suffix) && word[..rest].ContainsAny(s_vowels))
            {
                var doubled = rest > 3 && word[rest - 1] == word[rest - 2] && word[rest - 1] is not ('l' or 's' or 'z');
                return doubled ? rest - 1 : rest;
            }
        }

        return length;
    }

    // utilisation, connection, unexpectedly
    private static int Noun(Span<char> word, int length)
    {
        var w = word[..length];
        if (length >= 10 && (w.EndsWith("ization") || w.EndsWith("isation")))
        {
            word[length - 6] = 'z';
            return length - 5;
        }

        if (length >= 7 && (w.EndsWith("sion") || w.EndsWith("tion")))
        {
            return length - 3;
        }

        return length >= 5 && w.EndsWith("ly") ? length - 2 : length;
    }

    // synchronise, configurat(ion), failure, memory
    private static int Ending(Span<char> word, int length)
    {
        if (length > 3 && word[length - 1] == 'e')
        {
            length--;
        }

        if (length > 3 && word[length - 1] == 'y')
        {
            word[length - 1] = 'i';
        }

        if (length > 5 && word[..length].EndsWith("is"))
        {
            word[length - 1] = 'z';
        }

        if (length > 5 && word[..length].EndsWith("at"))
        {
            length -= 2;
        }

        return length >= 6 && word[..length].EndsWith("ur") ? length - 2 : length;
    }
}
